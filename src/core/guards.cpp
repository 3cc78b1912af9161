#include "core/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "core/cycles.hpp"
#include "core/describe.hpp"
#include "core/own_access.hpp"

namespace roost {

namespace {

using MemberKey = std::pair<std::string_view, std::string_view>;  // role, member

template <class T>
const T* change_of(const PlanLine& line) {
    return line.change ? std::get_if<T>(&*line.change) : nullptr;
}

Error refusal(std::string message, std::string advice, const Place& place) {
    return {.kind = ErrorKind::refused, .message = std::move(message), .advice = std::move(advice), .place = place};
}

const Principal* principal_named(const RoleGraph& actual, std::string_view name) {
    const auto id = actual.find(name);
    return id ? &actual.principal(*id) : nullptr;
}

void refuse_other_owners(const RoleGraph& actual, const Declared& declared, Errors& refused) {
    for (const DeclaredRole& role : declared.roles) {
        const Principal* found = principal_named(actual, role.name);
        if (!found) continue;
        const auto mark = mark_in(found->comment);
        if (!mark || *mark == declared.owner) continue;
        refused.push_back(
            refusal(fmt::format("role {} belongs to environment {} of project {}, database {}", shown(role.name),
                                shown(mark->environment), shown(mark->project), shown(mark->database)),
                    fmt::format("take the role out of this project's files; if that environment is gone, remove "
                                "the line \"{}\" from the role's comment",
                                harmless(to_string(*mark))),
                    role.place));
    }
}

void refuse_untouchable(const RoleGraph& actual, const Declared& declared, Errors& refused) {
    for (const DeclaredRole& role : declared.roles) {
        const Principal* found = principal_named(actual, role.name);
        if (!found || (!found->system && !found->superuser)) continue;
        refused.push_back(refusal(fmt::format("role {} is {}, such roles are never managed", shown(role.name),
                                              found->system ? "built in" : "a superuser"),
                                  "declare a role of your own instead", role.place));
    }
}

std::set<std::string_view> created_names(const std::vector<PlanLine>& plan) {
    std::set<std::string_view> created;
    for (const PlanLine& line : plan) {
        if (const auto* role = change_of<CreateRole>(line)) created.insert(role->role);
        if (const auto* user = change_of<CreateUser>(line)) created.insert(user->user);
    }
    return created;
}

void object_to_missing(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                       bool is_error, Objections& objections) {
    const std::set<std::string_view> created = created_names(plan);
    for (const DeclaredRole& role : declared.roles) {
        if (!role.members) continue;
        for (const DeclaredMember& member : *role.members) {
            if (actual.find(member.member) || created.contains(member.member)) continue;
            std::string message =
                fmt::format("{} is declared a member of {} but does not exist", shown(member.member), shown(role.name));
            if (is_error) {
                objections.refused.push_back(
                    refusal(std::move(message), "create it, correct the name, or set missing_principals = \"warn\"",
                            member.place));
            } else {
                objections.warnings.push_back(
                    refusal(std::move(message), "it is left out until it exists", member.place));
            }
        }
    }
}

std::string first_names(const std::vector<std::string_view>& names) {
    constexpr std::size_t most = 10;
    std::string text;
    for (std::size_t at = 0; at < std::min(most, names.size()); ++at) text += (at == 0 ? "" : ", ") + shown(names[at]);
    if (names.size() > most) text += fmt::format(" and {} more", names.size() - most);
    return text;
}

// What scripts revoke is left out: their author named the members.
void refuse_adoption(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                     Errors& refused) {
    std::map<std::string_view, std::vector<std::string_view>> losing;
    for (const PlanLine& line : plan) {
        const auto* revoke = change_of<Revoke>(line);
        if (!revoke || line.evidence != Evidence::declared) continue;
        auto& members = losing[revoke->role];
        if (members.empty() || members.back() != revoke->member) members.push_back(revoke->member);
    }
    for (const auto& [name, members] : losing) {
        const DeclaredRole* role = declared.find(name);
        const Principal* found = principal_named(actual, name);
        if (!role || !found || mark_in(found->comment)) continue;
        refused.push_back(refusal(fmt::format("role {} was filled by others, and would be revoked from {}", shown(name),
                                              first_names(members)),
                                  "declare them as members, or pass --adopt to take the role over",
                                  role->members_place));
    }
}

void refuse_too_many(const std::vector<PlanLine>& plan, std::uint32_t limit, Errors& refused) {
    std::set<MemberKey> revoked;  // a membership from two grantors is one
    for (const PlanLine& line : plan) {
        if (const auto* revoke = change_of<Revoke>(line)) revoked.emplace(revoke->role, revoke->member);
    }
    if (revoked.size() <= limit) return;
    refused.push_back(refusal(
        fmt::format("{} memberships would be revoked, the limit is {}", revoked.size(), limit),
        fmt::format("if that is meant, set policy.max_revocations = {} for this environment", revoked.size()), {}));
}

std::map<MemberKey, const PlanLine*> grants_by_name(const std::vector<PlanLine>& plan) {
    std::map<MemberKey, const PlanLine*> grants;
    for (const PlanLine& line : plan) {
        if (const auto* grant = change_of<Grant>(line)) grants.try_emplace({grant->role, grant->member}, &line);
    }
    return grants;
}

void refuse_cycles(const RoleGraph& planned, const std::vector<PlanLine>& plan, Errors& refused) {
    const auto grants = grants_by_name(plan);
    if (grants.empty()) return;
    for (const Cycle& cycle : cycles(planned)) {
        std::vector<std::string> steps;
        const PlanLine* cause = nullptr;
        for (std::size_t at = 0; at < cycle.size(); ++at) {
            const std::string_view member = planned.name(cycle[at]);
            const std::string_view role = planned.name(cycle[(at + 1) % cycle.size()]);
            steps.push_back(fmt::format("{} in {}", shown(member), shown(role)));
            const auto grant = grants.find({role, member});
            if (grant != grants.end() && (!cause || cause->evidence != Evidence::declared)) cause = grant->second;
        }
        if (!cause) continue;  // not of this plan's making
        refused.push_back(refusal(fmt::format("the declared memberships make a cycle: {}", fmt::join(steps, ", ")),
                                  "take one of these memberships out", cause->place));
    }
}

}  // namespace

Objections guard(const RoleGraph& actual, const Declared& declared, const std::vector<PlanLine>& plan,
                 const std::vector<std::string>& own_roles, const GuardPolicy& policy) {
    Objections objections;
    Errors& refused = objections.refused;
    refuse_other_owners(actual, declared, refused);
    refuse_untouchable(actual, declared, refused);
    object_to_missing(actual, declared, plan, policy.missing_is_error, objections);
    if (!policy.adopt) refuse_adoption(actual, declared, plan, refused);
    refuse_too_many(plan, policy.max_revocations, refused);

    const std::vector<Change> changes = changes_of(plan);
    if (changes.empty()) return objections;
    const RoleGraph planned = after(actual, changes);
    for (const LostAccess& lost : lost_access(actual, planned, own_roles)) {
        const auto takes_it = [&](const PlanLine& line) {
            const auto* revoke = change_of<Revoke>(line);
            return revoke && revoke->role == lost.revoked_role && revoke->member == lost.revoked_member;
        };
        const auto line = std::ranges::find_if(plan, takes_it);
        refused.push_back(refusal(
            fmt::format("roost's own account would lose role {}, which it has by {}", shown(lost.role), lost.path),
            fmt::format("declare {} as a member of {}, or run roost with another account", shown(lost.revoked_member),
                        shown(lost.revoked_role)),
            line == plan.end() ? Place{} : line->place));
    }
    refuse_cycles(planned, plan, refused);
    return objections;
}

std::vector<PlanLine> without_missing(std::vector<PlanLine> plan, const RoleGraph& actual) {
    std::set<std::string, std::less<>> created;
    for (const std::string_view name : created_names(plan)) created.emplace(name);
    std::erase_if(plan, [&](const PlanLine& line) {
        const auto* grant = change_of<Grant>(line);
        return grant && !actual.find(grant->member) && !created.contains(grant->member);
    });
    return plan;
}

}  // namespace roost
