// Why somebody has a role: every path, whether it is effective, and what would end it.
#pragma once

#include <cstddef>
#include <vector>

#include "core/graph.hpp"

namespace roost {

struct RolePath {
    // From the member up to the role; at least one. A membership with several grantors is one edge, shown by its first
    // row that is effective.
    std::vector<Membership> edges;
    bool effective = true;  // every edge gives the rights without SET ROLE
};
struct Explanation {
    std::vector<RolePath> paths;  // simple paths, shortest first, then by names; at most `limit`
    bool more = false;            // there are more paths than the limit
    bool effective = false;       // over any path, those beyond the limit included
    // Single memberships whose revocation ends every path, nearest to the role first; empty: no single revoke does.
    std::vector<Membership> cuts;
    // Where no single one does: a smallest-effort set, one for each direct member of the role on a path. Empty where
    // `cuts` is not.
    std::vector<Membership> all_of;
};
Explanation explain(const RoleGraph& graph, PrincipalId member, PrincipalId role, std::size_t limit = 100);

}  // namespace roost
