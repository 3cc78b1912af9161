// How many columns text takes on a terminal, the same in every locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace roost {

// 0 for what combines with the character before it, 2 for what East Asian typography and emoji draw wide, else 1. A
// byte that begins no character counts as 1.
std::size_t display_width(std::string_view text);

std::string padded(std::string_view text, std::size_t columns);  // with blanks behind

// The text, or as much of it as fits with a "…" behind it.
std::string cut(std::string_view text, std::size_t columns);

// Broken at blanks, so that no line is wider than `columns` unless a single word is: paths stay whole. Lines after the
// first begin with `indent` blanks. 0 columns: as it is.
std::string wrapped(std::string_view text, std::size_t columns, std::size_t indent);

}  // namespace roost
