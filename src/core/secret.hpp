// A value that must not be shown: it cannot be printed or compared by accident, only revealed on purpose.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace roost {

// A process's environment: any value in it may be a secret.
using ProcessVariables = std::map<std::string, std::string, std::less<>>;
inline std::string value_of(const ProcessVariables& variables, std::string_view name) {  // empty where it is not set
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
}

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

private:
    std::string value_;
};

// Takes secrets out of text that comes from elsewhere: a driver's diagnostics quote statements and connection strings.
class Redactor {
public:
    // Values of fewer than 4 characters are left alone.
    void add(const Secret& secret);  // also as it stands in a connection string (braced) and in SQL (quotes doubled)
    std::string operator()(std::string_view text) const;  // each occurrence becomes "***", the longest first

private:
    std::vector<std::string> values_;
};

}  // namespace roost
