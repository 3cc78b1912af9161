#include "core/observed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/describe.hpp"
#include "core/differences.hpp"

namespace roost {
namespace {

using What = Difference::What;

// A script's Grant leaves an option unsaid where it means the engine's default, which the dictionary then tells.
bool same_effect(const Change& seen, const Change& predicted) {
    return verb(seen) == verb(predicted) && role_of(seen) == role_of(predicted) &&
           member_of(seen) == member_of(predicted);
}

const Principal& principal_in(const Snapshot& snapshot, const std::string& name) {
    return snapshot.graph.principal(*snapshot.graph.find(name));
}

// What a row of the graph says of a membership's options; `admin` alone is worth telling where it is on.
std::uint32_t options_in(const Snapshot& snapshot, const Difference& row) {
    const auto role = snapshot.graph.find(row.role);
    for (const Membership& membership : snapshot.graph.members_of(*role))
        if (snapshot.graph.name(membership.member) == row.member &&
            snapshot.graph.name(membership.grantor) == row.grantor)
            return membership.options;
    return 0;
}

struct Line {
    std::optional<Change> change;
    std::string text;
    Doing does = Doing::unknown;
};

Line altered(const Snapshot& before, const Snapshot& after, const Difference& difference) {
    Principal was = principal_in(before, difference.role);
    const Principal& is = principal_in(after, difference.role);
    const bool comment = was.comment != is.comment;
    was.comment = is.comment;
    if (comment && was == is) return {.change = MarkRole{is.name, is.comment}, .text = {}};
    return {std::nullopt, fmt::format("alter {}: attributes{}", shown(is.name), comment ? " and comment" : ""),
            Doing::alters};
}

Line line_of(const Snapshot& before, const Snapshot& after, const Difference& difference) {
    const auto& [what, role, member, grantor] = difference;
    switch (what) {
        case What::created: {
            const Principal& made = principal_in(after, role);
            if (made.kind == PrincipalKind::user) return {.change = CreateUser{role}, .text = {}};
            return {.change = CreateRole{role, made.comment}, .text = {}};
        }
        case What::dropped:
            return {.change = DropRole{role}, .text = {}};
        case What::altered:
            return altered(before, after, difference);
        case What::granted: {
            const std::uint32_t is = options_in(after, difference);
            const std::uint32_t on = is & (option::admin | option::default_role);
            const std::uint32_t off = ~is & (option::inherit | option::set);
            return {.change = Grant{role, member, {on | off, on}}, .text = {}};
        }
        case What::revoked:
            return {.change = Revoke{role, member, grantor}, .text = {}};
        case What::options: {
            const std::uint32_t is = options_in(after, difference);
            return {.change = AlterMembership{role, member, grantor, {is ^ options_in(before, difference), is}},
                    .text = {}};
        }
    }
    return {};
}

PlanLine rehearsed(Line line, const Place& place) {
    return {.evidence = Evidence::rehearsed,
            .change = std::move(line.change),
            .text = std::move(line.text),
            .place = place,
            .does = line.does};
}

void add_holdings(std::vector<PlanLine>& lines, const Snapshot& before, const Snapshot& after, const Place& place) {
    Holdings gone;
    Holdings come;
    std::ranges::set_difference(before.holdings, after.holdings, std::back_inserter(gone));
    std::ranges::set_difference(after.holdings, before.holdings, std::back_inserter(come));
    for (const Holding& holding : gone)
        lines.push_back(rehearsed({std::nullopt, describe(holding, false), Doing::removes}, place));
    for (const Holding& holding : come)
        lines.push_back(rehearsed({std::nullopt, describe(holding, true), Doing::adds}, place));
}

}  // namespace

std::vector<PlanLine> observed(const Snapshot& before, const Snapshot& after, const Place& place) {
    std::vector<PlanLine> lines;
    for (const Difference& difference : differences(before.graph, after.graph))
        lines.push_back(rehearsed(line_of(before, after, difference), place));
    add_holdings(lines, before, after, place);
    return lines;
}

std::vector<PlanLine> placed(std::vector<PlanLine> seen, const std::vector<PlanLine>& predicted) {
    for (PlanLine& line : seen) {
        if (!line.change) continue;
        const auto same = std::ranges::find_if(
            predicted, [&](const PlanLine& other) { return other.change && same_effect(*line.change, *other.change); });
        if (same != predicted.end()) line.place = same->place;
    }
    return seen;
}

}  // namespace roost
