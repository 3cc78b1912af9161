// [database] of an environment's file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace roost::config {

struct Command {
    std::vector<std::string> words;
    Place place;
};
struct Database {
    std::optional<Value> url;
    std::optional<Value> odbc;
    std::optional<Value> engine;
    std::optional<Value> user;
    std::optional<Value> password;
    std::optional<Value> password_file;
    std::optional<Command> password_command;
    std::optional<Value> lock_database;
};

// Reads the section and checks that its keys go together.
void read_database(const Node& node, Database& database, Reader& reader);

// Moves what was read into the environment. Reads the password's file, and where the whole file was good so far, runs
// the password's command: a program may ask the user for something.
void settle_database(Database database, Environment& environment, const Surroundings& surroundings, Reader& reader);

}  // namespace roost::config
