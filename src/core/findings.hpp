// What is wrong with roles and rights, or soon will be, told from values alone. docs/findings.md says what each means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/declared.hpp"
#include "core/finding.hpp"
#include "core/graph.hpp"
#include "core/holdings.hpp"

namespace roost {

Finding finding(std::string code, Severity severity, Error what);

// Members of managed roles that do not have its rights without doing something, although nothing declares it: one
// finding for each role. A note where a user has one active role at most, as there it is nobody's mistake.
Findings not_effective(const RoleGraph& graph, const Declared& declared, bool one_default);
// Users in several managed roles that have not all of their rights by their default role, where one role can be active.
Findings one_of_several(const RoleGraph& graph, const Declared& declared, bool one_default);
// Users in managed roles, directly or through others, that have members: what they are given these have as well.
Findings users_in_users(const RoleGraph& graph, const Declared& declared);
// Declared roles that do not exist yet, as far as can be seen where the graph is not whole.
Findings missing_roles(const RoleGraph& graph, const Declared& declared, bool whole = true);
// Near to as many roles as one transaction may touch; 0: no limit.
Findings many_roles(const Declared& declared, std::size_t most);

// A toggle's last day, as roost.toml has it.
struct Expiry {
    std::string toggle;
    std::string owner;  // whom to ask; may be empty
    std::string day;    // "2027-03-31"; empty: never
    Place place;
};
Findings expired(const std::vector<Expiry>& toggles, std::string_view today);

// Rights of a toggle's role that everybody has as well: there the toggle switches nothing.
Findings public_rights(const RoleGraph& graph, const Holdings& holdings, const Declared& declared);
// Objects on which the role of a toggle does not hold what it holds on most others of the same kind and schema. A
// warning for an object that was made after `since` (ISO 8601, UTC; empty: never), where the engine tells when it was.
// `history` is the migrations' own table.
Findings missing_rights(const RoleGraph& graph, const Holdings& holdings, const Declared& declared,
                        std::string_view since, std::string_view history);
// What the engine says is near one of its limits.
Findings near_limits(const Holdings& holdings);

}  // namespace roost
