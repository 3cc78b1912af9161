// Flyway's versions: "_" reads as "."; parts are compared as numbers of any length; trailing zero parts do not count.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

class Version {
public:
    // An error for text that holds anything but digits between dots or underscores.
    static Result<Version> parse(std::string_view text);
    const std::string& text() const { return text_; }  // as written
    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }

private:
    std::string text_;
    std::vector<std::string> parts_;  // without leading zeros; no trailing empty part
};

}  // namespace roost
