// SQLite's roles are rows of roost's own tables (sql/ledger.sql), whose triggers say when a statement fails.
#pragma once

#include "core/role_rules.hpp"

namespace roost::sqlite {

inline constexpr GuardForm guard_queries[] = {
    {"FROM [ MAIN . ] ROOST_ROLE [ [ AS ] ~a ] WHERE [ ~a . ] NAME = $name", Meaning::principal},
    {"FROM [ MAIN . ] ROOST_ROLE_MEMBER [ [ AS ] ~a ] WHERE { [ ~a . ] ROLE = $role AND [ ~a . ] MEMBER = $member "
     "| [ ~a . ] MEMBER = $member AND [ ~a . ] ROLE = $role }",
     Meaning::member},
};

inline constexpr std::string_view or_ignore = "guard it: INSERT OR IGNORE";
inline constexpr MishapRule mishaps[] = {
    {Mishap::role_exists, true, {}, {}, or_ignore},
    {Mishap::user_exists, true, {}, {}, or_ignore},
    {Mishap::is_a_member, true, {}, {}, or_ignore},
    {Mishap::role_missing, true, {}, {}, "insert it into roost_role first"},
    {Mishap::member_missing, true, {}, {}, "insert it into roost_role first"},
    {Mishap::not_a_member, false},
    {Mishap::circular, true, {}, {}, "a role cannot be a member of itself, directly or through others"},
};

inline constexpr RoleRules role_rules{.users_are_roles = true,
                                      .queries = guard_queries,
                                      .mishaps = mishaps,
                                      .tables = {.roles = "ROOST_ROLE",
                                                 .name = "NAME",
                                                 .login = "LOGIN",
                                                 .comment = "COMMENT",
                                                 .memberships = "ROOST_ROLE_MEMBER",
                                                 .role = "ROLE",
                                                 .member = "MEMBER",
                                                 .admin = "ADMIN",
                                                 .inherit = "INHERIT"}};

}  // namespace roost::sqlite
