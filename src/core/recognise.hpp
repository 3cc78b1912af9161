// Reads role DDL out of a script's statements: what it would change, or that it is opaque. Led by the lexer's rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/splitter.hpp"

namespace roost {

// How names fold where they are not quoted.
enum class Folding : std::uint8_t { none, lower, upper };

// The changes of one statement. CREATE ROLE/USER, DROP ROLE/USER, GRANT role TO member, REVOKE role FROM member and
// COMMENT ON ROLE are understood, lists and options included. nullopt: opaque, the statement may do anything. An empty
// vector: understood, and it changes no role or membership (SELECT without a function call, COMMENT on anything else,
// GRANT of object rights).
std::optional<std::vector<Change>> recognise(std::string_view sql, const SplitRules& rules, Folding folding);

}  // namespace roost
