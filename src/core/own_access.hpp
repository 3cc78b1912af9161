// What the account that roost runs as would lose.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/graph.hpp"

namespace roost {

struct LostAccess {
    std::string role;
    std::string path;          // how it is had before: "tool in deploy, deploy in hr"
    std::string changed_role;  // the first membership of that path that is gone, or the one that lost options
    std::string changed_member;
    std::uint32_t options = 0;  // what the membership lost; 0: the role is not reached any more
};

// Roles that one of `own_roles` reaches in `before` and no longer in `after`; each once, in the order of `own_roles`,
// nearest first. Then the memberships of `own_roles` that stay but lose an option (admin, inherit, set).
std::vector<LostAccess> lost_access(const RoleGraph& before, const RoleGraph& after,
                                    const std::vector<std::string>& own_roles);
Error refusal_of(const LostAccess& lost);  // without a place

// The same as errors of kind refused; empty: nothing is lost.
std::vector<Error> own_losses(const RoleGraph& before, const RoleGraph& after,
                              const std::vector<std::string>& own_roles);

}  // namespace roost
