// The rules of the engines as their drivers state them, for tests of core, which knows no driver.
#pragma once

#include "core/clients.hpp"
#include "core/split_rules.hpp"

namespace roost::test {

inline constexpr SplitRules postgresql = {
    .nested_comments = true, .dollar_quotes = true, .escape_strings = true, .copy_data = true, .atomic_bodies = true};

inline constexpr SplitRules sqlite = {.bracket_names = true, .backtick_names = true, .trigger_bodies = true};

inline constexpr SplitRules sqlserver = {.nested_comments = true,
                                         .national_strings = true,
                                         .bracket_names = true,
                                         .doubled_brackets = true,
                                         .in_names = "@#",
                                         .batches = true,
                                         .client_lines = clients::sqlcmd,
                                         .variables = VariableStyle::dollar,
                                         .roles = {.altered_members = true}};

inline constexpr SplitRules oracle = {.national_strings = true,
                                      .alternative_quotes = true,
                                      .in_names = "#",
                                      .slash_blocks = true,
                                      .client_lines = clients::sqlplus,
                                      .dash_continues = true,
                                      .variables = VariableStyle::ampersand,
                                      .roles = {.many_word_rights = true}};

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
                                       .roles = {.accounts = true}};

}  // namespace roost::test
