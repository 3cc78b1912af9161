// What Flyway is told, under Flyway's own names: by flyway.toml and flyway.conf, by FLYWAY_… variables, and by what it
// passes on to a script callback. Facts: Flyway's documentation, and runs of 11.8.2.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"

namespace roost::config {

struct FlywayValue {
    std::vector<std::string> texts;  // more than one, or none, of a list only
    Place place;                     // of a variable: its name as the file
    bool verbatim = false;           // `${` in it means nothing, or nothing any more
    bool secret = false;             // comes from the process's environment

    std::string text() const { return texts.empty() ? std::string() : texts.front(); }
};
// "flyway.table", "flyway.placeholders.team", "environments.dev.url". What a .conf file calls flyway.url is
// environments.default.url.
using FlywayValues = std::map<std::string, FlywayValue, std::less<>>;

// The files in the order in which Flyway reads them: a later one wins, key by key. Every error of all of them. In .conf
// files the variables are put in already.
std::expected<FlywayValues, Errors> read_flyway_files(std::span<const File> files, const ProcessVariables& variables);

// The variables win over the files, and speak of the environment that was chosen. Of a callback, what Flyway passes on
// wins over all. Placeholders that variables give are named in lower case.
void add_flyway_variables(FlywayValues& values, const ProcessVariables& variables, std::string_view environment);

// Names in `values` that are environments, sorted.
std::vector<std::string> flyway_environments(const FlywayValues& values);

}  // namespace roost::config
