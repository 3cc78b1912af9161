// Variables of a command-line client, as a script sets and uses them.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/split_rules.hpp"

namespace roost {

class Variables {
public:
    explicit Variables(VariableStyle style) : style_(style) {}

    void set(std::string_view name, std::string value);
    void unset(std::string_view name);
    // ON, OFF or the sign that begins a reference from here on.
    void set_mark(std::string_view value);

    // A reference that begins in [from, to) of `text`; it may end after `to`.
    struct Reference {
        std::size_t begin = 0;
        std::size_t end = 0;
        std::string_view name;
    };
    std::optional<Reference> find(std::string_view text, std::size_t from, std::size_t to) const;
    const std::string* value(std::string_view name) const;  // nullptr: it has none

    std::string advice(std::string_view name) const;  // what to do about one that has no value

private:
    Reference parenthesised(std::string_view text, std::size_t at) const;
    Reference marked(std::string_view text, std::size_t at) const;

    VariableStyle style_;
    bool on_ = true;
    char mark_ = '&';
    std::map<std::string, std::string, std::less<>> values_;  // by name in lower case
};

}  // namespace roost
