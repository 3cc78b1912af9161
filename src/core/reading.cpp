#include "core/reading.hpp"

#include "core/utf8.hpp"

namespace roost {

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

}  // namespace

bool Reading::begins_line(const Lexeme& lexeme) const {
    std::size_t at = lexeme.begin;
    while (at > 0 && blanks.contains(text_[at - 1])) --at;
    return at == 0 || text_[at - 1] == '\n' || text_.substr(0, at) == byte_order_mark;
}

bool Reading::ends_line(const Lexeme& lexeme) const {
    const std::size_t at = text_.find_first_not_of(blanks, lexeme.end);
    return at == std::string_view::npos || text_[at] == '\n';
}

Result<void> Reading::extend(const Lexeme& lexeme) {
    if (!started_) slice_.begin = lexeme.begin;
    started_ = true;
    slice_.end = lexeme.end;
    return client_.expand(source_, lexeme.begin, lexeme.end, edits_);
}

Result<Slice> Reading::finished(std::string_view terminator) {
    if (!edits_.within(slice_.end)) return slice_;
    slice_.rewritten = edits_.applied(text_, slice_.begin, slice_.end);
    while (!slice_.rewritten.empty() && is_blank(slice_.rewritten.back())) slice_.rewritten.pop_back();
    SplitRules plain = rules_;
    plain.client_lines = {};
    plain.variables = VariableStyle::none;
    const Source again({}, slice_.rewritten + std::string(terminator));
    Splitter splitter(again, plain);
    const auto first = splitter.next();
    if (first && *first && (*first)->end == slice_.rewritten.size()) return slice_;
    return fail(error(slice_.begin, "the values of its variables let this statement end elsewhere",
                      "leave quotes, comments and ends of statements out of them"));
}

Error Reading::never_closed(const Lexeme& lexeme) const {
    const std::string_view text = text_.substr(lexeme.begin);
    switch (lexeme.kind) {
        case LexemeKind::comment:
            return error(lexeme.begin, "a comment that is never closed", "close it with */");
        case LexemeKind::body: {
            const std::string tag(text.substr(0, text.find('$', 1) + 1));
            return error(lexeme.begin, "a text in " + tag + " that is never closed", "close it with " + tag);
        }
        case LexemeKind::quoted_name: {
            const char close = text.front() == '[' ? ']' : text.front();
            return error(lexeme.begin, "a quoted name that is never closed", std::string("close it with ") + close);
        }
        case LexemeKind::chosen_string:
            return error(lexeme.begin, "a string that is never closed",
                         "close it with " + closing_of(text.substr(text.find('\''))));
        default:
            return error(lexeme.begin, "a string that is never closed",
                         std::string("close it with ") + text[text.find_first_of("'\"")]);
    }
}

}  // namespace roost
