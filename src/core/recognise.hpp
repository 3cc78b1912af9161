// Reads role DDL out of a script's statements: what it would do, guards included, or that it is opaque. Led by the
// lexer's rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/program.hpp"
#include "core/splitter.hpp"

namespace roost {

// How names fold where they are not quoted.
enum class Folding : std::uint8_t { none, lower, upper };

// What one statement does. CREATE ROLE/USER, DROP ROLE/USER, GRANT role TO member, REVOKE role FROM member and COMMENT
// ON ROLE are understood, lists and options included, also in blocks, behind guards, and as the text of a dynamic
// statement. nullopt: opaque, the statement may do anything. No steps: understood, and it changes no role or membership
// (SELECT without a function call, COMMENT on anything else).
std::optional<Deeds> recognise(std::string_view sql, const SplitRules& rules, Folding folding);

}  // namespace roost
