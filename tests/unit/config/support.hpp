// Files as text in, errors as lines out.
#pragma once

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace roost::config_test {

using namespace std::string_literals;

struct Case {
    std::string_view title;
    std::string text;
    std::string errors;  // one a line
};

inline std::string lines(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) {
        if (!text.empty()) text += '\n';
        text += (error.kind == ErrorKind::usage ? "" : "not usage: ") + to_string(error);
    }
    return text;
}

inline std::string project_errors(const std::string& text) {
    const auto project = read_project({"roost.toml", text});
    return project ? "good" : lines(project.error());
}

inline Project project(const std::string& text) {
    auto result = read_project({"roost.toml", text});
    if (!result) throw std::runtime_error(lines(result.error()));
    return *std::move(result);
}

// The project that the environments of these tests belong to.
inline const Project& payroll() {
    static const Project read = project(
        "[project]\nname = \"payroll\"\n"
        "[roles.hr]\n"
        "[toggles.new_payroll]\nrole = \"guineapigs\"\nrequires = \"5.2\"\n"
        "[toggles.dark_mode]\n");
    return read;
}

struct Outside {
    ProcessVariables variables = {};
    std::map<std::string, std::string> files = {};
    std::string output = {};
    std::vector<std::string> command = {};  // the one that ran
    std::vector<File> flyway = {};          // Flyway's files
    std::vector<std::string> flyway_named = {};

    Surroundings surroundings() {
        return {
            .variables = variables,
            .read_file = [this](const std::string& path) -> Result<std::string> {
                const auto found = files.find(path);
                if (found == files.end()) {
                    return fail({.message = path + ": no such file", .advice = "check the path"});
                }
                return found->second;
            },
            .run = [this](const std::vector<std::string>& words) -> Result<std::string> {
                command = words;
                if (words.front() == "broken") return fail({.message = "broken: exit status 3"});
                return output;
            },
            .engines = {"postgresql", "sqlite"},
            .flyway_files = [this](const std::vector<std::string>& named) -> std::expected<std::vector<File>, Errors> {
                flyway_named = named;
                return flyway;
            }};
    }
};

inline std::string environment_errors(const std::string& text, std::string_view name = "dev", Outside outside = {}) {
    const auto read = read_environment(name, {"environments/dev.toml", text}, payroll(), outside.surroundings());
    return read ? "good" : lines(read.error());
}

inline Environment environment(const std::string& text, Outside& outside, std::string_view name = "dev") {
    auto read = read_environment(name, {"environments/dev.toml", text}, payroll(), outside.surroundings());
    if (!read) throw std::runtime_error(lines(read.error()));
    return *std::move(read);
}

inline Environment environment(const std::string& text) {
    Outside outside;
    return environment(text, outside);
}

// The least that an environment must have, on its first two lines.
inline const std::string base = "[database]\nurl = \"jdbc:sqlite:payroll.db\"\n";

}  // namespace roost::config_test
