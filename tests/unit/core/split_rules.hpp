// The rules of the engines as their drivers state them, for tests of core, which knows no driver: of these the data
// alone.
#pragma once

#include "core/clients.hpp"
#include "core/split_rules.hpp"
#include "drivers/mariadb/role_rules.hpp"
#include "drivers/oracle/role_rules.hpp"
#include "drivers/postgresql/role_rules.hpp"
#include "drivers/sqlite/role_rules.hpp"
#include "drivers/sqlserver/role_rules.hpp"

namespace roost::test {

inline constexpr SplitRules postgresql = {.nested_comments = true,
                                          .dollar_quotes = true,
                                          .escape_strings = true,
                                          .copy_data = true,
                                          .atomic_bodies = true,
                                          .roles = roost::postgresql::role_rules};

inline constexpr SplitRules sqlite = {
    .bracket_names = true, .backtick_names = true, .trigger_bodies = true, .roles = roost::sqlite::role_rules};

inline constexpr SplitRules sqlserver = {.nested_comments = true,
                                         .national_strings = true,
                                         .bracket_names = true,
                                         .doubled_brackets = true,
                                         .in_names = "@#",
                                         .batches = true,
                                         .client_lines = clients::sqlcmd,
                                         .variables = VariableStyle::dollar,
                                         .roles = roost::sqlserver::role_rules};

inline constexpr SplitRules oracle = {.national_strings = true,
                                      .alternative_quotes = true,
                                      .in_names = "#",
                                      .slash_blocks = true,
                                      .client_lines = clients::sqlplus,
                                      .dash_continues = true,
                                      .variables = VariableStyle::ampersand,
                                      .roles = roost::oracle::role_rules};

inline constexpr SplitRules mariadb = {.hash_comments = true,
                                       .dash_needs_blank = true,
                                       .executed_comments = true,
                                       .backslash_escapes = true,
                                       .national_strings = true,
                                       .quotes_are_strings = true,
                                       .backtick_names = true,
                                       .compound_bodies = true,
                                       .client_lines = clients::mariadb,
                                       .backslash_commands = true,
                                       .roles = roost::mariadb::role_rules};

}  // namespace roost::test
