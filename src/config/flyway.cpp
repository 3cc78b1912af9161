#include "config/flyway.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/flyway_takeover.hpp"
#include "core/nearest.hpp"

namespace roost::config {
namespace {

void read_files(const Node& node, FlywaySection& section, Reader& reader) {
    constexpr std::string_view sample = "[\"../flyway.toml\"]";
    if (!reader.is(node, Type::array, sample)) return;
    for (const Node& file : node.children)
        if (reader.is(file, Type::string, "\"../flyway.toml\"")) section.files.push_back(file.text);
    if (node.children.empty())
        reader.refuse(node.value_place, "flyway.files is empty", fmt::format("name Flyway's files, as {}", sample));
}

constexpr Key<FlywaySection> flyway_keys[] = {
    {"environment", &FlywaySection::environment, "\"production\""},
    {"files", read_files},
};

// What Flyway calls this environment; empty: it knows none, or there is an error.
std::string chosen(const FlywaySection& section, const std::vector<std::string>& known, const std::string& ours,
                   const ProcessVariables& variables, Reader& reader) {
    const auto has = [&](std::string_view name) { return std::ranges::find(known, name) != known.end(); };
    const std::string caller = is_flyway_callback(variables) ? value_of(variables, "FP__flyway_environment__") : "";
    if (const std::string& name = section.environment; !name.empty()) {
        if (!caller.empty() && caller != name)
            reader.refuse(section.place,
                          fmt::format("flyway.environment is {}, and Flyway calls from its environment {}",
                                      quoted(name), quoted(caller)),
                          "call Flyway with that environment, or roost with the one that is Flyway's");
        else if (caller.empty() && !has(name))
            reader.refuse(section.place, fmt::format("Flyway's files have no environment {}", quoted(name)),
                          known.empty() ? "they have none with a url" : suggest(name, known));
        else
            return name;
        return {};
    }
    if (!caller.empty()) return caller;
    if (has(ours)) return ours;
    const bool is_alone = known == std::vector<std::string>{"default"};
    return is_alone || !value_of(variables, "FLYWAY_URL").empty() ? "default" : "";
}

// What was written, even where it was wrong, is enough: there is an error for it.
void refuse_no_address(const Node& root, const Database& database, const std::vector<std::string>& known,
                       Reader& reader) {
    const Node* written = root.find("database");
    const bool any = written && (written->find("url") || written->find("odbc") || written->type != Type::table);
    if (any || database.url || !reader.good()) return;
    constexpr std::string_view write =
        "write the URL that Flyway uses under [database], as url = \"jdbc:postgresql://127.0.0.1:5432/payroll\"";
    reader.refuse(written ? written->place : reader.start(),
                  written ? "[database] has neither url nor odbc" : "no [database], and Flyway has none for it",
                  known.empty() ? fmt::format("{}, or into flyway.toml", write)
                                : fmt::format("{}; or name one of Flyway's environments ({}) with [flyway] and under "
                                              "it environment",
                                              write, fmt::join(known, ", ")));
}

}  // namespace

void read_flyway(const Node& node, FlywaySection& section, Reader& reader) {
    section.place = node.place;
    read_section(node, flyway_keys, section, reader);
}

void take_flyway(const Node& root, const FlywaySection& section, const Surroundings& surroundings, Database& database,
                 Environment& environment, Reader& reader) {
    const auto files = surroundings.flyway_files(section.files);
    auto values = files ? read_flyway_files(*files, surroundings.variables) : std::unexpected(files.error());
    if (!values) {
        for (Error& error : values.error())
            reader.refuse(std::move(error.place), std::move(error.message), std::move(error.advice));
        return;
    }
    const auto known = flyway_environments(*values);
    const std::string name = chosen(section, known, environment.name, surroundings.variables, reader);
    if (reader.good() && (!name.empty() || !values->empty())) {  // [flyway] is of every environment
        environment.flyway.environment = name;
        const std::string head = fmt::format("environments.{}.", name);
        const auto first = values->lower_bound(head);
        const bool in_files = first != values->end() && first->first.starts_with(head);
        add_flyway_variables(*values, surroundings.variables, name);
        const Takeover from{root, *values, name, in_files, surroundings, environment, reader};
        take_address(from, database);
        take_history(from);
        take_placeholders(from);
        take_migration_files(from);
    }
    refuse_no_address(root, database, known, reader);
}

}  // namespace roost::config

namespace roost {

std::expected<FlywayHints, Errors> flyway_hints(const std::vector<File>& files, const ProcessVariables& variables) {
    auto values = config::read_flyway_files(files, variables);
    if (!values) return std::unexpected(values.error());
    FlywayHints hints{.locations = {}, .environment = {}, .url = {}, .any_file = !files.empty()};
    const auto names = config::flyway_environments(*values);
    if (!names.empty()) {
        hints.environment = names.front();
        hints.url = values->at(fmt::format("environments.{}.url", names.front())).text();
    }
    config::add_flyway_variables(*values, variables, "default");
    for (const auto* key : {"environments.default.flyway.locations", "flyway.locations"})
        if (const auto found = values->find(key); found != values->end() && hints.locations.empty())
            hints.locations = found->second.texts;
    return hints;
}

}  // namespace roost
