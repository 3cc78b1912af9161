// The command line as values.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "app/commands.hpp"

namespace roost {

struct Output {
    bool json = false;
    bool quiet = false;
    bool verbose = false;
    std::vector<std::string> reports = {};  // files, each with an extension that report_format() knows
};

using Command = std::function<Report(const World&)>;

// What to do: a command; or text to print and the status to exit with (help, version, bad usage).
struct Invocation {
    Output output;
    Command command;   // empty: print
    std::string text;  // help and version
    Error error = {};  // bad usage, where the message is not empty
};

Invocation parse(int argc, const char* const* argv, const World& world);

}  // namespace roost
