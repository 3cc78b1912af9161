// Statements that end at a semicolon, at another delimiter, or at a / on a line of its own.
#include <algorithm>
#include <string>
#include <utility>

#include "core/ascii.hpp"
#include "core/reading.hpp"
#include "core/shape.hpp"

namespace roost {

namespace splitting {
namespace {

class StatementReader : public Reading {
public:
    StatementReader(const Source& source, const SplitRules& rules, Client& client, std::size_t at)
        : Reading(source, rules, client, at), shape_(rules) {}
    std::optional<Result<Slice>> read();

private:
    Result<bool> client_line(const Lexeme& lexeme);  // true: read on; slice_.rewritten: it sends that
    Result<bool> ends_at(const Lexeme& lexeme);
    Result<bool> ends_at_command(const Lexeme& backslash);
    Result<bool> ends_at_slash(const Lexeme& slash);
    Result<void> take(const Lexeme& lexeme);
    void count_parenthesis(const Lexeme& lexeme);
    Result<Slice> complete(std::size_t terminator);
    Result<Slice> read_lines();
    std::optional<Error> missing() const;
    std::optional<Error> read_data(std::size_t semicolon);

    Shape shape_;
    std::size_t depth_ = 0;
    std::size_t parenthesis_ = 0;  // the outermost that is open
    std::size_t before_last_ = 0;  // where the lexeme before the last one ends
};

std::optional<Result<Slice>> StatementReader::read() {
    for (Lexeme lexeme = lexer_.next(); lexeme.kind != LexemeKind::end; lexeme = lexer_.next()) {
        if (!lexeme.closed) return fail(never_closed(lexeme));
        if (!started_) {
            const auto carried_out = client_line(lexeme);
            if (!carried_out) return fail(carried_out.error());
            if (!slice_.rewritten.empty()) return slice_;
            if (*carried_out) continue;
        }
        past_ = lexeme.end;
        const auto ends = ends_at(lexeme);
        if (!ends) return fail(ends.error());
        if (*ends && started_) return complete(lexeme.begin);
        if (*ends) continue;
        if (auto wrong = take(lexeme); !wrong) return fail(std::move(wrong.error()));
        if (shape_.is_lines()) return read_lines();
    }
    past_ = text_.size();
    if (!started_) return std::nullopt;
    return complete(past_);
}

Result<bool> StatementReader::client_line(const Lexeme& lexeme) {
    auto line = client_.line(source_, lexeme.begin);
    if (!line) return fail(std::move(line.error()));
    if (!*line) return false;
    slice_ = {.begin = lexeme.begin, .end = (*line)->end, .rewritten = std::move((*line)->statement)};
    while (slice_.end > slice_.begin && is_blank(text_[slice_.end - 1])) --slice_.end;
    past_ = (*line)->end;
    lexer_ = Lexer(text_, rules_, past_, client_.delimiter());
    return true;
}

Result<bool> StatementReader::ends_at(const Lexeme& lexeme) {
    if (lexeme.kind == LexemeKind::delimiter) return true;
    if (rules_.backslash_commands && lexeme.kind == LexemeKind::word && begins_line(lexeme) &&
        lower_ascii(text_of(lexeme)) == "delimiter") {
        past_ = lexeme.begin;
        return true;
    }
    if (rules_.backslash_commands && is_symbol(lexeme, '\\')) return ends_at_command(lexeme);
    if (rules_.slash_blocks && is_symbol(lexeme, '/') && begins_line(lexeme) && ends_line(lexeme))
        return ends_at_slash(lexeme);
    const bool semicolon = client_.delimiter().empty() && is_symbol(lexeme, ';');
    if (!semicolon || depth_ > 0 || lexer_.in_executed_comment()) return false;
    if (shape_.needs_delimiter())
        return fail(error(slice_.begin, "the ; inside a package would end it", "set another DELIMITER before it"));
    return shape_.ends_at_semicolon();
}

// \g and \G; \N is a value. /*!999999\- … */ is how a dump keeps the client from running programs.
Result<bool> StatementReader::ends_at_command(const Lexeme& backslash) {
    const std::string command(text_.substr(backslash.begin, 2));
    if (command == "\\N" || (command == "\\-" && lexer_.in_executed_comment())) return false;
    if (command != "\\g" && command != "\\G")
        return fail(error(backslash.begin, command + " is a command of the client that cannot be followed",
                          "take it out, or put it into quotes"));
    past_ = backslash.end + 1;
    lexer_.move_to(past_);
    return true;
}

Result<bool> StatementReader::ends_at_slash(const Lexeme& slash) {
    if (started_) return true;
    return fail(error(slash.begin, "a / that belongs to no statement",
                      "take the line out: the client would run the statement before it once more"));
}

Result<void> StatementReader::take(const Lexeme& lexeme) {
    before_last_ = slice_.end;
    if (auto wrong = extend(lexeme); !wrong) return wrong;
    const bool symbol = lexeme.kind == LexemeKind::symbol;
    if (symbol) count_parenthesis(lexeme);
    if (depth_ > 0) return {};
    if (lexeme.kind == LexemeKind::word)
        shape_.word(text_of(lexeme), lexeme.begin);
    else if (symbol && lexeme.end == lexeme.begin + 1)
        shape_.symbol(text_[lexeme.begin]);
    else if (!symbol || text_[lexeme.begin] == '$')  // else it opens or closes a comment that is executed
        shape_.other();
    return {};
}

void StatementReader::count_parenthesis(const Lexeme& lexeme) {
    const char symbol = text_[lexeme.begin];
    if (symbol == '(' && depth_++ == 0) parenthesis_ = lexeme.begin;
    if (symbol == ')' && depth_ > 0) --depth_;
}

Result<Slice> StatementReader::complete(std::size_t terminator) {
    if (shape_.data_follows() && terminator < text_.size() && depth_ == 0) {
        if (auto wrong = read_data(terminator)) return fail(std::move(*wrong));
        return slice_;
    }
    if (auto wrong = missing()) return fail(std::move(*wrong));
    if (!shape_.keeps_semicolon() && text_[slice_.end - 1] == ';') slice_.end = before_last_;
    return finished(text_.substr(slice_.end, past_ - slice_.end));
}

// Up to a / on a line of its own: the text in between is in another language, whose quotes are not ours.
Result<Slice> StatementReader::read_lines() {
    std::size_t end = text_.size();
    const std::size_t begin = std::exchange(past_, text_.size());
    for (std::size_t at = text_.find('/', begin); at != std::string_view::npos; at = text_.find('/', at + 1)) {
        const Lexeme slash{LexemeKind::symbol, at, at + 1};
        if (!begins_line(slash) || !ends_line(slash)) continue;
        past_ = slash.end;
        end = at;
        break;
    }
    while (is_blank(text_[end - 1])) --end;
    slice_.end = end;
    return slice_;
}

// What the end of the statement cuts off.
std::optional<Error> StatementReader::missing() const {
    if (depth_ > 0) return error(parenthesis_, "a parenthesis that is never closed", "close it with )");
    if (const auto body = shape_.open_body())
        return error(*body, "a body that is never closed", "close it with END; after the ; of its last statement");
    if (shape_.data_follows())
        return error(slice_.begin, "COPY … FROM STDIN without data",
                     "end it with ; and its data with \\. on a line of its own");
    return std::nullopt;
}

// The data begins on the line after the semicolon.
std::optional<Error> StatementReader::read_data(std::size_t semicolon) {
    const std::size_t line_end = std::min(text_.find('\n', semicolon), text_.size());
    Lexer rest(text_.substr(0, line_end), rules_, semicolon + 1);
    if (const Lexeme more = rest.next(); more.kind != LexemeKind::end) {
        return error(more.begin, "more on the line of COPY … FROM STDIN", "begin its data on the next line");
    }
    for (std::size_t at = text_.find("\\.", line_end); at != std::string_view::npos; at = text_.find("\\.", at + 2)) {
        const std::string_view after = text_.substr(at + 2);
        const bool alone = after.empty() || after.starts_with('\n') || after.starts_with("\r\n");
        if (text_[at - 1] != '\n' || !alone) continue;
        slice_.data_end = at;
        past_ = at + 2;
        return std::nullopt;
    }
    past_ = text_.size();
    return error(slice_.begin, "COPY … FROM STDIN whose data has no end", "end its data with \\. on a line of its own");
}

}  // namespace
}  // namespace splitting

std::optional<Result<Slice>> read_statement(const Source& source, const SplitRules& rules, Client& client,
                                            std::size_t& at) {
    splitting::StatementReader reader(source, rules, client, at);
    auto slice = reader.read();
    at = reader.past();
    return slice;
}

}  // namespace roost
