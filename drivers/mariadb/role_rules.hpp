// How MariaDB's role DDL reads, and when it fails. Source: its reference, and MariaDB 10.11 as seen.
#pragma once

#include "core/role_rules.hpp"

namespace roost::mariadb {

// A role has no host.
inline constexpr GuardForm guard_queries[] = {
    {"FROM MYSQL . USER [ [ AS ] ~a ] WHERE "
     "{ [ ~a . ] USER = $role AND [ ~a . ] IS_ROLE = 'Y' | [ ~a . ] IS_ROLE = 'Y' AND [ ~a . ] USER = $role }",
     Meaning::role},
    {"FROM MYSQL . { USER | GLOBAL_PRIV } [ [ AS ] ~a ] WHERE "
     "{ [ ~a . ] USER = $name AND [ ~a . ] HOST = $host | [ ~a . ] HOST = $host AND [ ~a . ] USER = $name }",
     Meaning::user},
    {"FROM MYSQL . { USER | GLOBAL_PRIV } [ [ AS ] ~a ] WHERE [ ~a . ] USER = $name", Meaning::any_host, true, false},
    {"FROM MYSQL . ROLES_MAPPING [ [ AS ] ~a ] WHERE [ ~a . ] ROLE = $role AND [ ~a . ] USER = $member "
     "AND [ ~a . ] HOST = ''",
     Meaning::role_as_member},
    {"FROM MYSQL . ROLES_MAPPING [ [ AS ] ~a ] WHERE [ ~a . ] ROLE = $role AND [ ~a . ] USER = $member "
     "AND [ ~a . ] HOST = $host",
     Meaning::user_as_member},
    {"FROM MYSQL . ROLES_MAPPING [ [ AS ] ~a ] WHERE [ ~a . ] USER = $member AND [ ~a . ] HOST = '' "
     "AND [ ~a . ] ROLE = $role",
     Meaning::role_as_member},
    {"FROM MYSQL . ROLES_MAPPING [ [ AS ] ~a ] WHERE [ ~a . ] USER = $member AND [ ~a . ] HOST = $host "
     "AND [ ~a . ] ROLE = $role",
     Meaning::user_as_member},
};

// Of rights to nobody that is known the sql_mode decides.
inline constexpr MishapRule mishaps[] = {
    {Mishap::role_exists, true, "1396", {}, "guard it: CREATE ROLE IF NOT EXISTS"},
    {Mishap::user_exists, true, "1396", {}, "guard it: CREATE USER IF NOT EXISTS"},
    {Mishap::role_missing, true, "1959", {}, "create the role first; names are exact, capitals included"},
    {Mishap::member_missing, true, "1133", {}, "create it first, and name its host where that is not %: 'user'@'host'"},
    {Mishap::drop_role_missing, true, "1396", {}, "guard it: DROP ROLE IF EXISTS"},
    {Mishap::drop_user_missing, true, "1396", {}, "guard it: DROP USER IF EXISTS"},
    {Mishap::not_a_member,
     true,
     "1962",
     {},
     "guard it: BEGIN NOT ATOMIC IF EXISTS (SELECT 1 FROM mysql.roles_mapping WHERE …) THEN … END IF; END"},
    {Mishap::circular, true, "1961", {}, "a role cannot be a member of itself, directly or through others"},
};

inline constexpr RoleRules role_rules{
    .accounts = true, .blocks = BlockKind::compound, .name_bytes = 384, .queries = guard_queries, .mishaps = mishaps};

}  // namespace roost::mariadb
