#include "core/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/describe.hpp"
#include "core/reach.hpp"

namespace roost {

namespace {

// Whether it is declared that this member is to have no rights by itself.
bool declared_so(const DeclaredRole& role, std::string_view member) {
    if (!role.members) return false;
    const auto found = std::ranges::find(*role.members, member, &DeclaredMember::member);
    constexpr std::uint32_t bits = option::inherit | option::default_role;
    return found != role.members->end() && (found->options.stated & ~found->options.value & bits) != 0;
}

}  // namespace

Finding finding(std::string code, Severity severity, Error what) {
    return {.code = std::move(code), .severity = severity, .what = std::move(what)};
}

Findings not_effective(const RoleGraph& graph, const Declared& declared, bool one_default) {
    Findings findings;
    for (const DeclaredRole& role : declared.roles) {
        const auto id = graph.find(role.name);
        if (!id) continue;
        const auto inherits = [](const Membership& edge) { return (edge.options & option::inherit) != 0; };
        if (std::ranges::all_of(graph.members_of(*id), inherits)) continue;
        const auto with = in_roles(graph, {*id}, option::inherit);
        std::set<std::string_view> without;
        for (const Membership& edge : graph.members_of(*id)) {
            const std::string_view member = graph.name(edge.member);
            if (!with.contains(edge.member) && !declared_so(role, member)) without.insert(member);
        }
        if (without.empty()) continue;
        findings.push_back(finding(
            "not-effective", one_default ? Severity::note : Severity::warning,
            {.message = fmt::format("members of {} that do not have its rights until they say SET ROLE: {}",
                                    shown(role.name), first_of(without, shown)),
             .advice = one_default ? "declare default_role = true, or make the role a member of their default role"
                                   : "declare that they inherit it or have it by default, as the engine says it, or "
                                     "declare what they are to be",
             .place = role.members ? role.members_place : role.place}));
    }
    return findings;
}

Findings one_of_several(const RoleGraph& graph, const Declared& declared, bool one_default) {
    if (!one_default) return {};
    struct In {
        std::size_t roles = 0, effective = 0;
    };
    std::map<std::string_view, In> users;
    for (const DeclaredRole& role : declared.roles) {
        const auto id = graph.find(role.name);
        if (!id) continue;
        std::set<PrincipalId> members;
        for (const Membership& edge : graph.members_of(*id))
            if (graph.principal(edge.member).kind == PrincipalKind::user) members.insert(edge.member);
        const auto with = in_roles(graph, {*id}, option::inherit);
        for (const PrincipalId member : members) {
            In& in = users[graph.name(member)];
            ++in.roles;
            if (with.contains(member)) ++in.effective;
        }
    }
    std::set<std::string_view> several;
    for (const auto& [user, in] : users)
        if (in.roles > 1 && in.effective < in.roles) several.insert(user);
    if (several.empty()) return {};
    return {finding("one-active-role", Severity::note,
                    {.message = fmt::format("users in several managed roles, of which a session has one active: {}",
                                            first_of(several, shown)),
                     .advice = "make the roles members of one role that they have as their default, or ask for "
                               "membership instead of rights"})};
}

Findings users_in_users(const RoleGraph& graph, const Declared& declared) {
    std::vector<PrincipalId> managed;
    for (const DeclaredRole& role : declared.roles)
        if (const auto id = graph.find(role.name)) managed.push_back(*id);
    std::map<std::string_view, std::set<std::string_view>> members;
    for (const PrincipalId id : in_roles(graph, managed)) {
        const Principal& user = graph.principal(id);
        if (user.kind != PrincipalKind::user || user.system) continue;
        for (const Membership& edge : graph.members_of(id)) members[user.name].insert(graph.name(edge.member));
    }
    constexpr std::size_t most = 20;
    Findings findings;
    for (const auto& [user, of] : members) {
        if (findings.size() == most) {
            findings.push_back(finding("user-in-user", Severity::warning,
                                       {.message = fmt::format("{} more users have members", members.size() - most),
                                        .advice = "make them members of roles instead"}));
            break;
        }
        findings.push_back(
            finding("user-in-user", Severity::warning,
                    {.message = fmt::format("user {} has members: {}; what is granted to {} they have as well",
                                            shown(user), first_of(of, shown), shown(user)),
                     .advice = "revoke these memberships, and make all of them members of a role instead"}));
    }
    return findings;
}

Findings missing_roles(const RoleGraph& graph, const Declared& declared, bool whole) {
    Findings findings;
    for (const DeclaredRole& role : declared.roles)
        if (!graph.find(role.name))
            findings.push_back(
                finding("missing-principal", Severity::note,
                        {.message = fmt::format("role {} is declared and {}", shown(role.name),
                                                whole ? "does not exist yet" : "is not seen by this account"),
                         .advice = whole ? "`roost apply` makes it" : "where it does not exist `roost apply` makes it",
                         .place = role.place}));
    return findings;
}

Findings many_roles(const Declared& declared, std::size_t most) {
    if (most == 0 || declared.roles.size() * 5 < most * 4) return {};
    return {finding("many-roles", Severity::note,
                    {.message = fmt::format("{} roles are managed, and one transaction may touch {}: beyond that a run "
                                            "goes step by step, and is not taken back as a whole",
                                            declared.roles.size(), most),
                     .advice = "raise max_locks_per_transaction of the server"})};
}

Findings expired(const std::vector<Expiry>& toggles, std::string_view today) {
    Findings findings;
    for (const Expiry& toggle : toggles) {
        if (toggle.day.empty() || today < toggle.day) continue;
        const std::string owner = toggle.owner.empty() ? "" : fmt::format(" (owner: {})", harmless(toggle.owner));
        findings.push_back(finding(
            "toggle-expired", Severity::warning,
            {.message = fmt::format("toggle {} was to be gone by {}{}", shown(toggle.toggle), toggle.day, owner),
             .advice = "take the feature's switch out of the code and the toggle out of roost.toml, or give it "
                       "a later day",
             .place = toggle.place}));
    }
    return findings;
}

}  // namespace roost
