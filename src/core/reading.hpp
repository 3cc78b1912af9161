// What the readers of statements share: where they are, and the statement as far as it was read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/client.hpp"
#include "core/lexer.hpp"
#include "core/splitter.hpp"

namespace roost {

class Reading {
public:
    Reading(const Source& source, const SplitRules& rules, Client& client, std::size_t at)
        : source_(source),
          rules_(rules),
          client_(client),
          text_(source.text()),
          lexer_(text_, rules, at, client.delimiter()),
          past_(text_.size()) {}

    std::size_t past() const { return past_; }  // where the next statement may begin

protected:
    std::string_view text_of(const Lexeme& lexeme) const {
        return text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
    }
    bool is_symbol(const Lexeme& lexeme, char symbol) const {
        return lexeme.kind == LexemeKind::symbol && lexeme.end == lexeme.begin + 1 && text_[lexeme.begin] == symbol;
    }
    bool begins_line(const Lexeme& lexeme) const;  // blanks at most before it
    bool ends_line(const Lexeme& lexeme) const;    // and after it
    // Makes it the last of the statement, or the first; its variables get their values.
    Result<void> extend(const Lexeme& lexeme);
    // The statement, with what was replaced in it; an error where that lets it end elsewhere than before `terminator`.
    Result<Slice> finished(std::string_view terminator);
    Error never_closed(const Lexeme& lexeme) const;
    Error error(std::size_t offset, std::string message, std::string advice) const {
        return usage_error(std::move(message), std::move(advice), source_.place(offset));
    }

    const Source& source_;
    const SplitRules& rules_;
    Client& client_;
    std::string_view text_;
    Lexer lexer_;
    Slice slice_;
    Edits edits_;
    bool started_ = false;
    std::size_t past_;
};

// Reads the next batch: up to a line with GO.
std::optional<Result<Slice>> read_batch(const Source& source, const SplitRules& rules, Client& client, std::size_t& at);
// Reads the next statement of a script that ends them otherwise.
std::optional<Result<Slice>> read_statement(const Source& source, const SplitRules& rules, Client& client,
                                            std::size_t& at);

}  // namespace roost
