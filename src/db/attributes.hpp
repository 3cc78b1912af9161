// The parts of an ODBC connection string as a user gives it. Messages never quote values: they may be passwords.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

struct Attribute {
    std::string key;   // as written
    std::string text;  // the value as it stands, braces included: drivers differ in which they take off
    bool is(std::string_view name) const;  // without regard to case
    std::string value() const;             // braces taken off, }} read as }
};

// "Driver={PostgreSQL Unicode};Server=h". A part without "=", a key twice, a brace that is not closed: errors of kind
// usage.
Result<std::vector<Attribute>> attributes(std::string_view connection_string);

// {value} with } doubled, whether it needs it or not.
std::string braced(std::string_view value);

// nullptr: there is none.
const Attribute* find(const std::vector<Attribute>& attributes, std::string_view key);

// Puts it in place of what there was under that key. `text` as it stands, braces included.
void set(std::vector<Attribute>& attributes, std::string_view key, std::string text);

}  // namespace roost
