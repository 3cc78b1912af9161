#include "rewriter.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "text.hpp"

namespace model {
std::string Rewriter::rewrite(const Tokens& tokens, std::size_t from, std::size_t to) {
    tokens_ = &tokens;
    at_ = from_ = from;
    to_ = to;
    out_.clear();
    levels_ = {{}};
    expected_.clear();
    verb_ = from < to ? tokens[from].upper : "";
    while (at_ < to_) step();
    put(levels_.back().closing);
    return std::move(out_);
}

std::string Rewriter::inner(std::size_t from, std::size_t to) {
    const auto place = std::tuple(at_, from_, to_);
    std::string out = std::move(out_), expected = expected_, verb = verb_;
    std::vector<Level> levels = std::move(levels_);
    std::string text = rewrite(*tokens_, from, to);
    std::tie(at_, from_, to_) = place;
    out_ = std::move(out);
    levels_ = std::move(levels);
    expected_ = expected;
    verb_ = verb;
    return text;
}

std::size_t Rewriter::behind(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < to_; ++i) {
        if ((*tokens_)[i].is("(")) ++depth;
        if ((*tokens_)[i].is(")") && --depth == 0) return i + 1;
    }
    return to_;
}

void Rewriter::put(std::string_view text) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += ' ';
    out_ += text;
}

void Rewriter::step() {
    const Token& now = token();
    if (expects_table() && now.is_name() &&
        !any_of(now, {"SELECT", "VALUES", "LATERAL", "FROM", "WHERE", "JOIN", "ON", "SET", "ORDER", "GROUP", "HAVING",
                      "UNION"}))
        return take_table();
    if (special()) return;
    if (now.is_name()) return take_name();
    if (now.is("(")) {
        levels_.push_back({});
        expected_.clear();
    } else if (now.is(")") && levels_.size() > 1) {
        put(levels_.back().closing);
        levels_.pop_back();
    } else if (now.is(",") && levels_.back().from_list) {
        expected_ = "FROM";
    }
    switch (now.kind) {
        case Token::Kind::string:
            put(in_quotes(now.text, '\''));
            break;
        case Token::Kind::parameter:
            put("?" + std::to_string(parameters_before_ + 1 + parameters_in(*tokens_, at_)));
            break;
        default:
            put(now.text);
    }
    ++at_;
}

bool Rewriter::expects_table() {
    if (expected_.empty()) return false;
    // DROP TABLE IF EXISTS, CREATE TABLE IF NOT EXISTS
    while (any_of(token(), {"IF", "NOT", "EXISTS"}) && expected_ == "TABLE") {
        put(token().upper);
        ++at_;
    }
    return token().is_name();
}

bool Rewriter::alias_follows() const {
    const Token& next = token();
    if (next.kind == Token::Kind::name) return true;
    if (next.kind != Token::Kind::word) return false;
    return !any_of(next, {"WHERE",   "ON",     "JOIN",   "INNER",  "LEFT",    "RIGHT",  "FULL",      "CROSS", "OUTER",
                          "NATURAL", "GROUP",  "ORDER",  "HAVING", "UNION",   "EXCEPT", "INTERSECT", "MINUS", "SET",
                          "WITH",    "OPTION", "FOR",    "FETCH",  "OFFSET",  "START",  "CONNECT",   "USING", "LIMIT",
                          "VALUES",  "SELECT", "OUTPUT", "LEFT",   "INDEXED", "WHEN"});
}

void Rewriter::take_table() {
    std::vector<const Token*> parts = {&token()};
    ++at_;
    while ((token().is(".") || token().is("..")) && token(1).is_name()) {
        parts.push_back(&token(1));
        at_ += 2;
    }
    const std::string why = std::exchange(expected_, {});
    const std::string schema = parts.size() > 1 ? name(*parts[parts.size() - 2]) : std::string();
    const std::string found = table(schema, *parts.back());
    const bool queried = why == "FROM" || why == "JOIN" || why == "USING";
    if (queried) levels_.back().from_list = true;
    if (found.empty()) {
        put(in_quotes((schema.empty() ? "" : schema + ".") + name(*parts.back()), '"'));
        return;
    }
    put(in_quotes(found, '"'));
    const bool target = verb_ == "DELETE" && why == "FROM" && uses_.empty();
    uses_.push_back({found, why == "INTO"     ? "INSERT"
                            : why == "UPDATE" ? "UPDATE"
                            : target          ? "DELETE"
                            : queried         ? "SELECT"
                                              : ""});
    if ((queried || why == "UPDATE") && !alias_follows()) put("AS " + in_quotes(name(*parts.back()), '"'));
}

void Rewriter::take_name() {
    const Token& now = token();
    if (any_of(now, {"FROM", "JOIN", "INTO", "TABLE", "REFERENCES"}) ||
        (now.is("UPDATE") && !any_of(before(), {"FOR", "ON", "DO"})) || (now.is("USING") && verb_ == "MERGE") ||
        (now.is("ON") && verb_ == "CREATE" && any_of((*tokens_)[from_ + 1], {"INDEX", "UNIQUE"})))
        expected_ = now.upper;
    if (any_of(now, {"WHERE", "GROUP", "ORDER", "HAVING", "SET", "UNION", "EXCEPT", "INTERSECT", "MINUS", "SELECT"}))
        levels_.back().from_list = false;
    if (any_of(now, {"UNION", "EXCEPT", "INTERSECT"})) put(std::exchange(levels_.back().closing, {}));
    // schema.table.column: the schema is not needed, and not known to SQLite.
    if (token(1).is(".") && token(2).is_name() && token(3).is(".")) {
        at_ += 2;
        return take_name();
    }
    if (token(1).is(".") && token(2).is_name() && token(3).is("(")) {  // a function of a schema
        put(in_quotes(name(now) + "." + name(token(2)), '"'));
        at_ += 3;
        return;
    }
    put(now.kind == Token::Kind::name ? in_quotes(name(now), '"') : word(now));
    ++at_;
}

}  // namespace model
