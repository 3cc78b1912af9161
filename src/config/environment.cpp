// environments/ENV.toml
#include <fmt/format.h>

#include <array>
#include <utility>

#include "config/accounts.hpp"
#include "config/config.hpp"
#include "config/database.hpp"
#include "config/flyway.hpp"
#include "config/members.hpp"
#include "config/reader.hpp"
#include "core/ascii.hpp"

namespace roost {

namespace config {
namespace {

struct EnvironmentFile {
    Environment environment;
    Database database;
    FlywaySection flyway;
    const Project& project;
};

// In the order of MigrationTool, without its first.
constexpr std::string_view tool_names[] = {"flyway",  "liquibase", "golang-migrate", "dbmate",
                                           "alembic", "efcore",    "sqitch",         "none"};

void read_tool(const Node& node, Environment& environment, Reader& reader) {
    static const std::vector<std::string> known(std::begin(tool_names), std::end(tool_names));
    if (!reader.is(node, Type::string, "\"flyway\"")) return;
    if (const auto choice = reader.choose(node.path, node.value_place, node.text, known, {}))
        environment.tool = static_cast<MigrationTool>(*choice + 1);
}

void read_table(const Node& node, Environment& environment, Reader& reader) {
    reader.read(node, "\"flyway_schema_history\"", environment.table);
    environment.table_named = true;
}

constexpr Key<Environment> migration_keys[] = {
    {"tool", read_tool},
    {"table", read_table},
    {"schema", &Environment::schema, "\"public\""},
    {"minimum", &Environment::minimum, "\"5.2\""},
};

void read_missing(const Node& node, Policy& policy, Reader& reader) {
    static const std::array<std::string, 2> known = {"error", "warn"};
    if (!reader.is(node, Type::string, "\"error\"")) return;
    const auto choice = reader.choose(node.path, node.value_place, node.text, known, {});
    if (choice) policy.missing_is_error = *choice == 0;
}

constexpr Key<Policy> policy_keys[] = {
    {"protected", &Policy::is_protected, "true"},
    {"max_revocations", &Policy::max_revocations, "50"},
    {"missing_principals", read_missing},
    {"helpers", Planned{}},
    {"identity", Planned{}},
};

bool good_placeholder(const Node& node, std::string_view name, Reader& reader) {
    if (!reader.named(node)) return false;
    if (name.find_first_of("${}") != std::string_view::npos || has_control_character(name)) {
        reader.refuse(node.place, fmt::format("{}: no name for a placeholder", node.path),
                      "a name holds no $, {, } and no control character");
        return false;
    }
    if (name.starts_with("flyway:")) {
        reader.refuse(node.place, fmt::format("{}: names that begin with flyway: are Flyway's own", node.path),
                      "choose another name");
        return false;
    }
    return true;
}

void read_placeholders(const Node& node, EnvironmentFile& file, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    std::map<std::string, const Node*> seen;
    for (const Node& entry : node.children) {
        std::string name = lower_ascii(entry.key);
        if (!good_placeholder(entry, name, reader)) continue;
        const auto [first, fresh] = seen.emplace(name, &entry);
        if (!fresh) {
            const auto [one, other] = std::ranges::minmax(*first->second, entry, {}, &Node::place);
            reader.refuse(other.place,
                          fmt::format("{} and {} at {} are one name", other.path, one.path, to_string(one.place)),
                          "case does not count in the names of placeholders: keep one of them");
        } else if (reader.is(entry, Type::string, "\"hr\"")) {
            auto value = reader.expanded(entry);
            if (value) file.environment.placeholders[std::move(name)] = {std::move(value->text), value->secret};
        }
    }
}

constexpr Key<EnvironmentFile> environment_file_keys[] = {
    {"database",
     [](const Node& node, EnvironmentFile& file, Reader& reader) {
         file.environment.database_place = node.place;
         read_database(node, file.database, reader);
     }},
    {"migrations", [](const Node& node, EnvironmentFile& file,
                      Reader& reader) { read_section(node, migration_keys, file.environment, reader); }},
    {"policy", [](const Node& node, EnvironmentFile& file,
                  Reader& reader) { read_section(node, policy_keys, file.environment.policy, reader); }},
    {"placeholders", read_placeholders},
    {"memberships",
     [](const Node& node, EnvironmentFile& file, Reader& reader) { read_memberships(node, file.environment, reader); }},
    {"toggles", [](const Node& node, EnvironmentFile& file,
                   Reader& reader) { read_toggles(node, file.environment, file.project, reader); }},
    {"project", Elsewhere{"roost.toml"}},
    {"roles", Elsewhere{"roost.toml"}},
    {"accounts",
     [](const Node& node, EnvironmentFile& file, Reader& reader) { read_accounts(node, file.environment, reader); }},
    {"ledger", Planned{}},
    {"sandboxes", Planned{}},
    {"flyway", [](const Node& node, EnvironmentFile& file, Reader& reader) { read_flyway(node, file.flyway, reader); }},
};

// What Alembic calls a revision is a random text.
void refuse_order_of_revisions(const Node& root, const EnvironmentFile& file, Reader& reader) {
    const Node* migrations = root.find("migrations");
    if (file.environment.tool != MigrationTool::alembic) return;
    if (const Node* minimum = migrations->find("minimum"))
        reader.refuse(minimum->place, "migrations.minimum: Alembic's revisions have no order", "take it out");
    for (const MembershipSetting& toggle : file.environment.toggles) {
        const ToggleSetting* known = file.project.toggle(toggle.name);
        if (!known || !known->needs || toggle.members.empty()) continue;
        reader.refuse(toggle.place,
                      fmt::format("toggles.{} requires schema {}, and Alembic's revisions have no order", toggle.name,
                                  known->needs->text()),
                      "take `requires` out of the toggle in roost.toml, or leave it off here");
    }
}

// Sqitch knows its tables by fixed names; all of them are in one schema.
void refuse_table_of_sqitch(const Node& root, const Environment& environment, Reader& reader) {
    if (environment.tool != MigrationTool::sqitch || !environment.table_named) return;
    reader.refuse(root.find("migrations")->find("table")->place,
                  "migrations.table: the names of Sqitch's tables are fixed",
                  "take it out; migrations.schema says where they are");
}

void refuse_unsaid_protection(std::string_view name, const Node& root, Reader& reader) {
    const std::string folded = lower_ascii(name);
    if (folded != "prod" && folded != "production") return;
    const Node* policy = root.find("policy");
    if (policy && (policy->type != Type::table || policy->find("protected"))) return;
    reader.refuse(policy ? policy->place : reader.start(),
                  fmt::format("environment {} does not say whether it is protected", quoted(name)),
                  fmt::format("write protected = true, or false, under [policy] in {}", reader.file()));
}

bool is_environment_name(std::string_view name) {
    const auto allowed = [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
               byte == '_' || byte == '.' || byte == '-';
    };
    return !name.empty() && name != "." && name != ".." && std::ranges::all_of(name, allowed);
}

Error bad_environment_name(std::string_view name, const File& file) {
    return usage_error(fmt::format("{} is no name for an environment", quoted(name)),
                       "a name is made of letters, digits, _, - and .", {file.path, 1, 1});
}

}  // namespace
}  // namespace config

std::expected<Environment, Errors> read_environment(std::string_view name, const File& file, const Project& project,
                                                    const Surroundings& surroundings) {
    if (!config::is_environment_name(name)) return std::unexpected(Errors{config::bad_environment_name(name, file)});
    const auto root = config::parse_toml(file);
    if (!root) return std::unexpected(Errors{root.error()});
    config::Reader reader(file.path, surroundings.variables,
                          surroundings.offline ? config::Unset::left : config::Unset::refused);
    config::EnvironmentFile read{.environment = {}, .database = {}, .flyway = {}, .project = project};
    read.environment.name = name;
    config::read_section(*root, config::environment_file_keys, read, reader);
    config::take_flyway(*root, read.flyway, surroundings, read.database, read.environment, reader);
    config::refuse_unsaid_protection(name, *root, reader);
    config::refuse_two_sources(read.environment, project, reader);
    config::refuse_order_of_revisions(*root, read, reader);
    config::refuse_table_of_sqitch(*root, read.environment, reader);
    config::settle_database(std::move(read.database), read.environment, surroundings, reader);
    if (!reader.good()) return std::unexpected(reader.take());
    config::expand_accounts(read.environment);
    return std::move(read.environment);
}

std::string_view name_of(MigrationTool tool) {
    const auto number = static_cast<std::size_t>(tool);
    return config::tool_names[number == 0 ? 0 : number - 1];
}

}  // namespace roost
