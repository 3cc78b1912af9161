// How an environment takes over what Flyway is told of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/database.hpp"
#include "config/flyway_values.hpp"
#include "config/reader.hpp"

namespace roost::config {

struct Takeover {
    const Node& root;  // the environment's own file, which wins
    const FlywayValues& values;
    std::string name;  // Flyway's, of the environment
    bool in_files;     // they say something of it
    const Surroundings& surroundings;
    Environment& environment;
    Reader& reader;

    // nullptr: not said, or an empty list.
    const FlywayValue* of_environment(std::string_view key) const;  // environments.NAME.KEY
    const FlywayValue* find(std::string_view key) const;            // its flyway.KEY, else the flyway.KEY of all

    // With ${env.NAME} resolved where Flyway does. The errors have no places.
    std::expected<Value, Errors> resolved(const FlywayValue& value) const;
    // The same; what cannot be resolved is refused.
    std::optional<Value> text(const FlywayValue& value, std::string_view key) const;

    // What the environment's file says under [SECTION] KEY; nullptr: nothing.
    const Node* ours(std::string_view section, std::string_view key) const;
    // Says where a value comes from, or what wins over it.
    void note(std::string_view key, const FlywayValue& value, const Node* ours) const;
};

// Address, account and properties.
void take_address(const Takeover& from, Database& database);
void take_history(const Takeover& from);
void take_placeholders(const Takeover& from);
void take_migration_files(const Takeover& from);

}  // namespace roost::config
