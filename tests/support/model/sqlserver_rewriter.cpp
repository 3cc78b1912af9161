#include "sqlserver_rewriter.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "text.hpp"

namespace model {
namespace {

// Functions whose names SQLite keeps for something else, or knows by another.
const std::map<std::string, std::string, std::less<>> renamed = {
    {"ISNULL", "IFNULL"},           {"LEFT", "model_left"},  {"RIGHT", "model_right"}, {"REPLACE", "model_replace"},
    {"LEN", "model_len"},           {"COUNT_BIG", "COUNT"},  {"CHAR", "model_char"},   {"NCHAR", "model_char"},
    {"JSON_VALUE", "json_extract"}, {"SUBSTRING", "SUBSTR"}, {"UPPER", "model_upper"}, {"LOWER", "model_lower"},
    {"STRING_AGG", "group_concat"}};

bool is_date(std::string_view type) {
    return type.starts_with("DATE") || type.starts_with("TIME") || type == "SMALLDATETIME";
}
bool is_text(std::string_view type) {
    return type.ends_with("CHAR") || type == "SYSNAME" || type == "SQL_VARIANT" || type == "XML" ||
           type.ends_with("TEXT") || type == "UNIQUEIDENTIFIER";
}

}  // namespace

SqlServerRewriter::SqlServerRewriter(const SqlServer& session, const Tokens& tokens, int parameters_before)
    : session_(session) {
    tokens_ = &tokens;
    parameters_before_ = parameters_before;
}

std::string SqlServerRewriter::table(std::string_view schema, const Token& name) {
    if (name.text.starts_with('#')) return name.text;
    if (same(schema, "sys")) {
        const bool temporary = at_ >= 5 && (*tokens_)[at_ - 5].text == "tempdb" && same(name.text, "tables");
        return (temporary ? "tempdb.sys." : "sys.") + upper(name.text);
    }
    if (same(schema, "INFORMATION_SCHEMA")) return "INFORMATION_SCHEMA." + upper(name.text);
    const auto found = session_.object(std::string(schema), name.text);
    return found.id >= 0 && (found.type == "U" || found.type == "V") ? found.name : std::string();
}

bool SqlServerRewriter::special() {
    const Token& now = token();
    if (now.kind == Token::Kind::variable && now.text.starts_with("@@")) {
        put(in_quotes(upper(now.text), '"') + "()");
        return ++at_, true;
    }
    if (now.kind == Token::Kind::number && now.text.starts_with("0x")) {
        put("X'" + now.text.substr(2) + "'");
        return ++at_, true;
    }
    if (any_of(now, {"CURRENT_USER", "SESSION_USER", "SYSTEM_USER"})) {
        put(now.is("SYSTEM_USER") ? "SUSER_SNAME()" : "USER_NAME()");
        return ++at_, true;
    }
    // OFFSET m ROWS [FETCH NEXT n ROWS ONLY]
    if (any_of(now, {"OFFSET"}) && token(1).kind == Token::Kind::number && any_of(token(2), {"ROW", "ROWS"})) {
        const std::string skipped = token(1).text;
        std::string count = "-1";
        at_ += 3;
        if (any_of(token(), {"FETCH"})) {
            count = token(2).text;
            at_ += 5;
        }
        at_close("LIMIT " + count + " OFFSET " + skipped);
        return true;
    }
    if (any_of(now, {"CURRENT_TIMESTAMP"})) return put("GETDATE()"), ++at_, true;
    if (any_of(now, {"DEFAULT"}) && before().is("(")) return put("NULL"), ++at_, true;
    if (any_of(now, {"DEFAULT"}) && token(1).is_name() && token(2).is("(")) {  // in CREATE TABLE
        const std::size_t end = behind(at_ + 2);
        put("DEFAULT (" + inner(at_ + 1, end) + ")");
        return at_ = end, true;
    }
    return top() || rows() || hints() || function() || type() || concatenation();
}

// (VALUES …) AS rows (x, y): there only a SELECT names its columns.
bool SqlServerRewriter::rows() {
    const auto at = [&](std::size_t index) -> const Token& {
        return index < to_ ? (*tokens_)[index] : tokens_->back();
    };
    const bool names =
        token().is("(") && at_ >= from_ + 3 && before().is_name() && any_of(at(at_ - 2), {"AS"}) && at(at_ - 3).is(")");
    if (names) return at_ = behind(at_), true;
    if (!any_of(token(), {"VALUES"}) || !before().is("(")) return false;
    const std::size_t end = behind(at_ - 1);
    if (!any_of(at(end), {"AS"}) || !at(end + 1).is_name() || !at(end + 2).is("(")) return false;
    std::string columns;
    for (std::size_t i = end + 3; i + 1 < behind(end + 2); i += 2)
        columns += (columns.empty() ? "NULL AS " : ", NULL AS ") + in_quotes(at(i).text, '"');
    put("SELECT " + columns + " WHERE 0 UNION ALL");
    put("VALUES");
    return ++at_, true;
}

bool SqlServerRewriter::top() {
    if (!any_of(token(), {"TOP"}) || !any_of(before(), {"SELECT", "DISTINCT", "ALL"})) return false;
    const bool bracket = token(1).is("(");
    const std::size_t end = bracket ? behind(at_ + 1) : at_ + 2;
    at_close("LIMIT " + inner(at_ + 1, end));
    at_ = end;
    return true;
}

bool SqlServerRewriter::hints() {
    const bool with = any_of(token(), {"WITH"}) && token(1).is("(");
    if (!with && !(any_of(token(), {"OPTION"}) && token(1).is("("))) {
        if (!any_of(token(), {"CLUSTERED", "NONCLUSTERED"})) return false;
        return ++at_, true;
    }
    at_ = behind(at_ + 1);
    return true;
}

bool SqlServerRewriter::function() {
    const Token& now = token();
    if (any_of(now, {"COLLATE"})) {
        const bool binary = token(1).text.contains("_BIN") || token(1).text.contains("_CS_");
        put(binary ? "COLLATE BINARY" : "COLLATE MODEL");
        return at_ += 2, true;
    }
    if (any_of(now, {"IDENTITY"}) && token(1).is("(")) return at_ = behind(at_ + 1), true;
    if (!token(1).is("(") || now.kind != Token::Kind::word) return false;
    if (any_of(now, {"CONVERT", "TRY_CONVERT"})) {  // CONVERT(type(n), value, style)
        std::size_t comma = at_ + 2;
        while (!(*tokens_)[comma].is(",")) comma = (*tokens_)[comma].is("(") ? behind(comma) : comma + 1;
        std::string kind;
        for (std::size_t i = at_ + 2; i < comma; ++i) kind += (*tokens_)[i].text;
        const std::size_t end = behind(at_ + 1);
        put("model_convert('" + upper(kind) + "', " + inner(comma + 1, end - 1) + ")");
        return at_ = end, true;
    }
    if (any_of(now, {"CAST", "TRY_CAST"})) {
        const std::size_t end = behind(at_ + 1);
        std::size_t as = end - 2;
        while (!any_of((*tokens_)[as], {"AS"})) --as;
        std::string kind;
        for (std::size_t i = as + 1; i < end - 1; ++i) kind += (*tokens_)[i].text;
        put("model_convert('" + upper(kind) + "', " + inner(at_ + 2, as) + ")");
        return at_ = end, true;
    }
    if (any_of(now, {"DATEADD", "DATEDIFF"})) {  // the first argument is a word: minute
        const std::size_t end = behind(at_ + 1);
        put(now.upper + "('" + token(2).upper + "', " + inner(at_ + 4, end - 1) + ")");
        return at_ = end, true;
    }
    const auto found = renamed.find(now.upper);
    if (found == renamed.end() || before().is(".")) return false;
    put(found->second);
    return ++at_, true;
}

// Types of columns, in what CREATE and ALTER TABLE say.
bool SqlServerRewriter::type() {
    const Token& now = token();
    if (now.kind != Token::Kind::word || !any_of((*tokens_)[from_], {"CREATE", "ALTER"}) || !before().is_name())
        return false;
    if (is_date(now.upper) || now.is("UNIQUEIDENTIFIER")) {
        put("varchar(27)");
        at_ = token(1).is("(") ? behind(at_ + 1) : at_ + 1;
        return true;
    }
    if (!is_text(now.upper)) return false;
    const bool whole = token(1).is("(") && any_of(token(2), {"MAX"});
    put(whole ? "TEXT" : now.is("SYSNAME") ? "nvarchar(128)" : now.text);
    at_ += whole ? 4 : 1;
    const bool sized = token().is("(");
    if (sized && !whole) {
        put("(" + token(1).text + ")");
        at_ += 3;
    }
    put(session_.case_sensitive() ? "" : "COLLATE MODEL");
    return true;
}

// + between texts. What is a text is told by the look of the chain: one literal in it is enough.
bool SqlServerRewriter::concatenation() {
    if (!token().is("+") || !is_text_chain()) return false;
    put("||");
    return ++at_, true;
}

bool SqlServerRewriter::is_text_chain() const {
    constexpr auto texts = std::to_array<std::string_view>(
        {"QUOTENAME", "CONVERT", "CAST", "LEFT", "RIGHT", "REPLACE", "UPPER", "LOWER", "REPLICATE", "CHAR", "NCHAR",
         "DB_NAME", "USER_NAME", "SUSER_SNAME", "SCHEMA_NAME", "OBJECT_NAME", "ERROR_MESSAGE", "CONCAT", "STR"});
    const auto ends = [](const Token& token) {
        return any_of(token, {"SELECT", "FROM", "WHERE", "AND", "OR", "AS", "THEN", "ELSE", "WHEN", "END", "LIKE", "IN",
                              "ON", "SET", "ORDER", "GROUP"}) ||
               token.is(",") || token.is("=") || token.is("<>") || token.is("<") || token.is(">");
    };
    const auto is_literal = [&](const Token& token) {
        return token.kind == Token::Kind::string ||
               (token.kind == Token::Kind::word && std::ranges::find(texts, token.upper) != texts.end());
    };
    int depth = 0;
    for (std::size_t i = at_; i < to_; ++i) {
        const Token& now = (*tokens_)[i];
        if (now.is("(")) ++depth;
        if (now.is(")") && --depth < 0) break;
        if (depth > 0) continue;
        if (ends(now)) break;
        if (is_literal(now)) return true;
    }
    depth = 0;
    for (std::size_t i = at_; i-- > from_;) {
        const Token& now = (*tokens_)[i];
        if (now.is(")")) ++depth;
        if (now.is("(") && --depth < 0) break;
        if (depth > 0) continue;
        if (ends(now)) break;
        if (is_literal(now)) return true;
    }
    return false;
}

}  // namespace model
