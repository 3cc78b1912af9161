#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/ascii.hpp"
#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

// Connector/ODBC 3.1.15 decides by the first word whether a statement has rows. Where there are rows that it did not
// expect, it hangs or crashes at the next call: CASE, VALUES, HELP, OPTIMIZE TABLE, SET STATEMENT … FOR SELECT. DO 1 it
// refuses. So only what was seen to go well is sent as it is; all else inside of BEGIN NOT ATOMIC … END, which it takes
// any number of results from.
constexpr std::array<std::string_view, 12> with_rows = {"ANALYZE",  "CALL",    "CHECK",  "CHECKSUM", "DELETE", "DESC",
                                                        "DESCRIBE", "EXPLAIN", "INSERT", "REPLACE",  "SELECT", "SHOW"};
constexpr std::array<std::string_view, 36> without_rows = {
    "ALTER",    "BACKUP",  "BEGIN",  "BINLOG", "CACHE",    "CHANGE",    "COMMIT",   "CREATE",    "DEALLOCATE",
    "DROP",     "FLUSH",   "GET",    "GRANT",  "INSTALL",  "KILL",      "LOAD",     "LOCK",      "PREPARE",
    "PURGE",    "RELEASE", "RENAME", "RESET",  "RESIGNAL", "REVOKE",    "ROLLBACK", "SAVEPOINT", "SET",
    "SHUTDOWN", "SIGNAL",  "START",  "STOP",   "TRUNCATE", "UNINSTALL", "UNLOCK",   "UPDATE",    "USE"};

// Opens or closes a comment that is executed: /*!50003 and */.
bool is_mark(const Token& token) {
    return token.kind == TokenKind::symbol && (token.value == "*/" || token.value.starts_with("/*"));
}

// What MariaDB never runs: comments for MySQL from 5.7 on, and for no version at all.
bool is_passed_over(std::string_view opening) {
    constexpr int first_of_mysql = 50700, last_of_mysql = 99999, nobody = 999999;
    int version = 0;
    const std::string_view digits = opening.substr(opening.find('!') + 1);
    std::from_chars(digits.data(), digits.data() + digits.size(), version);
    return version == nobody || (opening.starts_with("/*!") && version >= first_of_mysql && version <= last_of_mysql);
}

// What a statement says to the server.
std::vector<Token> without_comments(std::vector<Token> all) {
    bool passed_over = false;
    std::erase_if(all, [&](const Token& token) {
        const bool mark = is_mark(token);
        if (mark) passed_over = token.value != "*/" && is_passed_over(token.value);
        return mark || passed_over;
    });
    return all;
}

std::string word_at(const std::vector<Token>& all, std::size_t index) {
    const bool is_word = index < all.size() && all[index].kind == TokenKind::word;
    return is_word ? upper_ascii(all[index].value) : std::string();
}

bool replaces_a_role(const std::vector<Token>& all) {
    for (std::size_t i = 0; i + 3 < all.size(); ++i)
        if (word_at(all, i) == "CREATE" && word_at(all, i + 1) == "OR" && word_at(all, i + 2) == "REPLACE" &&
            word_at(all, i + 3) == "ROLE")
            return true;
    return false;
}

// A semicolon that ends nothing: of a routine's or a trigger's body. The connector cuts there.
bool has_body(std::string_view statement, const std::vector<Token>& all) {
    return std::ranges::any_of(all, [&](const Token& token) {
        return token.kind == TokenKind::symbol && statement.substr(token.begin, token.end - token.begin).contains(';');
    });
}

bool goes_well_alone(const std::vector<Token>& all, bool in_comment) {
    const std::string first = word_at(all, 0), second = word_at(all, 1);
    if (first == "SET" && second == "STATEMENT") return false;
    if (first == "XA") return second != "RECOVER";
    if (std::ranges::find(without_rows, first) != without_rows.end()) return true;
    if (in_comment) return false;  // the connector does not see the word
    return first == "WITH" || std::ranges::find(with_rows, first) != with_rows.end();
}

// SET NAMES x and its kin; 0: another statement, else which token is x. The connector refuses them, and sends UTF-8
// whatever the session says.
std::size_t encoding_in(const std::vector<Token>& all) {
    if (word_at(all, 0) != "SET") return 0;
    const std::string second = word_at(all, 1);
    if (second == "NAMES" || second == "CHARSET") return 2;
    return second == "CHARACTER" && word_at(all, 2) == "SET" ? 3 : 0;
}

bool is_utf8(const std::vector<Token>& all, std::size_t index) {
    const std::string name = index < all.size() ? upper_ascii(all[index].value) : std::string();
    return name == "UTF8MB4" || name == "UTF8" || name == "UTF8MB3";
}

// What no compound statement holds: a routine's or a trigger's body, HELP, and nothing at all, which is what a comment
// for other versions is to the server. It prepares them.
std::string prepared(std::string_view statement) {
    return fmt::format("BEGIN NOT ATOMIC EXECUTE IMMEDIATE {}; END", literal(statement));
}

}  // namespace

Result<std::string> sendable(std::string_view statement) {
    const std::vector<Token> written = tokens(statement, driver.info.split), all = without_comments(written);
    const bool in_comment = !written.empty() && is_mark(written.front());
    if (replaces_a_role(all))
        return misuse("CREATE OR REPLACE ROLE would take every membership and right of the role along",
                      "write CREATE ROLE IF NOT EXISTS");
    const std::string first = word_at(all, 0);
    if (first == "HANDLER") return misuse("HANDLER cannot be sent: the ODBC driver loses its rows", "write a SELECT");
    const std::size_t encoding = encoding_in(all);
    if (encoding != 0 && !is_utf8(all, encoding))
        return misuse("texts are sent to MariaDB in utf8mb4, whatever the script says", "take the statement out");
    if (first == "BEGIN" && word_at(all, 1) == "NOT") return std::string(statement);
    if ((first == "CREATE" || first == "ALTER") && has_body(statement, all)) return prepared(statement);
    if (encoding == 0 && goes_well_alone(all, in_comment)) return std::string(statement);
    if (in_comment || first == "HELP") return prepared(statement);
    return fmt::format("BEGIN NOT ATOMIC {}\n; END", statement);
}

}  // namespace roost::mariadb
