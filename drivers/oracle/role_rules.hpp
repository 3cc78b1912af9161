// How Oracle's role DDL reads, and when it fails. Source: its reference; no server was at hand.
#pragma once

#include "core/role_rules.hpp"

namespace roost::oracle {

inline constexpr GuardForm guard_queries[] = {
    {"FROM [ SYS . ] DBA_ROLES [ ~a ] WHERE [ ~a . ] ROLE = { $role | ^role }", Meaning::role},
    {"FROM [ SYS . ] { DBA_USERS | ALL_USERS } [ ~a ] WHERE [ ~a . ] USERNAME = { $name | ^name }", Meaning::user},
    // One local and one common row may be there.
    {"FROM [ SYS . ] DBA_ROLE_PRIVS [ ~a ] WHERE { "
     "[ ~a . ] GRANTED_ROLE = { $role | ^role } AND [ ~a . ] GRANTEE = { $member | ^member } | "
     "[ ~a . ] GRANTEE = { $member | ^member } AND [ ~a . ] GRANTED_ROLE = { $role | ^role } }",
     Meaning::member, true, false},
};

inline constexpr MishapRule mishaps[] = {
    {Mishap::role_exists,
     true,
     "-1921",
     {},
     "guard it: EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1921 THEN RAISE; END IF"},
    {Mishap::user_exists,
     true,
     "-1920",
     {},
     "guard it: EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1920 THEN RAISE; END IF"},
    {Mishap::role_missing, true, "-1919", {}, "create the role first"},
    {Mishap::member_missing, true, "-1917", {}, "create it first"},
    {Mishap::grantee_missing, true, "-1917", {}, "create it first"},
    {Mishap::drop_role_missing,
     true,
     "-1919",
     {},
     "guard it: EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1919 THEN RAISE; END IF"},
    {Mishap::drop_user_missing,
     true,
     "-1918",
     {},
     "guard it: EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1918 THEN RAISE; END IF"},
    {Mishap::not_a_member,
     true,
     "-1951",
     {},
     "guard it: EXCEPTION WHEN OTHERS THEN IF SQLCODE <> -1951 THEN RAISE; END IF"},
    {Mishap::circular, true, "-1934", {}, "a role cannot be a member of itself, directly or through others"},
};

inline constexpr std::string_view harmless_calls[] = {"DBMS_OUTPUT . PUT_LINE ( $x )"};

inline constexpr RoleRules role_rules{.many_word_rights = true,
                                      .blocks = BlockKind::anonymous,
                                      .name_bytes = 128,
                                      .queries = guard_queries,
                                      .mishaps = mishaps,
                                      .harmless = harmless_calls};

}  // namespace roost::oracle
