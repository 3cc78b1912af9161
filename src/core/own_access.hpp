// What the account that roost runs as would lose by its own plan.
#pragma once

#include <string>
#include <vector>

#include "core/graph.hpp"

namespace roost {

struct LostAccess {
    std::string role;
    std::string path;          // how it is had before: "tool in deploy, deploy in hr"
    std::string revoked_role;  // the first membership of that path that is gone
    std::string revoked_member;
};

// Roles that one of `own_roles` reaches in `before` and no longer in `planned`; each once, in the order of `own_roles`,
// nearest first.
std::vector<LostAccess> lost_access(const RoleGraph& before, const RoleGraph& planned,
                                    const std::vector<std::string>& own_roles);

}  // namespace roost
