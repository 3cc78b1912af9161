#include "app/objections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "core/dependents.hpp"
#include "core/describe.hpp"
#include "core/listed_defaults.hpp"
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

// What lets the account do it. Where that can be told from being a member, it does not become one.
std::string what_lets(const Denied& found, const Session& session) {
    const ServerFacts& facts = session.facts();
    const bool takes_admin = found.what == Denied::What::change && facts.own_grants_alone;
    if (!facts.lets_manage.empty() && !takes_admin) return facts.lets_manage;
    constexpr std::uint32_t all = option::admin | option::inherit | option::set;
    const Change change = Grant{found.role, facts.account, {all & facts.membership_options, option::admin}};
    const auto statements = session.driver().write({&change, 1}, facts);
    return statements.empty() ? std::string{} : statements.front().sql;
}

Error denied_error(const Denied& found, const Session& session) {
    const std::string account = shown(session.facts().account), role = shown(found.role);
    return {
        .kind = ErrorKind::refused,
        .message = found.what == Denied::What::change
                       ? fmt::format("{} has no ADMIN option on {}, and may neither grant nor revoke it", account, role)
                       : fmt::format("{} may not comment on {}, and so cannot mark it as managed", account, role),
        .advice =
            fmt::format("let somebody who may run: {}; `roost init --grants` says more", what_lets(found, session)),
        .place = found.place};
}

Finding left_unmarked(const std::vector<std::string>& roles, const Session& session) {
    return {
        .code = "unmarked",
        .severity = Severity::note,
        .what = {.message = fmt::format("{} of the declared roles {} as declared and left without the mark of this "
                                        "environment, as {} may not comment on {}: {}",
                                        roles.size(), roles.size() == 1 ? "is" : "are", shown(session.facts().account),
                                        roles.size() == 1 ? "it" : "them", first_of(roles, shown)),
                 .advice = "`roost init --grants` says what that needs"}};
}

Errors denied_errors(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                     const Session& session, std::vector<Finding>& findings) {
    Errors errors;
    std::vector<std::string> unmarked;
    for (const Denied& found : denied(actual, declared, plan)) {
        if (found.what == Denied::What::mark_alone)
            unmarked.push_back(found.role);
        else
            errors.push_back(denied_error(found, session));
    }
    if (!unmarked.empty()) findings.push_back(left_unmarked(unmarked, session));
    return errors;
}

// What an administrator runs by hand: a list of default roles replaces the one before.
std::string by_hand(const ListedDefault& found, const Session& session) {
    const auto quote = session.driver().names.quote;
    std::string sql;
    if (!found.granted) {
        const Change grant = Grant{found.role, found.member, {}};
        for (const auto& statement : session.driver().write({&grant, 1}, session.facts())) sql += statement.sql + "; ";
    }
    std::vector<std::string> roles;
    for (const std::string& role : found.roles) roles.push_back(quote(role));
    return sql + fmt::format(fmt::runtime(session.driver().info.default_list), quote(found.member),
                             roles.empty() ? "NONE" : fmt::format("{}", fmt::join(roles, ", ")));
}

Error listed_error(const ListedDefault& found, const Session& session) {
    Error error{.kind = ErrorKind::refused,
                .message = fmt::format("{} cannot be {} default role of {}: {}", shown(found.role),
                                       found.wanted ? "made a" : "taken back as a", shown(found.member),
                                       found.to_role ? "that is a role, and only users have default roles"
                                                     : "a user's list of them is only ever replaced whole"),
                .advice = "take default_role out of the declaration",
                .place = found.place};
    if (!found.to_role)
        error.advice =
            fmt::format("look at the list, then run by hand: {}; or {}", by_hand(found, session), error.advice);
    return error;
}

// What somebody who may set default roles runs in the account's place.
std::string set_by_hand(const DefaultOfOther& found, const Session& session) {
    const Change change = found.setting;
    const auto statements = session.driver().write({&change, 1}, session.facts());
    return statements.empty() ? std::string{} : statements.front().sql;
}

Error stale_default(const DefaultOfOther& found, const Session& session) {
    return {
        .kind = ErrorKind::refused,
        .message = fmt::format("{} stays named as the default role of {} when it is revoked, as {} may not clear it",
                               shown(found.setting.role), shown(found.setting.member), shown(session.facts().account)),
        .advice = fmt::format("it gives nothing until the role is granted again; let an administrator run: {}",
                              set_by_hand(found, session)),
        .place = found.place};
}

Error default_error(const DefaultOfOther& found, const Session& session) {
    const bool wanted = found.setting.options.value != 0;
    return {.kind = ErrorKind::refused,
            .message = fmt::format("{} cannot be {} the default role of {}: {} may not set default roles of others",
                                   shown(found.setting.role), wanted ? "made" : "taken back as",
                                   shown(found.setting.member), shown(session.facts().account)),
            .advice = fmt::format("{}let an administrator run: {}; `roost init --grants` says more",
                                  found.cause == DefaultOfOther::Cause::granted
                                      ? "take default_role out of the declaration, apply, and "
                                      : "",
                                  set_by_hand(found, session)),
            .place = found.place};
}

// Where a user has one default role at most.
Errors single_default_errors(const RoleGraph& actual, const std::vector<PlanLine>& plan, const Session& session,
                             std::vector<Finding>& findings) {
    Errors errors = second_defaults(actual, plan);
    std::ranges::move(defaults_of_roles(actual, plan), std::back_inserter(errors));
    if (session.facts().sets_defaults) return errors;
    for (const DefaultOfOther& found : defaults_of_others(actual, plan)) {
        if (found.cause != DefaultOfOther::Cause::revoked)
            errors.push_back(default_error(found, session));
        else
            findings.push_back(
                {.code = "stale-default", .severity = Severity::warning, .what = stale_default(found, session)});
    }
    return errors;
}

// A membership of the run's own account would be hidden behind the row that the account has as the role's maker.
Errors own_memberships(const std::vector<PlanLine>& plan, const Session& session) {
    Errors errors;
    for (const PlanLine& line : plan) {
        const auto* grant = line.change ? std::get_if<Grant>(&*line.change) : nullptr;
        if (!grant || grant->member != session.facts().account) continue;
        errors.push_back({.kind = ErrorKind::refused,
                          .message = fmt::format("{} runs roost: its membership of {} cannot be told from what making "
                                                 "the role gave it",
                                                 shown(grant->member), shown(grant->role)),
                          .advice = "take it out of the list, or declare another account",
                          .place = line.place});
    }
    return errors;
}

}  // namespace

Errors strayed_errors(const RoleGraph& before, const RoleGraph& after, const RoleGraph& others,
                      const Prepared& prepared, Suspected suspected) {
    Errors errors;
    for (const Difference& difference : strayed(before, after, others, prepared.declared, prepared.touched)) {
        if (suspected == Suspected::attributes && difference.what != Difference::What::altered) continue;
        errors.push_back({.message = fmt::format("a script changes what is not its own: {}", to_string(difference)),
                          .advice = fmt::format("declare {0}, or allow it in the script: -- roost: touches = {0}",
                                                shown(difference.role))});
    }
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
    Errors errors = denied_errors(actual, declared, plan, session, findings);
    if (session.facts().one_default)
        std::ranges::move(single_default_errors(actual, plan, session, findings), std::back_inserter(errors));
    if (!session.driver().info.grants_users)
        std::ranges::move(granted_users(actual, declared), std::back_inserter(errors));
    if (!session.driver().info.default_list.empty())
        for (const ListedDefault& found : listed_defaults(actual, plan)) errors.push_back(listed_error(found, session));
    if (session.driver().info.makers_are_members)
        std::ranges::move(own_memberships(plan, session), std::back_inserter(errors));
    std::ranges::move(hanging_grants(actual, plan), std::back_inserter(errors));
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
