#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

// Connector/ODBC 3.1.15 decides by the first word whether a statement has rows. Where there are rows that it did not
// expect, it hangs or crashes at the next call: CASE, VALUES, HELP, OPTIMIZE TABLE, SET STATEMENT … FOR SELECT. So only
// what was seen to go well is sent as it is; all else inside of BEGIN NOT ATOMIC … END, which it takes any number of
// results from.
constexpr std::array<std::string_view, 12> with_rows = {"ANALYZE",  "CALL",    "CHECK",  "CHECKSUM", "DELETE", "DESC",
                                                        "DESCRIBE", "EXPLAIN", "INSERT", "REPLACE",  "SELECT", "SHOW"};
constexpr std::array<std::string_view, 37> without_rows = {
    "ALTER",   "BACKUP", "BEGIN",    "BINLOG",    "CACHE",   "CHANGE",   "COMMIT",    "CREATE", "DEALLOCATE", "DO",
    "DROP",    "FLUSH",  "GET",      "GRANT",     "INSTALL", "KILL",     "LOAD",      "LOCK",   "PREPARE",    "PURGE",
    "RELEASE", "RENAME", "RESET",    "RESIGNAL",  "REVOKE",  "ROLLBACK", "SAVEPOINT", "SET",    "SHUTDOWN",   "SIGNAL",
    "START",   "STOP",   "TRUNCATE", "UNINSTALL", "UNLOCK",  "UPDATE",   "USE"};

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

std::string word_at(const std::vector<Token>& all, std::size_t index) {
    std::string word;
    if (index < all.size() && all[index].kind == TokenKind::word)
        for (const char c : all[index].value) word += upper(c);
    return word;
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

bool goes_well_alone(std::string_view statement, const std::vector<Token>& all) {
    const std::string first = word_at(all, 0), second = word_at(all, 1);
    if (first == "SET" && second == "STATEMENT") return false;
    if (first == "XA") return second != "RECOVER";
    if (std::ranges::find(without_rows, first) != without_rows.end()) return true;
    // Inside of /*! */ the connector does not see the word.
    if (statement.starts_with("/*")) return false;
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
    std::string name;
    if (index < all.size())
        for (const char c : all[index].value) name += upper(c);
    return name == "UTF8MB4" || name == "UTF8" || name == "UTF8MB3";
}

}  // namespace

Result<std::string> sendable(std::string_view statement) {
    const std::vector<Token> all = tokens(statement, driver.info.split);
    if (replaces_a_role(all))
        return misuse("CREATE OR REPLACE ROLE would take every membership and right of the role along",
                      "write CREATE ROLE IF NOT EXISTS");
    const std::string first = word_at(all, 0);
    if (first == "HANDLER") return misuse("HANDLER cannot be sent: the ODBC driver loses its rows", "write a SELECT");
    const std::size_t encoding = encoding_in(all);
    if (encoding != 0 && !is_utf8(all, encoding))
        return misuse("texts are sent to MariaDB in utf8mb4, whatever the script says", "take the statement out");
    if (first == "BEGIN" && word_at(all, 1) == "NOT") return std::string(statement);
    if ((first == "CREATE" || first == "ALTER") && has_body(statement, all))
        return fmt::format("BEGIN NOT ATOMIC EXECUTE IMMEDIATE {}; END", literal(statement));
    if (encoding == 0 && goes_well_alone(statement, all)) return std::string(statement);
    return fmt::format("BEGIN NOT ATOMIC {}\n; END", statement);
}

}  // namespace roost::mariadb
