// After a run: does the declared state hold, and did nothing else change? Also, whom scripts and declarations
// contradict.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/script.hpp"

namespace roost {

// Every principal or membership in which two graphs differ, by name: as the changes that lead from one to the other, in
// order. Attributes (kind, superuser, comment) count; a principal that differs in one is reported as "altered".
struct Difference {
    enum class What : std::uint8_t { created, dropped, altered, granted, revoked, options } what;
    std::string role;     // the principal, or the membership's role
    std::string member;   // empty for a principal
    std::string grantor;  // empty for a principal
    auto operator<=>(const Difference&) const = default;
};
std::vector<Difference> differences(const RoleGraph& before, const RoleGraph& after);
std::string to_string(const Difference& difference);  // "alice was granted hr"

// What this run changed beside the managed roles and `touched`: differences before -> after of other roles, less those
// that somebody else made meanwhile: differences before -> outside, where `outside` is what others can see (committed
// state).
std::vector<Difference> strayed(const RoleGraph& before, const RoleGraph& after, const RoleGraph& outside,
                                const Declared& declared, const std::set<std::string>& touched);

// Managed memberships that scripts changed against the declaration: between `before` and `after_scripts` a membership
// was granted that is not declared, or a declared one was revoked. Each names the declaration's place and the script
// statements that are about it.
struct ScriptStatement {
    Place place;
    std::string sql;
    std::vector<Change> changes;  // as recognised; empty where opaque
};
Errors contradictions(const RoleGraph& before, const RoleGraph& after_scripts, const Declared& declared,
                      const std::vector<ScriptStatement>& statements);
// The same, told from the statements alone, before anything ran: a recognised grant or revocation against the
// declaration.
Errors contradictions(const Declared& declared, const std::vector<ScriptStatement>& statements);

// What of the declaration does not hold: the plan that would still be needed, as errors with places. Empty: all holds.
Errors unmet(const RoleGraph& actual, const Declared& declared, std::uint32_t membership_options);

}  // namespace roost
