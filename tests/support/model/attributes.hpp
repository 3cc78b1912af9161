// A connection string in its parts.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace model {

class Attributes {
public:
    explicit Attributes(std::string_view text);
    // Of the first of these keys that is there, without regard to case.
    std::string get(std::initializer_list<std::string_view> keys) const;
    bool has(std::string_view key) const;

private:
    std::vector<std::pair<std::string, std::string>> parts_;
};

}  // namespace model
