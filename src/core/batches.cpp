// Batches: only a line with GO ends them.
#include <algorithm>
#include <charconv>
#include <string>

#include "core/ascii.hpp"
#include "core/reading.hpp"

namespace roost {

namespace batching {
namespace {

constexpr std::size_t most_times = 10'000;

class BatchReader : public Reading {
public:
    using Reading::Reading;
    std::optional<Result<Slice>> read();

private:
    Result<bool> client_line(const Lexeme& lexeme);
    bool is_first_of_line(const Lexeme& lexeme) const;
    Result<void> separator(const Lexeme& go);
    Result<void> count(const Lexeme& number);
};

std::optional<Result<Slice>> BatchReader::read() {
    for (Lexeme lexeme = lexer_.next(); lexeme.kind != LexemeKind::end; lexeme = lexer_.next()) {
        if (!lexeme.closed) return fail(never_closed(lexeme));
        if (begins_line(lexeme)) {
            const auto carried_out = client_line(lexeme);
            if (!carried_out) return fail(carried_out.error());
            if (*carried_out) continue;
        }
        const bool go = lexeme.kind == LexemeKind::word && lower_ascii(text_of(lexeme)) == "go";
        if (go && is_first_of_line(lexeme) && !begins_line(lexeme))
            return fail(error(lexeme.begin, "GO after a comment on its line", "write it on a line of its own"));
        if (!go || !begins_line(lexeme)) {
            if (auto wrong = extend(lexeme); !wrong) return fail(std::move(wrong.error()));
            continue;
        }
        if (auto wrong = separator(lexeme); !wrong) return fail(std::move(wrong.error()));
        if (started_) return finished({});
    }
    past_ = text_.size();
    if (!started_) return std::nullopt;
    return finished({});
}

// Carries out the client's line that begins here, which is no part of the batch; false: there is none.
Result<bool> BatchReader::client_line(const Lexeme& lexeme) {
    const auto line = client_.line(source_, lexeme.begin);
    if (!line) return fail(line.error());
    if (!*line) return false;
    if (started_) edits_.replace(lexeme.begin, (*line)->end, {});
    lexer_.move_to((*line)->end);
    return true;
}

bool BatchReader::is_first_of_line(const Lexeme& lexeme) const {
    const std::string_view since = text_.substr(slice_.end, lexeme.begin - slice_.end);
    return !started_ || since.contains('\n');
}

// What may follow GO on its line: a count, and a comment that ends there too.
Result<void> BatchReader::separator(const Lexeme& go) {
    const std::size_t line_end = std::min(text_.find('\n', go.end), text_.size());
    Lexer rest(text_.substr(0, line_end), rules_, go.end);
    Lexeme next = rest.next();
    slice_.times = 1;
    if (next.kind == LexemeKind::number) {
        if (auto wrong = count(next); !wrong) return wrong;
        next = rest.next();
    }
    if (next.kind != LexemeKind::end)
        return fail(error(next.begin, "more on the line of GO", "write GO, or GO and a count, on a line of its own"));
    lexer_.move_to(line_end);
    past_ = line_end;
    return {};
}

Result<void> BatchReader::count(const Lexeme& number) {
    const std::string_view digits = text_of(number);
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), slice_.times);
    const bool whole = wrong == std::errc() && end == digits.data() + digits.size();
    if (whole && slice_.times > 0 && slice_.times <= most_times) return {};
    return fail(error(number.begin, "GO with a count that cannot be followed",
                      "write a whole number from 1 to " + std::to_string(most_times)));
}

}  // namespace
}  // namespace batching

std::optional<Result<Slice>> read_batch(const Source& source, const SplitRules& rules, Client& client,
                                        std::size_t& at) {
    batching::BatchReader reader(source, rules, client, at);
    auto slice = reader.read();
    at = reader.past();
    return slice;
}

}  // namespace roost
