// How SQL Server's role DDL reads, and when it fails. Source: Microsoft's reference.
#pragma once

#include "core/role_rules.hpp"

namespace roost::sqlserver {

inline constexpr GuardForm guard_queries[] = {
    {"FROM SYS . DATABASE_PRINCIPALS [ [ AS ] ~a ] WHERE "
     "{ [ ~a . ] NAME = $role AND [ ~a . ] TYPE = 'R' | [ ~a . ] TYPE = 'R' AND [ ~a . ] NAME = $role }",
     Meaning::role},
    {"FROM SYS . DATABASE_PRINCIPALS [ [ AS ] ~a ] WHERE "
     "{ [ ~a . ] NAME = $role AND [ ~a . ] TYPE_DESC = 'DATABASE_ROLE' "
     "| [ ~a . ] TYPE_DESC = 'DATABASE_ROLE' AND [ ~a . ] NAME = $role }",
     Meaning::role},
    {"FROM SYS . DATABASE_PRINCIPALS [ [ AS ] ~a ] WHERE [ ~a . ] NAME = $name", Meaning::principal},
    {"FROM SYS . DATABASE_ROLE_MEMBERS [ [ AS ] ~m ] WHERE [ ~m . ] ROLE_PRINCIPAL_ID = DATABASE_PRINCIPAL_ID ( $role "
     ") "
     "AND [ ~m . ] MEMBER_PRINCIPAL_ID = DATABASE_PRINCIPAL_ID ( $member )",
     Meaning::member},
    {"FROM SYS . DATABASE_ROLE_MEMBERS [ AS ] ~m JOIN SYS . DATABASE_PRINCIPALS [ AS ] ~r ON "
     "{ ~r . PRINCIPAL_ID = ~m . ROLE_PRINCIPAL_ID | ~m . ROLE_PRINCIPAL_ID = ~r . PRINCIPAL_ID } "
     "JOIN SYS . DATABASE_PRINCIPALS [ AS ] ~u ON "
     "{ ~u . PRINCIPAL_ID = ~m . MEMBER_PRINCIPAL_ID | ~m . MEMBER_PRINCIPAL_ID = ~u . PRINCIPAL_ID } WHERE "
     "{ ~r . NAME = $role AND ~u . NAME = $member | ~u . NAME = $member AND ~r . NAME = $role }",
     Meaning::member},
};

inline constexpr GuardForm guard_tests[] = {
    {"DATABASE_PRINCIPAL_ID ( $name ) IS NULL", Meaning::principal, false},
    {"DATABASE_PRINCIPAL_ID ( $name ) IS NOT NULL", Meaning::principal},
    {"{ COALESCE | ISNULL } ( IS_ROLEMEMBER ( $role , $member ) , 0 ) = 0", Meaning::not_in},
    {"{ COALESCE | ISNULL } ( IS_ROLEMEMBER ( $role , $member ) , 0 ) = 1", Meaning::not_in, false},
    {"IS_ROLEMEMBER ( $role , $member ) { = 0 | < > 1 }", Meaning::not_nested},
    {"IS_ROLEMEMBER ( $role , $member ) { = 1 | < > 0 }", Meaning::nested_member},
    {"IS_ROLEMEMBER ( $role , $member ) IS NULL", Meaning::unknown_pair},
};

inline constexpr std::string_view guard_creation = "guard it: IF DATABASE_PRINCIPAL_ID(N'…') IS NULL CREATE ROLE …";
// Adding a member twice does nothing. Of dropping one that is none the reference is silent: 0 rows either way.
inline constexpr MishapRule mishaps[] = {
    {Mishap::role_exists, true, "15023", {}, guard_creation},
    {Mishap::user_exists, true, "15023", {}, "guard it: IF DATABASE_PRINCIPAL_ID(N'…') IS NULL CREATE USER …"},
    {Mishap::role_missing, true, "15151", {}, "create the role first"},
    {Mishap::member_missing, true, "15151", {}, "create it first"},
    {Mishap::grantee_missing, true, "15151", {}, "create it first"},
    {Mishap::drop_role_missing, true, "15151", {}, "guard it: DROP ROLE IF EXISTS"},
    {Mishap::drop_user_missing, true, "15151", {}, "guard it: DROP USER IF EXISTS"},
    {Mishap::drop_has_members, true, "15144", {}, "take its members away first"},
    {Mishap::not_a_member, false},
    {Mishap::circular, true, "15413", {}, "a role cannot be a member of itself, directly or through others"},
};

inline constexpr RoleRules role_rules{
    .altered_members = true,
    .any_case = true,
    .blocks = BlockKind::batch,
    .hidden = "public",
    .drop_fails = "it fails while the principal owns a schema or another object",
    .user_fails = "it fails where there is no such login, or another user has it already",
    .queries = guard_queries,
    .tests = guard_tests,
    .mishaps = mishaps};

}  // namespace roost::sqlserver
