#include "app/objections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/describe.hpp"
#include "core/own_access.hpp"
#include "core/verify.hpp"

namespace roost {

Errors strayed_errors(const RoleGraph& before, const RoleGraph& after, const RoleGraph& others,
                      const Prepared& prepared) {
    Errors errors;
    for (const Difference& difference : strayed(before, after, others, prepared.declared, prepared.touched))
        errors.push_back({.message = fmt::format("a script changed what is not its own: {}", to_string(difference)),
                          .advice = fmt::format("declare {0}, or allow it in the script: -- roost: touches = {0}",
                                                shown(difference.role))});
    return errors;
}

Errors guard_errors(const RoleGraph& before, const RoleGraph& after, const Prepared& prepared,
                    const std::vector<std::string>& own_roles, const GuardPolicy& policy) {
    Errors errors = foreign_or_untouchable(after, prepared.declared);
    std::ranges::move(own_losses(before, after, own_roles), std::back_inserter(errors));
    if (const auto revoked = revocations(before, after, prepared.declared); revoked > policy.max_revocations)
        errors.push_back(
            {.kind = ErrorKind::refused,
             .message = fmt::format("this run, its scripts included, takes {} memberships away; the limit is {}",
                                    revoked, policy.max_revocations),
             .advice = "look at the plan and the scripts, then raise policy.max_revocations"});
    return errors;
}

}  // namespace roost
