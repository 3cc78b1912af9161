#include <algorithm>

#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {

// T-SQL has no ? outside of strings, names and comments, and ODBC would take it for a parameter.
Result<std::string> sendable(std::string_view statement) {
    const std::vector<Token> words = tokens(statement, driver.info.split);
    const bool marked = std::ranges::any_of(words, [&](const Token& token) {
        return token.kind == TokenKind::symbol && statement.substr(token.begin, token.end - token.begin).contains('?');
    });
    if (marked)
        return misuse("the statement holds a ? outside of strings, names and comments",
                      "T-SQL has no such operator, and ODBC takes it for a parameter");
    return std::string(statement);
}

}  // namespace roost::sqlserver
