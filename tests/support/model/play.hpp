// Diagnostics by script: README.md has the language.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "value.hpp"

namespace model {

struct Action {
    enum class Kind : std::uint8_t { run, error, info, lose, hang, die };
    Kind kind = Kind::run;
    std::vector<Record> records = {};
};

class Play {
public:
    // The one of this file in this process: calls are counted over all its connections. nullptr for no file. Throws
    // Problem for a line that it cannot read.
    static std::shared_ptr<Play> of(const std::string& file);

    // What happens in place of this call; nullopt: nothing is said about it. `when`: "connect", "call", "commit",
    // "rollback".
    std::optional<std::vector<Action>> at(std::string_view when, std::string_view text);

private:
    struct Rule {
        std::string when;
        std::optional<std::regex> pattern;
        int number = 0;  // 0: every one
        std::vector<Action> actions;
        int seen = 0;
    };
    explicit Play(const std::string& file);
    static Rule rule(const std::string& line);

    std::mutex mutex_;
    std::vector<Rule> rules_;
};

}  // namespace model
