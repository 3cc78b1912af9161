#include "core/lexer.hpp"

#include <algorithm>
#include <array>

#include "core/utf8.hpp"

namespace roost {

namespace lexing {
namespace {

enum class Byte : std::uint8_t {
    other,
    blank,
    word,
    digit,
    quote,
    double_quote,
    backtick,
    bracket,
    dollar,
    dash,
    slash
};

constexpr std::array<Byte, 256> make_classes() {
    std::array<Byte, 256> classes{};
    for (std::size_t byte = 0x80; byte < 256; ++byte) classes[byte] = Byte::word;
    for (std::size_t byte = 'a'; byte <= 'z'; ++byte) classes[byte] = classes[byte - 32] = Byte::word;
    for (std::size_t byte = '0'; byte <= '9'; ++byte) classes[byte] = Byte::digit;
    for (std::size_t byte = '\t'; byte <= '\r'; ++byte) classes[byte] = Byte::blank;
    classes['_'] = Byte::word;
    classes[' '] = Byte::blank;
    classes['\''] = Byte::quote;
    classes['"'] = Byte::double_quote;
    classes['`'] = Byte::backtick;
    classes['['] = Byte::bracket;
    classes['$'] = Byte::dollar;
    classes['-'] = Byte::dash;
    classes['/'] = Byte::slash;
    return classes;
}

constexpr std::array<Byte, 256> classes = make_classes();

Byte class_of(char byte) { return classes[static_cast<unsigned char>(byte)]; }

bool in_tag(char byte) { return class_of(byte) == Byte::word || class_of(byte) == Byte::digit; }
bool in_word(char byte) { return in_tag(byte) || byte == '$'; }

std::size_t past_line(std::string_view text, std::size_t at) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    return std::min(text.substr(0, end).find('\r', at), end);
}

}  // namespace
}  // namespace lexing

using lexing::Byte;
using lexing::class_of;

bool is_blank(char byte) { return class_of(byte) == Byte::blank; }

Lexer::Lexer(std::string_view text, const SplitRules& rules, std::size_t at) : text_(text), rules_(&rules), at_(at) {
    if (at_ == 0 && text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

Lexeme Lexer::next() {
    while (at_ < text_.size()) {
        switch (class_of(text_[at_])) {
            case Byte::blank:
                ++at_;
                continue;
            case Byte::word:
                return word();
            case Byte::digit:
                return number();
            case Byte::quote:
                return string(at_, false);
            case Byte::double_quote:
                return quoted_name('"', true);
            case Byte::backtick:
                return rules_->backtick_names ? quoted_name('`', true) : symbol();
            case Byte::bracket:
                return rules_->bracket_names ? quoted_name(']', false) : symbol();
            case Byte::dollar:
                return dollar();
            case Byte::other:
                return symbol();
            case Byte::dash:
                if (!pair('-')) return symbol();
                at_ = lexing::past_line(text_, at_);
                continue;
            case Byte::slash:
                if (!pair('*')) return symbol();
                if (const std::size_t begin = at_; !block_comment()) {
                    at_ = text_.size();
                    return {LexemeKind::comment, begin, at_, false};
                }
                continue;
        }
    }
    return {LexemeKind::end, text_.size(), text_.size()};
}

Lexeme Lexer::word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && lexing::in_word(text_[at_])) ++at_;
    const bool escapes = rules_->escape_strings && at_ == begin + 1 && (text_[begin] | 0x20) == 'e' && at_string(at_);
    if (escapes) return string(begin, true);
    return {LexemeKind::word, begin, at_};
}

Lexeme Lexer::number() {
    const std::size_t begin = at_;
    const auto digit = [this](std::size_t offset) {
        return offset < text_.size() && class_of(text_[offset]) == Byte::digit;
    };
    while (digit(at_) || (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '_'))) ++at_;
    if (at_ < text_.size() && (text_[at_] | 0x20) == 'e') {
        const bool sign = pair('+') || pair('-');
        if (digit(at_ + 1 + (sign ? 1 : 0))) at_ += 2;
        while (digit(at_)) ++at_;
    }
    return {LexemeKind::number, begin, at_};
}

Lexeme Lexer::symbol(std::size_t size) {
    const std::size_t begin = at_;
    at_ += size;
    return {LexemeKind::symbol, begin, at_};
}

Lexeme Lexer::string(std::size_t begin, bool escapes) {
    const LexemeKind kind = escapes ? LexemeKind::escape_string : LexemeKind::string;
    const std::string_view stops = escapes ? "'\\" : "'";
    for (++at_;;) {
        at_ = stops.size() == 1 ? text_.find('\'', at_) : text_.find_first_of(stops, at_);
        if (at_ == std::string_view::npos) break;
        if (text_[at_] == '\\') {
            at_ += 2;
        } else if (at_string(at_ + 1)) {
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

bool Lexer::block_comment() {
    at_ += 2;
    for (std::size_t depth = 1; depth > 0;) {
        const std::size_t stop = rules_->nested_comments ? text_.find_first_of("*/", at_) : text_.find('*', at_);
        if (stop == std::string_view::npos || stop + 1 >= text_.size()) return false;
        at_ = stop + 1;
        const char second = text_[at_];
        if (text_[stop] == '*' && second == '/') {
            --depth;
            ++at_;
        } else if (text_[stop] == '/' && second == '*') {
            ++depth;
            ++at_;
        }
    }
    return true;
}

}  // namespace roost
