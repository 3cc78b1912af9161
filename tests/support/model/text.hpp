// Text: UTF-16 as ODBC has it, UTF-8 inside.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace model {

std::string utf8(std::span<const SQLWCHAR> text);
std::vector<SQLWCHAR> utf16(std::string_view text);

// ASCII letters alone.
std::string upper(std::string_view text);
bool same(std::string_view a, std::string_view b);  // but for the case of ASCII letters

// A key for comparing as a case-insensitive collation does: ASCII, Latin-1, Greek and Cyrillic letters.
std::string folded(std::string_view text);

std::string in_quotes(std::string_view text, char quote);  // quote doubled inside
std::string replaced(std::string text, std::string_view what, std::string_view by);
std::string random_hex(std::size_t digits);

}  // namespace model
