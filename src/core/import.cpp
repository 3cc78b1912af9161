#include "core/import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/describe.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

using Reasons = std::map<std::string, std::vector<std::string>>;

std::vector<LeftOut> listed(Reasons reasons) {
    std::vector<LeftOut> all;
    for (auto& [why, what] : reasons) all.push_back({why, std::move(what)});
    return all;
}

// Why the principal cannot be a managed role; empty: it can.
std::string unmanageable(const Principal& principal, const ImportRules& rules) {
    if (principal.system) return principal.unmanaged.empty() ? "built in" : std::string(principal.unmanaged);
    if (principal.superuser) return "superusers";
    if (const auto mark = mark_in(principal.comment); mark && *mark != rules.owner)
        return fmt::format("managed by {}/{} in {}", shown(mark->project), shown(mark->environment),
                           shown(mark->database));
    return rules.role(principal.name) ? "" : "of names that cannot be declared";
}

// The comment without marks.
std::string description_of(const std::string& comment) {
    if (invalid_utf8(comment) || comment.contains('\0')) return {};
    std::string text;
    for (std::string_view rest = comment; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (!mark_in(line)) text += (text.empty() ? "" : "\n") + std::string(line);
    }
    return text;
}

// What all rows of a membership give together, where it is not the usual.
Options unusual(std::span<const Membership> rows, const ImportRules& rules) {
    std::uint32_t options = 0;
    for (const Membership& row : rows) options |= row.options;
    const std::uint32_t stated = (options ^ rules.usual) & rules.options;
    return {stated, options & stated};
}

class Members {
public:
    Members(const RoleGraph& graph, const ImportRules& rules) : graph_(graph), rules_(rules) {}

    // nullopt: `why` says why they cannot be declared.
    std::optional<std::vector<ImportedMember>> of(PrincipalId role, std::string& why) const {
        if (rules_.kept.contains(graph_.principal(role).name)) why = "a toggle that requires a schema version has them";
        std::vector<ImportedMember> members;
        for (auto rows = graph_.members_of(role); !rows.empty() && why.empty();) {
            const auto other = [&](const Membership& row) { return row.member != rows.front().member; };
            const auto same = rows.first(static_cast<std::size_t>(std::ranges::find_if(rows, other) - rows.begin()));
            rows = rows.subspan(same.size());
            const Principal& member = graph_.principal(same.front().member);
            const bool system_role = member.system && member.kind == PrincipalKind::role;  // names of these may be odd
            if (auto name = system_role ? std::nullopt : rules_.member(member.name))
                members.push_back({*std::move(name), unusual(same, rules_)});
            else
                why = fmt::format("the member {} cannot be declared", shown(member.name));
        }
        if (!why.empty()) return std::nullopt;
        std::ranges::sort(members, {}, &ImportedMember::name);
        return members;
    }

private:
    const RoleGraph& graph_;
    const ImportRules& rules_;
};

}  // namespace

Imported import_roles(const RoleGraph& graph, const ImportRules& rules) {
    Imported imported;
    Reasons left_out, undeclared;
    const Members members(graph, rules);
    for (PrincipalId id = 0; id < graph.principals().size(); ++id) {
        const Principal& principal = graph.principal(id);
        if (principal.kind == PrincipalKind::user && graph.members_of(id).empty()) continue;
        if (std::string why = unmanageable(principal, rules); !why.empty()) {
            left_out[std::move(why)].push_back(principal.name);
            continue;
        }
        std::string why;
        imported.roles.push_back({.name = *rules.role(principal.name),
                                  .canonical = principal.name,
                                  .description = description_of(principal.comment),
                                  .members = members.of(id, why)});
        if (!why.empty()) undeclared[std::move(why)].push_back(principal.name);
    }
    std::ranges::sort(imported.roles, {}, &ImportedRole::name);
    imported.left_out = listed(std::move(left_out));
    imported.undeclared = listed(std::move(undeclared));
    return imported;
}

}  // namespace roost
