#include "core/splitter.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/lexer.hpp"

namespace roost {

namespace splitting {
namespace {

// What the leading words say about where the statement may end.
enum class Shape : std::uint8_t {
    leading,  // no word yet
    create,   // CREATE and what may stand before the kind of object
    plain,    // ends at the next ; outside parentheses
    copy,     // COPY: as plain, but data may follow
    routine,  // CREATE FUNCTION: may yet have a body
    body,     // ends at a ; after an END that itself follows a ;
};

// The last lexeme, as far as it matters for the next one.
enum class Before : std::uint8_t { other, from, begin, stop, end };

bool is_word(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, [](char mine, char lower) { return (mine | 0x20) == lower; });
}

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
    return (is_word(text, words) || ...);
}

// Reads one statement.
class Reader {
public:
    Reader(const Source& source, const SplitRules& rules, std::size_t at)
        : source_(source), rules_(rules), text_(source.text()), lexer_(text_, rules, at) {}

    std::optional<Result<Slice>> read();
    std::size_t past() const { return past_; }  // where the next statement may begin

private:
    bool ends_at(const Lexeme& lexeme);
    void take(const Lexeme& lexeme);
    void count_parenthesis(const Lexeme& lexeme);
    void word(const Lexeme& lexeme);
    void kind_of_object(std::string_view text);
    std::optional<Error> missing() const;
    std::optional<Error> read_data(std::size_t semicolon);
    Error never_closed(const Lexeme& lexeme) const;
    Error error(std::size_t offset, std::string message, std::string advice) const;

    const Source& source_;
    const SplitRules& rules_;
    std::string_view text_;
    Lexer lexer_;
    Slice slice_;
    std::size_t past_ = 0;
    Shape shape_ = Shape::leading;
    Before before_ = Before::other;
    bool started_ = false;
    bool data_follows_ = false;
    std::size_t depth_ = 0;
    std::size_t parenthesis_ = 0;  // the outermost that is open
    std::size_t body_ = 0;         // where the body was opened
};

std::optional<Result<Slice>> Reader::read() {
    past_ = text_.size();
    for (Lexeme lexeme = lexer_.next(); lexeme.kind != LexemeKind::end; lexeme = lexer_.next()) {
        if (!lexeme.closed) return fail(never_closed(lexeme));
        if (!ends_at(lexeme)) {
            take(lexeme);
            continue;
        }
        if (!started_) continue;
        past_ = lexeme.end;
        if (!data_follows_) return slice_;
        if (auto wrong = read_data(lexeme.begin)) return fail(std::move(*wrong));
        return slice_;
    }
    if (!started_) return std::nullopt;
    if (auto wrong = missing()) return fail(std::move(*wrong));
    return slice_;
}

bool Reader::ends_at(const Lexeme& lexeme) {
    if (lexeme.kind != LexemeKind::symbol || text_[lexeme.begin] != ';' || depth_ > 0) return false;
    return shape_ != Shape::body || before_ == Before::end;
}

void Reader::take(const Lexeme& lexeme) {
    if (!started_) slice_.begin = lexeme.begin;
    started_ = true;
    slice_.end = lexeme.end;
    if (lexeme.kind == LexemeKind::symbol) count_parenthesis(lexeme);
    if (shape_ == Shape::plain || depth_ > 0) return;
    if (lexeme.kind == LexemeKind::word) return word(lexeme);
    if (shape_ <= Shape::create) shape_ = Shape::plain;
    const bool stop = lexeme.kind == LexemeKind::symbol && text_[lexeme.begin] == ';';
    before_ = stop ? Before::stop : Before::other;
}

void Reader::count_parenthesis(const Lexeme& lexeme) {
    const char symbol = text_[lexeme.begin];
    if (symbol == '(' && depth_++ == 0) parenthesis_ = lexeme.begin;
    if (symbol == ')' && depth_ > 0) --depth_;
}

void Reader::word(const Lexeme& lexeme) {
    const std::string_view text = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
    const Before before = std::exchange(before_, Before::other);
    switch (shape_) {
        case Shape::leading:
            shape_ = is_word(text, "create")                     ? Shape::create
                     : rules_.copy_data && is_word(text, "copy") ? Shape::copy
                                                                 : Shape::plain;
            return;
        case Shape::create:
            return kind_of_object(text);
        case Shape::plain:
            return;
        case Shape::copy:
            if (is_word(text, "from")) before_ = Before::from;
            if (before == Before::from && is_word(text, "stdin")) data_follows_ = true;
            return;
        case Shape::routine:
            if (is_word(text, "begin")) {
                before_ = Before::begin;
                body_ = lexeme.begin;
            } else if (before == Before::begin && is_word(text, "atomic")) {
                before_ = Before::stop;
                shape_ = Shape::body;
            }
            return;
        case Shape::body:
            if (before == Before::stop && is_word(text, "end")) before_ = Before::end;
            if (body_ == slice_.begin && is_word(text, "begin")) body_ = lexeme.begin;
            return;
    }
}

void Reader::kind_of_object(std::string_view text) {
    if (is_one_of(text, "or", "replace", "temp", "temporary")) return;
    shape_ = Shape::plain;
    if (rules_.atomic_bodies && is_one_of(text, "function", "procedure")) shape_ = Shape::routine;
    if (rules_.trigger_bodies && is_word(text, "trigger")) {
        shape_ = Shape::body;
        body_ = slice_.begin;
    }
}

// What the end of the text cuts off.
std::optional<Error> Reader::missing() const {
    if (depth_ > 0) return error(parenthesis_, "a parenthesis that is never closed", "close it with )");
    if (shape_ == Shape::body && before_ != Before::end) {
        return error(body_, "a body that is never closed", "close it with END; after the ; of its last statement");
    }
    if (data_follows_)
        return error(slice_.begin, "COPY … FROM STDIN without data",
                     "end it with ; and its data with \\. on a line of its own");
    return std::nullopt;
}

// The data begins on the line after the semicolon.
std::optional<Error> Reader::read_data(std::size_t semicolon) {
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

Error Reader::never_closed(const Lexeme& lexeme) const {
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
        default:
            return error(lexeme.begin, "a string that is never closed", "close it with '");
    }
}

Error Reader::error(std::size_t offset, std::string message, std::string advice) const {
    return usage_error(std::move(message), std::move(advice), source_.place(offset));
}

}  // namespace
}  // namespace splitting

std::optional<Result<Slice>> Splitter::next() {
    splitting::Reader reader(*source_, *rules_, at_);
    auto slice = reader.read();
    at_ = slice && *slice ? reader.past() : source_->text().size();
    return slice;
}

}  // namespace roost
