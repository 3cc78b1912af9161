#include "lexer.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "text.hpp"

namespace model {
namespace {

bool starts_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) != 0; }
bool in_word(char c) { return starts_word(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$' || c == '#'; }

class Lexer {
public:
    Lexer(std::string_view sql, const LexRules& rules) : sql_(sql), rules_(rules) {}

    Tokens all() {
        Tokens tokens;
        while (skip_blanks()) {
            Token token = next();
            if (token.kind == Token::Kind::word || token.kind == Token::Kind::symbol) token.upper = upper(token.text);
            tokens.push_back(std::move(token));
        }
        tokens.push_back({.from = at_, .to = at_});
        return tokens;
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }

    // False: the end.
    bool skip_blanks() {
        while (at_ < sql_.size()) {
            if (std::isspace(static_cast<unsigned char>(peek()))) {
                ++at_;
            } else if (peek() == '-' && peek(1) == '-') {
                while (at_ < sql_.size() && peek() != '\n') ++at_;
            } else if (peek() == '/' && peek(1) == '*') {
                skip_comment();
            } else {
                return true;
            }
        }
        return false;
    }

    void skip_comment() {
        int depth = 0;
        do {
            if (at_ >= sql_.size()) throw std::string("Missing end comment mark '*/'.");
            if (peek() == '/' && peek(1) == '*' && (depth == 0 || rules_.nested_comments)) {
                ++depth;
                at_ += 2;
            } else if (peek() == '*' && peek(1) == '/') {
                --depth;
                at_ += 2;
            } else {
                ++at_;
            }
        } while (depth > 0);
    }

    Token next() {
        const std::size_t from = at_;
        Token token = read();
        token.from = from;
        token.to = at_;
        return token;
    }

    Token read() {
        const char c = peek();
        if ((c == 'N' || c == 'n') && peek(1) == '\'') return ++at_, quoted_text(Token::Kind::string, '\'');
        if (rules_.colon_variables && (c == 'q' || c == 'Q') && peek(1) == '\'') return q_quoted();
        if (c == '\'') return quoted_text(Token::Kind::string, '\'');
        if (c == '"') return quoted_text(Token::Kind::name, '"');
        if (c == '[' && rules_.brackets) return quoted_text(Token::Kind::name, ']');
        if (c == '?') return ++at_, Token{.kind = Token::Kind::parameter, .text = "?"};
        if (std::isdigit(static_cast<unsigned char>(c)) ||
            (c == '.' && std::isdigit(static_cast<unsigned char>(peek(1)))))
            return taken(Token::Kind::number, [](char x) { return in_word(x) || x == '.'; });
        if (rules_.at_variables && c == '@')
            return taken(Token::Kind::variable, [](char x) { return in_word(x) || x == '@'; });
        if (rules_.at_variables && c == '#') return taken(Token::Kind::word, in_word);
        if (rules_.colon_variables && c == ':' && starts_word(peek(1)))
            return taken(Token::Kind::variable, [](char x) { return in_word(x) || x == ':'; });
        if (starts_word(c)) return taken(Token::Kind::word, in_word);
        return symbol();
    }

    template <class Belongs>
    Token taken(Token::Kind kind, Belongs belongs) {
        const std::size_t from = at_;
        while (at_ < sql_.size() && belongs(sql_[at_])) ++at_;
        return {.kind = kind, .text = std::string(sql_.substr(from, at_ - from))};
    }

    Token quoted_text(Token::Kind kind, char close) {
        Token token{.kind = kind};
        for (++at_; at_ < sql_.size(); ++at_) {
            if (peek() != close) {
                token.text += peek();
            } else if (peek(1) == close) {
                token.text += close;
                ++at_;
            } else {
                ++at_;
                return token;
            }
        }
        throw "Unclosed quotation mark after the character string '" + token.text + "'.";
    }

    Token q_quoted() {
        constexpr std::string_view open = "[({<", shut = "])}>";
        const char delimiter = peek(2);
        const auto pair = open.find(delimiter);
        const std::string end{pair == open.npos ? delimiter : shut[pair], '\''};
        const auto close = sql_.find(end, at_ + 3);
        if (close == sql_.npos) throw std::string("quoted string not properly terminated");
        Token token{.kind = Token::Kind::string, .text = std::string(sql_.substr(at_ + 3, close - at_ - 3))};
        at_ = close + 2;
        return token;
    }

    Token symbol() {
        constexpr auto pairs =
            std::to_array<std::string_view>({"<>", "!=", "<=", ">=", "||", ":=", "::", "=>", "..", "+=", "-="});
        const std::string_view two = sql_.substr(at_, 2);
        const std::size_t size = std::ranges::find(pairs, two) != pairs.end() ? 2 : 1;
        at_ += size;
        return {.kind = Token::Kind::symbol, .text = std::string(two.substr(0, size))};
    }

    std::string_view sql_;
    const LexRules& rules_;
    std::size_t at_ = 0;
};

}  // namespace

Tokens lex(std::string_view sql, const LexRules& rules) { return Lexer(sql, rules).all(); }

}  // namespace model
