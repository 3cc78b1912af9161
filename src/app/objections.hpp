// What stands against a run once everything is done and nothing is committed: told from the graphs before and after.
#pragma once

#include <cstdint>

#include "app/prepare.hpp"

namespace roost {

// What a script may have changed: a membership or principal that one which is understood does not name was others'
// doing, while what it does to attributes is not foreseen.
enum class Suspected : std::uint8_t { everything, attributes };

// What scripts changed that is neither managed nor named by `touches`, less what `others` did, who see only what is
// committed.
Errors strayed_errors(const RoleGraph& before, const RoleGraph& after, const RoleGraph& others,
                      const Prepared& prepared, Suspected suspected = Suspected::everything);

// What the guards say of the whole run, its scripts included.
Errors guard_errors(const RoleGraph& before, const RoleGraph& after, const Prepared& prepared,
                    const std::vector<std::string>& own_roles, const GuardPolicy& policy);

// Refusals of lines that the account, or the engine, cannot carry out: see core/obstacles.hpp. What could not be taken
// back, but is not to be either, is added to `findings` (code "unrevocable"), and so are default roles that stay named
// ("stale-default") and roles that are left without a mark ("unmarked").
Errors obstacle_errors(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                       const Session& session, std::vector<Finding>& findings);

}  // namespace roost
