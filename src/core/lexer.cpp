#include "core/lexer.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/ascii.hpp"
#include "core/bytes.hpp"
#include "core/utf8.hpp"

namespace roost {

using lexing::Byte;
using lexing::class_of;

bool is_blank(char byte) { return class_of(byte) == Byte::blank; }

Lexer::Lexer(std::string_view text, const SplitRules& rules, std::size_t at, std::string_view delimiter)
    : text_(text), rules_(&rules), at_(at), delimiter_(delimiter) {
    if (at_ == 0 && text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
}

Lexeme Lexer::next() {
    while (at_ < text_.size()) {
        if (at_delimiter()) {
            const std::size_t begin = at_;
            at_ += delimiter_.size();
            return {LexemeKind::delimiter, begin, at_};
        }
        switch (class_of(text_[at_])) {
            case Byte::blank:
                ++at_;
                continue;
            case Byte::word:
                return word();
            case Byte::digit:
                return number();
            case Byte::quote:
                return quote(at_);
            case Byte::double_quote:
                return rules_->quotes_are_strings ? quote(at_) : quoted_name('"', true);
            case Byte::backtick:
                return rules_->backtick_names ? quoted_name('`', true) : symbol();
            case Byte::bracket:
                return rules_->bracket_names ? quoted_name(']', rules_->doubled_brackets) : symbol();
            case Byte::dollar:
                return dollar();
            case Byte::other:
                if (text_[at_] != '#' || !rules_->hash_comments) return sign();
                at_ = lexing::past_line(text_, at_);
                continue;
            case Byte::dash:
                if (!at_line_comment()) return symbol();
                at_ = lexing::past_line(text_, at_);
                continue;
            case Byte::slash:
                if (!pair('*')) return symbol();
                if (at_executed_comment()) return executed_comment();
                if (const std::size_t begin = at_; !block_comment()) {
                    at_ = text_.size();
                    return {LexemeKind::comment, begin, at_, false};
                }
                continue;
        }
    }
    if (const auto begin = std::exchange(executed_, std::nullopt))
        return {LexemeKind::comment, *begin, text_.size(), false};
    return {LexemeKind::end, text_.size(), text_.size()};
}

bool Lexer::at_line_comment() const {
    if (!pair('-')) return false;
    return !rules_->dash_needs_blank || at_ + 2 == text_.size() || static_cast<unsigned char>(text_[at_ + 2]) <= ' ';
}

bool Lexer::at_executed_comment() const {
    if (!rules_->executed_comments || executed_) return false;
    const std::string_view text = text_.substr(at_);
    return text.starts_with("/*!") || text.starts_with("/*M!");
}

// Its opening, with the version from which on it counts.
Lexeme Lexer::executed_comment() {
    executed_ = at_;
    std::size_t end = text_.find('!', at_) + 1;
    while (end < text_.size() && class_of(text_[end]) == Byte::digit) ++end;
    return symbol(end - at_);
}

Lexeme Lexer::sign() {
    if (!executed_ || text_[at_] != '*' || !pair('/')) return symbol();
    executed_.reset();
    return symbol(2);
}

Lexeme Lexer::word() {
    const std::size_t begin = at_;
    const auto in_name = [this](char c) { return lexing::in_word(c) || rules_->in_names.contains(c); };
    while (at_ < text_.size() && in_name(text_[at_]) && !at_delimiter()) ++at_;
    if (!at_string(at_)) return {LexemeKind::word, begin, at_};
    const std::string prefix = lower_ascii(text_.substr(begin, at_ - begin));
    if (rules_->escape_strings && prefix == "e") return string(begin, LexemeKind::escape_string);
    if (rules_->national_strings && prefix == "n") return quote(begin);
    if (rules_->alternative_quotes && (prefix == "q" || prefix == "nq")) return chosen_string(begin);
    return {LexemeKind::word, begin, at_};
}

Lexeme Lexer::number() {
    const std::size_t begin = at_;
    const auto digit = [this](std::size_t offset) {
        return offset < text_.size() && class_of(text_[offset]) == Byte::digit;
    };
    while (!at_delimiter() && (digit(at_) || (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '_')))) ++at_;
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
