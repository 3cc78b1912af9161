// Flyway's versions: "_" reads as "."; parts are compared as numbers of any length; trailing zero parts do not count.
// The first part may have a sign, as Flyway reads one too.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

class Version {
public:
    // An error for text that holds anything but digits between dots or underscores, and a sign before them.
    static Result<Version> parse(std::string_view text);
    const std::string& text() const { return text_; }  // as written
    // Digits without leading zeros, an empty text for 0; no zeros at the end.
    const std::vector<std::string>& parts() const { return parts_; }
    std::strong_ordering operator<=>(const Version& other) const;
    bool operator==(const Version& other) const { return (*this <=> other) == 0; }

private:
    std::string text_;
    std::vector<std::string> parts_;  // without leading zeros; no trailing empty part
    bool negative_ = false;           // the first part is below zero
};

}  // namespace roost
