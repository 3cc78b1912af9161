// How PostgreSQL's role DDL reads, and when it fails. Source: its manual, and PostgreSQL 15 to 18 as seen.
#pragma once

#include "core/role_rules.hpp"

namespace roost::postgresql {

inline constexpr GuardForm guard_queries[] = {
    {"FROM [ PG_CATALOG . ] { PG_ROLES | PG_AUTHID } [ [ AS ] ~a ] WHERE [ ~a . ] ROLNAME = $name", Meaning::principal},
    {"FROM [ PG_CATALOG . ] { PG_ROLES | PG_AUTHID } [ [ AS ] ~a ] WHERE $name = [ ~a . ] ROLNAME", Meaning::principal},
    {"FROM [ PG_CATALOG . ] PG_USER [ [ AS ] ~a ] WHERE [ ~a . ] USENAME = $name", Meaning::user},
    {"FROM [ PG_CATALOG . ] PG_GROUP [ [ AS ] ~a ] WHERE [ ~a . ] GRONAME = $role", Meaning::role},
    {"FROM [ PG_CATALOG . ] PG_AUTH_MEMBERS [ AS ] ~m JOIN [ PG_CATALOG . ] PG_ROLES [ AS ] ~r ON "
     "{ ~r . OID = ~m . ROLEID | ~m . ROLEID = ~r . OID } JOIN [ PG_CATALOG . ] PG_ROLES [ AS ] ~u ON "
     "{ ~u . OID = ~m . MEMBER | ~m . MEMBER = ~u . OID } WHERE "
     "{ ~r . ROLNAME = $role AND ~u . ROLNAME = $member | ~u . ROLNAME = $member AND ~r . ROLNAME = $role }",
     Meaning::member, true, false},
};

inline constexpr GuardForm guard_tests[] = {
    {"[ PG_CATALOG . ] PG_HAS_ROLE ( $member , $role , 'MEMBER' )", Meaning::has_role},
};

inline constexpr std::string_view guard_creation =
    "guard it: DO $$ BEGIN CREATE ROLE …; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
inline constexpr MishapRule mishaps[] = {
    {Mishap::role_exists, true, "42710", "DUPLICATE_OBJECT", guard_creation},
    {Mishap::user_exists, true, "42710", "DUPLICATE_OBJECT", guard_creation},
    {Mishap::role_missing, true, "42704", "UNDEFINED_OBJECT", "create the role first"},
    {Mishap::member_missing, true, "42704", "UNDEFINED_OBJECT", "create it first"},
    {Mishap::grantee_missing, true, "42704", "UNDEFINED_OBJECT", "create it first"},
    {Mishap::drop_role_missing, true, "42704", "UNDEFINED_OBJECT", "guard it: DROP ROLE IF EXISTS"},
    {Mishap::drop_user_missing, true, "42704", "UNDEFINED_OBJECT", "guard it: DROP USER IF EXISTS"},
    {Mishap::not_a_member, false},  // a warning
    {Mishap::circular, true, "0LP01", "INVALID_GRANT_OPERATION",
     "a role cannot be a member of itself, directly or through others"},
    {Mishap::raised, true, "23505", "UNIQUE_VIOLATION"},  // of two runs at once; named beside 42710
};

inline constexpr RoleRules role_rules{
    .users_are_roles = true,
    .queries_act = true,
    .blocks = BlockKind::in_do,
    .name_bytes = 63,
    .reserved = "pg_",
    .drop_fails =
        "DROP ROLE fails while it owns anything or has rights, in any database: DROP OWNED BY takes them away",
    .queries = guard_queries,
    .tests = guard_tests,
    .mishaps = mishaps};

}  // namespace roost::postgresql
