// Default roles where a user's are one list that is only ever set whole, and what is granted is in it or not by itself.
#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace roost {

// A declared default_role that granting alone does not bring about.
struct ListedDefault {
    std::string role;
    std::string member;
    Place place;
    bool wanted = false;             // else it is to be no default role
    bool granted = false;            // whether the member has the role
    bool to_role = false;            // the member is a role, and has no default roles
    std::vector<std::string> roles;  // what the list would have to be, by name
};
// Lines that change whether a role is a default one, and grants of default roles to users whose list leaves a role out:
// it may leave this one out as well. In the order of the plan.
std::vector<ListedDefault> listed_defaults(const RoleGraph& actual, const std::vector<PlanLine>& plan);

}  // namespace roost
