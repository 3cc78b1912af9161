// Findings about what roles hold on objects.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/describe.hpp"
#include "core/findings.hpp"

namespace roost {

namespace {

constexpr std::string_view everybody = "PUBLIC";

std::string_view bare(std::string_view what) {  // without "with grant option"
    return what.substr(0, what.find(" with "));
}

// "table" of "table payslip"
std::string_view kind_of(std::string_view object) {
    for (const std::string_view two : {"materialized view ", "foreign table ", "foreign server ", "large object "})
        if (object.starts_with(two)) return two.substr(0, two.size() - 1);
    return object.substr(0, object.find(' '));
}

// "table a, table b of pay"
std::string in_schema(std::string_view schema, const std::set<std::string_view>& objects) {
    const std::string text = first_of(objects, [](std::string_view object) { return harmless(object); });
    return schema.empty() ? text : fmt::format("{} of {}", text, shown(schema));
}

std::string joined(const std::vector<std::string_view>& rights) {
    return harmless(fmt::format("{}", fmt::join(rights, ", ")));
}

// The role, and all that it is a member of.
std::set<std::string_view> upwards(const RoleGraph& graph, std::string_view role) {
    std::set<std::string_view> names = {role};
    const auto start = graph.find(role);
    if (!start) return names;
    std::vector<PrincipalId> queue = {*start};
    for (std::size_t at = 0; at < queue.size(); ++at)
        for (const std::uint32_t index : graph.roles_of(queue[at])) {
            const PrincipalId next = graph.memberships()[index].role;
            if (names.insert(graph.name(next)).second) queue.push_back(next);
        }
    return names;
}

using Thing = std::tuple<std::string_view, std::string_view>;  // schema, object
using Right = std::tuple<std::string_view, std::string_view, std::string_view>;

std::set<Right> rights_held(const Holdings& holdings, const std::set<std::string_view>& holders) {
    std::set<Right> rights;
    for (const Holding& row : holdings)
        if (row.kind == "right" && holders.contains(row.holder)) rights.emplace(row.schema, row.object, bare(row.what));
    return rights;
}

// What there is, schema by schema and kind by kind.
using Neighbours = std::map<std::tuple<std::string_view, std::string_view>, std::vector<const Holding*>>;

Neighbours neighbours_in(const Holdings& holdings, std::string_view history) {
    Neighbours found;
    for (const Holding& row : holdings)
        if (row.kind == "owner" && !row.schema.empty() && row.object != fmt::format("table {}", history))
            found[{row.schema, kind_of(row.object)}].push_back(&row);
    return found;
}

// Of one role, in one schema and of one kind of objects.
struct Gaps {
    const DeclaredRole& role;
    const std::set<Right>& own;    // written down for the role itself
    const std::set<Right>& given;  // it has, from wherever
    std::string_view since;

    bool held_as_a_whole(std::string_view schema, std::string_view right) const {
        return given.contains({"", fmt::format("schema {}", schema), right}) ||
               given.contains({"", fmt::format("database {}", schema), right}) || given.contains({"", "*.*", right}) ||
               given.contains({"", "database", right});
    }

    void find(const std::vector<const Holding*>& objects, Findings& findings) const {
        std::map<std::string_view, std::size_t> counts;  // by right
        for (const auto& [schema, object, right] : own)
            if (std::ranges::any_of(objects,
                                    [&](const Holding* row) { return row->schema == schema && row->object == object; }))
                ++counts[right];
        std::map<const Holding*, std::vector<std::string_view>> lacking;
        for (const auto& [right, count] : counts) {
            if (count < 2 || count * 2 <= objects.size() || held_as_a_whole(objects.front()->schema, right)) continue;
            for (const Holding* row : objects)
                if (!given.contains({row->schema, row->object, right})) lacking[row].push_back(right);
        }
        std::map<std::pair<bool, std::string>, std::set<std::string_view>> alike;  // since then, rights -> objects
        for (const auto& [row, rights] : lacking) alike[{is_new(*row), joined(rights)}].insert(row->object);
        for (const auto& [what, names] : alike)
            findings.push_back(missing(what.first, what.second, in_schema(objects.front()->schema, names)));
    }

    bool is_new(const Holding& object) const {
        return !object.created.empty() && !since.empty() && object.created > since;
    }

    Finding missing(bool since_then, const std::string& rights, const std::string& where) const {
        return finding(
            "right-missing", since_then ? Severity::warning : Severity::note,
            {.message = fmt::format("{} lacks {} on {}, which it holds on most others of its kind{}", shown(role.name),
                                    rights, where, since_then ? "; made after the last good run" : ""),
             .advice = "grant it in the role's script, or leave it so if the toggle has nothing to do there",
             .place = role.place});
    }
};

}  // namespace

Findings public_rights(const RoleGraph& graph, const Holdings& holdings, const Declared& declared) {
    Findings findings;
    if (graph.find(everybody) && !graph.principal(*graph.find(everybody)).system) return findings;  // a role's name
    const std::set<Right> all = rights_held(holdings, {everybody});
    for (const DeclaredRole& role : declared.roles) {
        if (role.toggle.empty()) continue;
        std::map<Thing, std::vector<std::string_view>> defeated;
        for (const auto& [schema, object, right] : rights_held(holdings, {role.name}))
            if (all.contains({schema, object, right})) defeated[{schema, object}].push_back(right);
        std::map<std::pair<std::string_view, std::string>, std::set<std::string_view>> alike;  // schema, rights
        for (const auto& [thing, rights] : defeated)
            alike[{std::get<0>(thing), joined(rights)}].insert(std::get<1>(thing));
        for (const auto& [what, objects] : alike)
            findings.push_back(finding(
                "public-right", Severity::warning,
                {.message =
                     fmt::format("everybody (PUBLIC) has {} on {}, as {} has: toggle {} switches "
                                 "nothing there",
                                 what.second, in_schema(what.first, objects), shown(role.name), shown(role.toggle)),
                 .advice = "revoke it from PUBLIC",
                 .place = role.place}));
    }
    return findings;
}

Findings missing_rights(const RoleGraph& graph, const Holdings& holdings, const Declared& declared,
                        std::string_view since, std::string_view history) {
    const Neighbours neighbours = neighbours_in(holdings, history);
    Findings findings;
    for (const DeclaredRole& role : declared.roles) {
        if (role.toggle.empty()) continue;
        const std::set<Right> own = rights_held(holdings, {role.name});
        if (own.empty()) continue;
        auto holders = upwards(graph, role.name);
        holders.insert(everybody);
        const std::set<Right> given = rights_held(holdings, holders);
        const Gaps gaps{role, own, given, since};
        for (const auto& [where, objects] : neighbours) gaps.find(objects, findings);
    }
    return findings;
}

Findings near_limits(const Holdings& holdings) {
    Findings findings;
    for (const Holding& row : holdings) {
        if (row.kind != "limit") continue;
        const bool of_object = row.holder.empty();
        findings.push_back(finding(
            of_object ? "rights-list-long" : "many-roles", Severity::warning,
            {.message = fmt::format("{}: {}", of_object ? in_schema(row.schema, {row.object}) : shown(row.holder),
                                    harmless(row.what)),
             .advice = of_object ? "grant to one role, and make the others its members"
                                 : "take default roles from it, or put several roles into one"}));
    }
    return findings;
}

}  // namespace roost
