#include "odbc/diagnostics.hpp"

#include <algorithm>
#include <limits>

#include "odbc/text.hpp"

namespace roost::odbc {
namespace {

// psqlodbc cuts a text into pieces as long as the buffer, one per record, and counts them in 16 bits: with a small
// buffer a text near 32,767 bytes reads out of bounds. The largest buffer gets every text that it can give in one
// piece.
constexpr SQLSMALLINT largest = std::numeric_limits<SQLSMALLINT>::max();

// psqlodbc ends every error with a line that says nothing.
std::string tidy(std::string text) {
    constexpr std::string_view chatter = "\nError while executing the query";
    if (text.ends_with(chatter)) text.resize(text.size() - chatter.size());
    while (!text.empty() && (text.back() == ';' || text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

// libpq puts new lines and tabs into its texts.
std::string one_line(std::string_view text) {
    std::string result(text);
    std::erase(result, '\r');
    std::erase(result, '\t');
    std::ranges::replace(result, '\n', ' ');
    return result;
}

bool same(const Notice& a, const Notice& b) {
    return a.native == b.native && a.sqlstate == b.sqlstate && a.text == b.text;
}

// Of Microsoft's driver ("SQLGetDiagField") and FreeTDS: the line is 16 bits wide. FreeTDS 1.3 does not tell the
// procedure that the line is one of.
std::uint32_t line_of(SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT record) {
    constexpr SQLSMALLINT procedure_field = -1153, line_field = -1154;
    SQLWCHAR procedure[2] = {};
    SQLSMALLINT bytes = 0;
    const auto code = SQLGetDiagFieldW(type, handle, record, procedure_field, procedure, sizeof procedure, &bytes);
    if (SQL_SUCCEEDED(code) && procedure[0] != 0) return 0;
    SQLUINTEGER line = 0;
    if (!SQL_SUCCEEDED(SQLGetDiagFieldW(type, handle, record, line_field, &line, sizeof line, &bytes))) return 0;
    return line;
}

}  // namespace

std::vector<Notice> diagnostics(SQLSMALLINT type, SQLHANDLE handle, bool lines) {
    constexpr SQLSMALLINT most = 1000;  // a driver that never says NO_DATA must not hang us
    std::vector<Notice> records;
    Wide text(largest);
    for (SQLSMALLINT i = 1; i <= most; ++i) {
        SQLWCHAR state[6] = {};
        SQLINTEGER native = 0;
        SQLSMALLINT length = 0;
        const auto code = SQLGetDiagRecW(type, handle, i, state, &native, text.data(), largest, &length);
        if (!SQL_SUCCEEDED(code)) break;
        const auto used = static_cast<std::size_t>(std::clamp<SQLSMALLINT>(length, 0, largest - 1));
        Notice record{utf8({state, 5}), native, tidy(utf8(std::span(text).first(used)))};
        if (lines) record.line = line_of(type, handle, i);
        const bool known = std::ranges::any_of(records, [&](const Notice& other) { return same(other, record); });
        if (!known) records.push_back(std::move(record));
    }
    return records;
}

bool is_warning(const Notice& record) { return record.sqlstate.starts_with("01") || record.sqlstate.starts_with("00"); }

Error error_of(std::span<const Notice> records) {
    if (records.empty()) return {.message = "the driver reported an error without saying which"};
    const auto first = std::ranges::find_if_not(records, is_warning);
    const Notice& cause = first == records.end() ? records.front() : *first;
    Error error{
        .message = one_line(cause.text), .sqlstate = cause.sqlstate, .native = cause.native, .line = cause.line};
    for (const Notice& record : records) {
        if (&record != &cause) error.message.append("; ").append(one_line(record.text));
    }
    return error;
}

}  // namespace roost::odbc
