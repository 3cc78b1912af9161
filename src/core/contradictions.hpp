// Where scripts and the declaration contradict each other.
#pragma once

#include <string>
#include <vector>

#include "core/change.hpp"
#include "core/declared.hpp"
#include "core/error.hpp"
#include "core/graph.hpp"

namespace roost {

struct ScriptStatement {
    Place place;
    std::string sql;
    std::vector<Change> changes;  // as recognised; empty where opaque
};

// Managed memberships that scripts changed against the declaration: between `before` and `after_scripts` a membership
// was granted that is not declared, or a declared one was revoked. What somebody else did meanwhile is not the scripts'
// doing: differences before -> outside, where `outside` is what others can see (committed state). Each names the
// declaration's place and the script statements that are about it.
Errors contradictions(const RoleGraph& before, const RoleGraph& after_scripts, const RoleGraph& outside,
                      const Declared& declared, const std::vector<ScriptStatement>& statements);
// Told from the statements alone, before anything ran: a recognised grant or revocation against the declaration, or a
// comment that takes the owner's mark from a managed role.
Errors contradictions(const Declared& declared, const std::vector<ScriptStatement>& statements);

}  // namespace roost
