// Strings, quoted names and what else stands between quotes: the lexer's other half.
#include <string>

#include "core/bytes.hpp"
#include "core/lexer.hpp"
#include "core/utf8.hpp"

namespace roost {

using lexing::Byte;
using lexing::class_of;

std::string closing_of(std::string_view quoted) {
    std::string_view rest = quoted.substr(1);
    if (rest.empty() || is_blank(rest.front())) return {};
    constexpr std::string_view opening = "[({<", closing = "])}>";
    if (const std::size_t at = opening.find(rest.front()); at != std::string_view::npos)
        return std::string(1, closing[at]) + quoted.front();
    const std::size_t before = rest.size();
    const std::string_view sign = rest;
    take_code_point(rest);
    return std::string(sign.substr(0, before - rest.size())) + quoted.front();
}

Lexeme Lexer::quote(std::size_t begin) {
    return string(begin, rules_->backslash_escapes ? LexemeKind::backslash_string : LexemeKind::string);
}

// at_ is at the opening quote.
Lexeme Lexer::string(std::size_t begin, LexemeKind kind) {
    const char stops[] = {text_[at_], '\\'};
    const std::string_view quote(stops, kind == LexemeKind::string ? 1 : 2);
    for (++at_;;) {
        at_ = quote.size() == 1 ? text_.find(stops[0], at_) : text_.find_first_of(quote, at_);
        if (at_ == std::string_view::npos) break;
        if (text_[at_] == '\\') {
            at_ += 2;
        } else if (pair(stops[0])) {
            at_ += 2;
        } else if (const std::size_t more = continued(at_ + 1); more != 0) {
            at_ = more + 1;
        } else {
            return {kind, begin, ++at_};
        }
    }
    at_ = text_.size();
    return {kind, begin, at_, false};
}

// q'[…]': any character but a blank may stand before and after the text, and brackets face each other.
Lexeme Lexer::chosen_string(std::size_t begin) {
    const std::string close = closing_of(text_.substr(at_));
    if (close.empty()) return quote(begin);
    const std::size_t found = text_.find(close, at_ + close.size());
    at_ = found == std::string_view::npos ? text_.size() : found + close.size();
    return {LexemeKind::chosen_string, begin, at_, found != std::string_view::npos};
}

// 'a' <line break> 'b' is one string where the engine has escape strings: in E'…' the second part keeps its escapes.
// Gives the quote that goes on with it, or 0.
std::size_t Lexer::continued(std::size_t offset) const {
    if (!rules_->escape_strings) return 0;
    bool line_break = false;
    while (offset < text_.size()) {
        if (is_blank(text_[offset])) {
            line_break = line_break || text_[offset] == '\n' || text_[offset] == '\r';
            ++offset;
        } else if (text_.substr(offset).starts_with("--")) {
            offset = lexing::past_line(text_, offset);
        } else {
            break;
        }
    }
    return line_break && at_string(offset) ? offset : 0;
}

Lexeme Lexer::quoted_name(char close, bool doubled) {
    const std::size_t begin = at_++;
    while (true) {
        at_ = text_.find(close, at_);
        if (at_ == std::string_view::npos) break;
        if (!doubled || !pair(close)) return {LexemeKind::quoted_name, begin, ++at_};
        at_ += 2;
    }
    at_ = text_.size();
    return {LexemeKind::quoted_name, begin, at_, false};
}

// $tag$…$tag$, the parameter $1, or a lone dollar.
Lexeme Lexer::dollar() {
    if (!rules_->dollar_quotes) return symbol();
    const std::size_t begin = at_;
    std::size_t end = begin + 1;
    if (end < text_.size() && class_of(text_[end]) == Byte::digit) {
        while (end < text_.size() && class_of(text_[end]) == Byte::digit) ++end;
        return symbol(end - begin);
    }
    while (end < text_.size() && lexing::in_tag(text_[end])) ++end;
    if (end == text_.size() || text_[end] != '$') return symbol();
    const std::string_view quote = text_.substr(begin, end + 1 - begin);
    const std::size_t close = text_.find(quote, end + 1);
    at_ = close == std::string_view::npos ? text_.size() : close + quote.size();
    return {LexemeKind::body, begin, at_, close != std::string_view::npos};
}

}  // namespace roost
