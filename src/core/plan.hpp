// How what is declared differs from what is, and what would be done about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/after.hpp"
#include "core/change.hpp"
#include "core/declared.hpp"
#include "core/error.hpp"
#include "core/graph.hpp"

namespace roost {

// How a line of a plan is known.
enum class Evidence : std::uint8_t { declared, predicted, rehearsed, opaque };
std::string_view to_string(Evidence evidence);

// What a line does: so that colour is never the only sign of it in a report.
enum class Doing : std::uint8_t { adds, alters, removes, unknown };

struct PlanLine {
    Evidence evidence = Evidence::declared;
    std::optional<Change> change;  // nullopt: an opaque statement, or what a rehearsal saw beside roles and memberships
    std::string text;             // without a change: the first line of the statement as the user wrote it; or in words
    Place place;                  // the declaration or the statement it comes from
    std::string why = {};         // for people: "not declared", "reset by …"; may be empty
    Doing does = Doing::unknown;  // of what was seen beside roles and memberships
    bool known = false;  // a script's statement that already ran in a good run, unchanged: no difference by itself
};
inline bool makes_role(const PlanLine& line) { return line.change && std::holds_alternative<CreateRole>(*line.change); }

// What can be done to memberships on an engine, as an account sees and may change it.
struct MembershipRules {
    MembershipRules(std::uint32_t bits = 0, bool one = false, bool takes = true, bool clears = true)
        : options(bits), one_default(one), revokes(takes), clears_defaults(clears) {}
    std::uint32_t options;  // bits that a membership can hold
    bool one_default;       // a user has one default role at most, and it stays named after its revoke
    bool revokes;           // false: only a part of the graph is seen, and nothing is taken away
    bool clears_defaults;   // false: a default role that is revoked stays named; the account may not clear it
    bool marks = true;      // false: roles without the owner's mark are left without
};

// The changes that make `actual` what is declared: first the roles, then grants and altered options, then revocations;
// before the grants what takes a default role away where a user has one at most, so that it can go to another role;
// each in bytewise order of role, member, grantor. Members that stay are never revoked. Roles that are not managed are
// left alone, and those that the account may not comment on are left unmarked.
std::vector<PlanLine> diff(const RoleGraph& actual, const Declared& declared, const MembershipRules& rules);

std::vector<Change> changes_of(const std::vector<PlanLine>& lines);  // without opaque lines

}  // namespace roost
