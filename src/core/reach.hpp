// Who has a role: users that are in it, directly or by inheritance.
#pragma once

#include <cstddef>
#include <unordered_set>
#include <vector>

#include "core/graph.hpp"

namespace roost {

struct Reach {
    std::size_t users = 0;          // that can log in
    std::size_t not_effective = 0;  // of these, those that have its rights by no path without doing something
};
// Everybody in one of these roles, directly or through others; over memberships with all of the options alone. With
// option::inherit: who has the rights of one, as a session finds them when it begins.
std::unordered_set<PrincipalId> in_roles(const RoleGraph& graph, const std::vector<PrincipalId>& roles,
                                         std::uint32_t options = 0);
// One walk down from the role.
Reach reach(const RoleGraph& graph, PrincipalId role);

}  // namespace roost
