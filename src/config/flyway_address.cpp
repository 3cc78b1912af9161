// Flyway's address of a database, and the account that goes with it.
#include <fmt/format.h>

#include <array>

#include "config/flyway_takeover.hpp"

namespace roost::config {
namespace {

std::optional<Value> non_empty(std::optional<Value> value) {
    return value && !value->text.empty() ? std::move(value) : std::nullopt;
}

// Ours may be another account than Flyway's: then its password is nobody's here.
void take_account(const Takeover& from, Database& database) {
    const FlywayValue* user = from.of_environment("user");
    const FlywayValue* password = from.of_environment("password");
    const Node* own = from.ours("database", "user");
    for (const auto* key : {"password", "password_file", "password_command"})
        if (!own) own = from.ours("database", key);
    if (user) from.note("database.user", *user, own);
    if (password) from.note("database.password", *password, own);
    if (own) return;
    if (user) database.user = non_empty(from.text(*user, "user"));
    if (password) database.password = non_empty(from.text(*password, "password"));
}

// What TLS is to be is often said there.
void take_properties(const Takeover& from) {
    const std::string head = fmt::format("environments.{}.jdbcProperties.", from.name);
    for (auto value = from.values.lower_bound(head); value != from.values.end() && value->first.starts_with(head);
         ++value)
        if (auto text = from.text(value->second, "jdbcProperties"))
            from.environment.flyway.properties.emplace_back(value->first.substr(head.size()), std::move(text->text));
}

// Flyway has its environment from a file; where that is not found, nobody knows what else the file asks for.
void refuse_unknown_file(const Takeover& from) {
    if (!is_flyway_callback(from.surroundings.variables) || from.in_files || from.name == "default") return;
    from.reader.refuse({.file = "FP__flyway_environment__"},
                       fmt::format("Flyway's environment {} is in no file that roost finds, and what its "
                                   "jdbcProperties ask for is not known",
                                   quoted(from.name)),
                       "name the file, as -configFiles does: [flyway] and under it files = [\"…/flyway.toml\"]");
}

}  // namespace

void take_address(const Takeover& from, Database& database) {
    const FlywayValue* url = from.of_environment("url");
    if (!url) return;
    const Node* own_url = from.ours("database", "url");
    const Node* own = own_url ? own_url : from.ours("database", "odbc");
    from.note("database.url", *url, own);
    FlywaySetting& setting = from.environment.flyway;
    if (own) {
        const auto theirs = from.resolved(*url);
        if (!database.url || !theirs || theirs->text != database.url->text) {
            setting.elsewhere = is_flyway_callback(from.surroundings.variables);
            return;
        }
    } else {
        database.url = from.text(*url, "url");
        setting.gave_url = url->place.line == 0;
        if (database.url) from.environment.database_place = database.url->place;
    }
    setting.called = is_flyway_callback(from.surroundings.variables);
    refuse_unknown_file(from);
    take_account(from, database);
    take_properties(from);
}

}  // namespace roost::config
