#include "core/guards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
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
                    fmt::format("take the role out of this project's files; if that environment is gone, take its "
                                "mark \"{}\" away (docs/ledger.md, \"Whose a role is\")",
                                harmless(to_string(*mark))),
                    role.place));
    }
}

void refuse_untouchable(const RoleGraph& actual, const Declared& declared, Errors& refused) {
    for (const DeclaredRole& role : declared.roles) {
        const Principal* found = principal_named(actual, role.name);
        if (!found || (!found->system && !found->superuser)) continue;
        const std::string_view what = found->unmanaged.empty() ? "built in" : found->unmanaged;
        refused.push_back(refusal(fmt::format("role {} is {}, such roles are never managed", shown(role.name),
                                              found->system ? what : "a superuser"),
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

bool takes_option(const AlterMembership& alter) { return (alter.options.stated & ~alter.options.value) != 0; }

// The membership that the line takes away, or of which it takes an option.
std::optional<MemberKey> taken_from(const PlanLine& line) {
    if (const auto* revoke = change_of<Revoke>(line)) return MemberKey{revoke->role, revoke->member};
    const auto* alter = change_of<AlterMembership>(line);
    return alter && takes_option(*alter) ? std::optional(MemberKey{alter->role, alter->member}) : std::nullopt;
}

struct Losing {
    std::vector<std::string_view> role, options;  // members who lose the role, or options of it; by name
};

// What scripts take is left out: their author named the members.
std::map<std::string_view, Losing> losing_members(const std::vector<PlanLine>& plan) {
    std::map<std::string_view, Losing> losing;
    for (const PlanLine& line : plan) {
        const auto taken = taken_from(line);
        if (!taken || line.evidence != Evidence::declared) continue;
        Losing& of_role = losing[taken->first];
        auto& members = change_of<Revoke>(line) ? of_role.role : of_role.options;
        if (members.empty() || members.back() != taken->second) members.push_back(taken->second);
    }
    return losing;
}

Error adoption(const DeclaredRole& role, const Losing& losing) {
    std::string what;
    if (!losing.role.empty()) what = fmt::format("would be revoked from {}", first_of(losing.role, shown));
    if (!losing.options.empty())
        what += fmt::format("{}options of it would be taken from {}", what.empty() ? "" : ", and ",
                            first_of(losing.options, shown));
    return refusal(fmt::format("role {} was filled by others, and {}", shown(role.name), what),
                   fmt::format("declare {}, or pass --adopt to take the role over",
                               losing.role.empty() ? "these options" : "them as members"),
                   role.members_place);
}

// A mark that the run itself set or took away counts for nothing: `before` is the graph as it was found.
void refuse_adoption(const RoleGraph& before, const Declared& declared, const std::vector<PlanLine>& plan,
                     Errors& refused) {
    for (const auto& [name, losing] : losing_members(plan)) {
        const DeclaredRole* role = declared.find(name);
        const Principal* found = principal_named(before, name);
        if (role && found && !mark_in(found->comment)) refused.push_back(adoption(*role, losing));
    }
}

void refuse_too_many(const std::vector<PlanLine>& plan, std::uint32_t limit, Errors& refused) {
    std::set<MemberKey> taken;  // a membership from two grantors is one
    bool options = false;
    for (const PlanLine& line : plan) {
        const auto key = taken_from(line);
        if (!key) continue;
        taken.insert(*key);
        options = options || !change_of<Revoke>(line);
    }
    if (taken.size() <= limit) return;
    refused.push_back(refusal(
        fmt::format("{} memberships would be revoked{}, the limit is {}", taken.size(),
                    options ? " or lose options" : "", limit),
        fmt::format("if that is meant, set policy.max_revocations = {} for this environment", taken.size()), {}));
}

void refuse_lost_access(const RoleGraph& actual, const RoleGraph& planned, const std::vector<PlanLine>& plan,
                        const std::vector<std::string>& own_roles, Errors& refused) {
    for (const LostAccess& lost : lost_access(actual, planned, own_roles)) {
        const MemberKey key{lost.changed_role, lost.changed_member};
        const auto line = std::ranges::find_if(plan, [&](const PlanLine& each) { return taken_from(each) == key; });
        refused.push_back(refusal_of(lost));
        if (line != plan.end()) refused.back().place = line->place;
    }
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

std::vector<Error> foreign_or_untouchable(const RoleGraph& actual, const Declared& declared) {
    std::vector<Error> refused;
    refuse_other_owners(actual, declared, refused);
    refuse_untouchable(actual, declared, refused);
    return refused;
}

Objections guard(const RoleGraph& before, const RoleGraph& actual, const Declared& declared,
                 const std::vector<PlanLine>& plan, const std::vector<std::string>& own_roles,
                 const GuardPolicy& policy) {
    Objections objections{.refused = foreign_or_untouchable(actual, declared), .warnings = {}};
    Errors& refused = objections.refused;
    object_to_missing(actual, declared, plan, policy.missing_is_error, objections);
    if (!policy.adopt) refuse_adoption(before, declared, plan, refused);
    refuse_too_many(plan, policy.max_revocations, refused);

    const std::vector<Change> changes = changes_of(plan);
    if (changes.empty()) return objections;
    const RoleGraph planned = after(actual, changes);
    refuse_lost_access(actual, planned, plan, own_roles, refused);
    refuse_cycles(planned, plan, refused);
    return objections;
}

}  // namespace roost
