// The lines of a command-line client that stand among a script's statements, and what they leave behind for those after
// them: variables, and what ends a statement.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/edits.hpp"
#include "core/placeholders.hpp"
#include "core/split_rules.hpp"
#include "core/variables.hpp"

namespace roost {

class Client {
public:
    explicit Client(const SplitRules& rules) : rules_(&rules), variables_(rules.variables) {}

    struct Line {
        std::size_t end = 0;    // past its last character, before the line's end
        std::string statement;  // what it sends; empty: nothing
    };
    // Carries out the client's line that begins at `at`; nullopt: none does. A line that is refused is an error there.
    Result<std::optional<Line>> line(const Source& source, std::size_t at);

    // Adds the values of the variables that are named in [begin, end); an error at one that has none.
    Result<void> expand(const Source& source, std::size_t begin, std::size_t end, Edits& edits) const;

    // What ends a statement in place of the semicolon; empty: the semicolon does.
    const std::string& delimiter() const { return delimiter_; }

private:
    Result<std::string> arguments(const Source& source, std::size_t begin, std::size_t end) const;
    Result<Line> carry_out(const ClientLine& line, std::string_view arguments);
    Result<void> define(std::string_view arguments);
    void settings(std::string_view arguments);

    const SplitRules* rules_;
    Variables variables_;
    std::string delimiter_;
};

}  // namespace roost
