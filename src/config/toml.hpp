// A TOML file as plain values with places and paths. toml++ stays behind toml.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace roost::config {

enum class Type : std::uint8_t { string, integer, floating, boolean, moment, array, table };
std::string_view to_string(Type type);  // "a string"

struct Node {
    Type type = Type::table;
    std::string key;   // empty in an array
    std::string path;  // "memberships.hr[2]", counted from 1; for messages
    Place place;       // of the key; in an array, of the value
    Place value_place;
    std::string text;            // of a string; of a local date, "2027-03-31"; of a number with a point, as written
    std::int64_t integer = 0;    // of an integer
    bool boolean = false;        // of a boolean
    std::vector<Node> children;  // of an array in file order, of a table by key, bytewise

    const Node* find(std::string_view name) const;
};

enum class Empty : std::uint8_t { refused, allowed };
// The file's outermost table. An error for what is no TOML, no UTF-8, holds a NUL character, or says nothing at all.
Result<Node> parse_toml(const File& file, Empty empty = Empty::refused);

// A name for a message: in quotes, on one line whatever it holds.
std::string quoted(std::string_view name);

bool has_control_character(std::string_view text);

}  // namespace roost::config
