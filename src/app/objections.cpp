#include "app/objections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/describe.hpp"
#include "core/obstacles.hpp"
#include "core/own_access.hpp"
#include "core/verify.hpp"

namespace roost {
namespace {

Error unrevocable_error(const Unrevocable& found, const Session& session) {
    const Change change = found.row;
    const auto statements = session.driver().write({&change, 1}, session.facts());
    return {.kind = ErrorKind::refused,
            .message =
                fmt::format("{} is a member of {} by a grant of {}, which {} cannot take back", shown(found.row.member),
                            shown(found.row.role), shown(found.row.grantor), shown(session.facts().account)),
            .advice = fmt::format("let {} or a superuser run: {}; what is declared is then granted by the next run",
                                  shown(found.row.grantor), statements.empty() ? "" : statements.front().sql),
            .place = found.place};
}

}  // namespace

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

Errors obstacle_errors(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                       const Session& session, std::vector<Finding>& findings) {
    Errors errors;
    if (session.facts().one_default) errors = second_defaults(actual, plan);
    if (!session.facts().own_grants_alone) return errors;
    for (const Unrevocable& found : unrevocable(actual, declared, plan, session.facts().account)) {
        Error error = unrevocable_error(found, session);
        if (found.taken)
            errors.push_back(std::move(error));
        else
            findings.push_back({.code = "unrevocable", .severity = Severity::warning, .what = std::move(error)});
    }
    return errors;
}

}  // namespace roost
