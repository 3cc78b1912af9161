// Flyway's placeholders: ${name}, replaced on the characters before anything is parsed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

// Names are looked up without regard to case; keys are stored in lower case. Flyway's own are "flyway:defaultschema"
// and so on.
using Placeholders = std::map<std::string, std::string, std::less<>>;

// How placeholders are written; what Flyway calls placeholderPrefix and so on.
struct PlaceholderForm {
    std::string prefix = "${";
    std::string suffix = "}";
    std::string separator = ":";  // between "flyway" and the name, in Flyway's own
    bool replaced = true;         // false: texts stay as they are
};

// The key of one of Flyway's own: "flyway:defaultschema".
std::string flyway_placeholder(const PlaceholderForm& form, std::string_view name);

// Text after substitution, with the way back: every position leads to the user's file.
class Source {
public:
    Source(std::string file, std::string original);

    std::string_view text() const { return text_; }
    std::size_t original_offset(std::size_t offset) const;  // inside a replaced value: the start of its placeholder
    Place place(std::size_t offset) const;                  // of the byte at `offset` of text()
    std::string original(std::size_t begin, std::size_t end) const;  // the user's text, with ${…} kept

private:
    friend Result<Source> substitute(std::string file, std::string text, const Placeholders& values,
                                     const PlaceholderForm& form);
    struct Shift {  // from `text` on, text_ and original_ run in step again
        std::size_t text;
        std::size_t original;
        std::size_t value;     // bytes before `text` that stand for …
        std::size_t replaced;  // … these bytes before `original`
    };
    struct Mark {  // a position whose line and column are known: each start of a line, and some in long lines
        std::size_t offset;
        std::uint32_t line;
        std::uint32_t column;
    };
    void mark();
    std::size_t original_end(std::size_t offset) const;
    std::string file_;
    std::string text_;
    std::string original_;
    std::vector<Shift> shifts_;
    std::vector<Mark> marks_;  // of original_; never empty
};

// Replaces ${name}; `$${name}` stays as the literal `${name}`, as does any prefix that begins with $ behind another. An
// unknown name, or a prefix that is never closed, is an error at its place, with the nearest known name. Values are not
// scanned again.
Result<Source> substitute(std::string file, std::string text, const Placeholders& values,
                          const PlaceholderForm& form = {});

// For a text that somebody substitutes again: the names, all of `kept`, whose placeholders stand in it as its user
// wrote them. An error at each place where anything else in it would be taken for a placeholder.
std::expected<std::set<std::string>, Errors> left_in(const Source& source, const std::set<std::string>& kept,
                                                     const PlaceholderForm& form);

}  // namespace roost
