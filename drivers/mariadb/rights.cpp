#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

// The account, its roles, and the roles in those: SET ROLE has nothing to do with it.
std::vector<bool> reached_from(PrincipalId account, const std::vector<Membership>& rows, std::size_t principals) {
    std::vector<bool> reached(principals);
    reached[account] = true;
    for (bool more = true; more;) {
        more = false;
        for (const Membership& row : rows)
            if (reached[row.member] && !reached[row.role]) reached[row.role] = more = true;
    }
    return reached;
}

}  // namespace

void settle_rights(std::vector<Principal>& principals, const std::vector<Membership>& rows, PrincipalId account) {
    if (account == no_principal) return;
    for (Principal& principal : principals) principal.may_grant = principal.kind != PrincipalKind::role;
    const std::vector<bool> reached = reached_from(account, rows, principals.size());
    for (const Membership& row : rows)
        if ((row.options & option::admin) != 0 && reached[row.member]) principals[row.role].may_grant = true;
}

}  // namespace roost::mariadb
