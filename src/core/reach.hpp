// Who has a role: users that are in it, directly or by inheritance.
#pragma once

#include <cstddef>

#include "core/graph.hpp"

namespace roost {

struct Reach {
    std::size_t users = 0;          // that can log in
    std::size_t not_effective = 0;  // of these, those that have its rights by no path without doing something
};
// One walk down from the role.
Reach reach(const RoleGraph& graph, PrincipalId role);

}  // namespace roost
