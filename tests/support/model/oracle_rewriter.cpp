#include "oracle_rewriter.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "text.hpp"

namespace model {
namespace {

constexpr auto views = std::to_array<std::string_view>({"DUAL",
                                                        "DBA_ROLES",
                                                        "DBA_USERS",
                                                        "DBA_ROLE_PRIVS",
                                                        "DBA_SYS_PRIVS",
                                                        "DBA_TAB_PRIVS",
                                                        "DBA_COL_PRIVS",
                                                        "DBA_OBJECTS",
                                                        "DBA_TABLES",
                                                        "ALL_USERS",
                                                        "ALL_OBJECTS",
                                                        "ALL_TABLES",
                                                        "ALL_VIEWS",
                                                        "USER_TABLES",
                                                        "USER_OBJECTS",
                                                        "USER_USERS",
                                                        "USER_ROLE_PRIVS",
                                                        "USER_SYS_PRIVS",
                                                        "ROLE_ROLE_PRIVS",
                                                        "ROLE_SYS_PRIVS",
                                                        "SESSION_ROLES",
                                                        "SESSION_PRIVS",
                                                        "V_$SESSION",
                                                        "V_$DATABASE",
                                                        "V_$CONTAINERS",
                                                        "V_$INSTANCE",
                                                        "V_$VERSION",
                                                        "V_$SESSION_CONNECT_INFO",
                                                        "V_$PARAMETER",
                                                        "PRODUCT_COMPONENT_VERSION",
                                                        "NLS_SESSION_PARAMETERS"});

}  // namespace

std::string dictionary_name(const Token& token) {
    return token.kind == Token::Kind::name ? token.text : upper(token.text);
}

bool is_dictionary_view(const std::string& name) { return std::ranges::find(views, name) != views.end(); }

bool is_whole_dictionary(const std::string& name) {
    return name.starts_with("DBA_") ||
           (name.starts_with("V_$") && name != "V_$VERSION" && name != "V_$SESSION_CONNECT_INFO");
}

std::string OracleRewriter::upper_of(const Token& token) { return upper(token.text); }

std::string OracleRewriter::table(std::string_view schema, const Token& token) {
    std::string asked = dictionary_name(token);
    if (schema.empty() || schema == "SYS") {
        if (asked.starts_with("V$")) asked = "V_$" + asked.substr(2);  // the public synonym
        if (is_dictionary_view(asked)) return asked;
    }
    return session_.table(std::string(schema), asked);
}

bool OracleRewriter::special() { return variable() || limit() || literal() || type(); }

bool OracleRewriter::variable() {
    const Token& now = token();
    if (now.kind == Token::Kind::parameter && !variables_.empty()) {  // "?1" would be the first named one, too
        put("@" + std::to_string(parameters_before_ + 1 + parameters_in(*tokens_, at_)));
        return ++at_, true;
    }
    if (now.kind == Token::Kind::variable) {
        put(upper(now.text));
        return ++at_, true;
    }
    if (now.kind != Token::Kind::word || before().is(".")) return false;
    if (now.is("SQL") && token(1).is("%")) {
        put(":SQL__" + upper(token(2).text));
        return at_ += 3, true;
    }
    if (now.is("DBMS_LOCK") && token(2).upper.ends_with("_MODE")) return put("6"), at_ += 3, true;
    if (token(1).is("=>")) return at_ += 2, true;  // arguments stand in their order
    if (!variables_.contains(now.upper)) return false;
    const bool field = token(1).is(".") && token(2).is_name();
    put(":" + now.upper + (field ? "__" + dictionary_name(token(2)) : ""));
    at_ += field ? 3 : 1;
    return true;
}

// OFFSET m ROWS FETCH NEXT n ROWS ONLY, FOR UPDATE [OF …] [NOWAIT | WAIT n]
bool OracleRewriter::limit() {
    const Token& now = token();
    if (any_of(now, {"OFFSET"}) || (any_of(now, {"FETCH"}) && any_of(token(1), {"FIRST", "NEXT"}))) {
        std::string count = "-1", skipped = "0";
        if (take_offset(skipped); any_of(token(), {"FETCH"})) {
            count = any_of(token(2), {"ROW", "ROWS"}) ? "1" : token(2).text;
            while (!any_of(token(), {"ONLY"})) ++at_;
            ++at_;
        }
        at_close("LIMIT " + count + " OFFSET " + skipped);
        return true;
    }
    if (!any_of(now, {"FOR"}) || !any_of(token(1), {"UPDATE"})) return false;
    locks_ = true;
    at_ = to_;
    return true;
}

void OracleRewriter::take_offset(std::string& skipped) {
    if (!any_of(token(), {"OFFSET"})) return;
    skipped = token(1).text;
    at_ += 3;
}

bool OracleRewriter::literal() {
    const Token& now = token();
    if (now.kind == Token::Kind::string && now.text.empty()) return put("NULL"), ++at_, true;
    if (any_of(now, {"DATE", "TIMESTAMP"}) && token(1).kind == Token::Kind::string)
        return put(in_quotes(token(1).text, '\'')), at_ += 2, true;
    if (now.kind != Token::Kind::word || before().is(".") || token(1).is(".")) return false;
    if (any_of(now, {"SYSDATE", "SYSTIMESTAMP", "UID"}) || (now.is("USER") && !token(1).is_name())) {
        put(now.is("USER") ? "MODEL_USER()" : now.upper + "()");
        return ++at_, true;
    }
    if (any_of(now, {"DEFAULT"}) && any_of(token(1), {"SYSDATE", "SYSTIMESTAMP", "USER"})) {
        put("DEFAULT (" + std::string(token(1).is("USER") ? "MODEL_USER" : token(1).upper) + "())");
        return at_ += 2, true;
    }
    if (now.text.contains('#')) return put(in_quotes(now.upper, '"')), ++at_, true;  // SERIAL#
    if (now.is("MINUS")) return put("EXCEPT"), ++at_, true;
    if (now.is("LISTAGG")) return put("group_concat"), ++at_, true;
    if (now.is("WITHIN") && any_of(token(1), {"GROUP"})) return at_ = behind(at_ + 2), true;
    if (now.is("REPLACE") && token(1).is("(")) return put("model_replace"), ++at_, true;
    if (now.is("ROWNUM") && (token(1).is("<=") || token(1).is("="))) {
        at_close("LIMIT " + token(2).text);
        put("1");
        return at_ += 3, true;
    }
    return false;
}

// VARCHAR2(100 CHAR), in what CREATE and ALTER TABLE say.
bool OracleRewriter::type() {
    if (any_of(token(), {"CHAR", "BYTE"}) && before().kind == Token::Kind::number) return ++at_, true;
    return false;
}

}  // namespace model
