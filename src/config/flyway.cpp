#include "config/flyway.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "config/expand.hpp"
#include "config/flyway_told.hpp"
#include "core/ascii.hpp"
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

class Taking {
public:
    Taking(const Node& root, const FlywaySection& section, const Surroundings& surroundings, Database& database,
           Environment& environment, Reader& reader)
        : root_(root),
          section_(section),
          variables_(surroundings.variables),
          unset_(surroundings.offline ? Unset::left : Unset::refused),
          database_(database),
          environment_(environment),
          reader_(reader) {}

    void take(FlywayTold told) {
        told_ = std::move(told);
        if (!choose_environment()) return;
        add_flyway_variables(told_, variables_, name_);
        environment_.flyway.called = is_flyway_callback(variables_);
        environment_.flyway.environment = name_;
        take_address();
        take_history();
        take_placeholders();
        take_files();
    }

private:
    // False: Flyway knows nothing of this environment, or of what was asked for, which is an error.
    bool choose_environment() {
        const auto known = flyway_environments(told_);
        const auto has = [&](std::string_view name) { return std::ranges::find(known, name) != known.end(); };
        if (name_ = section_.environment; !name_.empty()) {
            if (has(name_) || is_flyway_callback(variables_)) return true;
            reader_.refuse(section_.place, fmt::format("Flyway's files have no environment {}", quoted(name_)),
                           known.empty() ? "they have none with a url" : suggest(name_, known));
            return false;
        }
        if (is_flyway_callback(variables_)) name_ = value_of(variables_, "FP__flyway_environment__");
        if (name_.empty() && has(environment_.name)) name_ = environment_.name;
        if (name_.empty() && known == std::vector<std::string>{"default"}) name_ = "default";
        if (name_.empty() && !value_of(variables_, "FLYWAY_URL").empty()) name_ = "default";
        return !name_.empty();
    }

    const Told* of_environment(std::string_view key) const {
        const auto found = told_.find(fmt::format("environments.{}.{}", name_, key));
        return found == told_.end() || found->second.texts.empty() ? nullptr : &found->second;
    }

    // What is said for the environment beats what is said for all.
    const Told* find(std::string_view key) const {
        if (const Told* found = of_environment(fmt::format("flyway.{}", key))) return found;
        const auto found = told_.find(fmt::format("flyway.{}", key));
        return found == told_.end() || found->second.texts.empty() ? nullptr : &found->second;
    }

    std::expected<Value, Errors> resolved(const Told& told) const {
        if (told.verbatim) return Value{told.text(), is_secret(told), told.place};
        auto expanded = expand(told.text(), variables_, unset_);
        if (!expanded) return std::unexpected(std::move(expanded.error()));
        return Value{std::move(expanded->text), expanded->secret, told.place};
    }

    std::optional<Value> value(const Told& told, std::string_view key) {
        auto found = resolved(told);
        if (found) return std::move(*found);
        for (Error& error : found.error())
            reader_.refuse(told.place, fmt::format("Flyway's {}: {}", key, error.message),
                           "write it into the environment's own file, or as ${env.NAME} and set that");
        return std::nullopt;
    }

    // Flyway resolves ${env.PW} before it passes a value on: then another variable holds the same.
    bool is_secret(const Told& told) const {
        return std::ranges::any_of(variables_, [&](const auto& variable) {
            return variable.second == told.text() && !variable.first.starts_with("FP__");
        });
    }

    void note(std::string_view key, const Told& told, const Node* ours) {
        environment_.flyway.notes.push_back(
            ours ? fmt::format("{} of {} wins over Flyway's at {}", key, to_string(ours->place), to_string(told.place))
                 : fmt::format("{} from {}", key, to_string(told.place)));
    }

    const Node* ours(std::string_view section, std::string_view key) const {
        const Node* table = root_.find(section);
        return table ? table->find(key) : nullptr;
    }

    // Whether Flyway's value is to be taken.
    bool takes(const Told* told, std::string_view section, std::string_view key) {
        if (!told) return false;
        const Node* own = ours(section, key);
        note(fmt::format("{}.{}", section, key), *told, own);
        return !own;
    }

    void take_address() {
        const Told* url = of_environment("url");
        const Node* own_url = ours("database", "url");
        const Node* own_odbc = ours("database", "odbc");
        if (!url) return;
        note("database.url", *url, own_url ? own_url : own_odbc);
        if (own_url || own_odbc) {
            if (database_.url && database_.url->text == url->text()) take_account();
            return;
        }
        database_.url = value(*url, "url");
        environment_.flyway.gave_url = url->place.line == 0;
        if (database_.url) environment_.database_place = database_.url->place;
        take_account();
        take_properties();
    }

    // Ours may be another account than Flyway's: then its password is nobody's here.
    void take_account() {
        const Told* user = of_environment("user");
        const Told* password = of_environment("password");
        const Node* own = ours("database", "user");
        for (const auto* key : {"password", "password_file", "password_command"})
            if (!own) own = ours("database", key);
        if (user) note("database.user", *user, own);
        if (password) note("database.password", *password, own);
        if (own) return;
        if (user) database_.user = non_empty(value(*user, "user"));
        if (password) database_.password = non_empty(value(*password, "password"));
    }

    static std::optional<Value> non_empty(std::optional<Value> value) {
        return value && !value->text.empty() ? std::move(value) : std::nullopt;
    }

    void take_properties() {
        const std::string head = fmt::format("environments.{}.jdbcProperties.", name_);
        for (auto told = told_.lower_bound(head); told != told_.end() && told->first.starts_with(head); ++told)
            if (auto text = value(told->second, "jdbcProperties"))
                environment_.flyway.properties.emplace_back(told->first.substr(head.size()), std::move(text->text));
    }

    void take_history() {
        if (environment_.tool == MigrationTool::unset) environment_.tool = MigrationTool::flyway;
        if (environment_.tool != MigrationTool::flyway && environment_.tool != MigrationTool::none) return;
        if (const Told* table = find("table"); takes(table, "migrations", "table"))
            if (auto text = value(*table, "table")) environment_.table = std::move(text->text);
        const Told* schema = find("defaultSchema");
        if (!schema) schema = of_environment("schemas");
        if (takes(schema, "migrations", "schema"))
            if (auto text = value(*schema, "defaultSchema")) environment_.schema = std::move(text->text);
    }

    void take_placeholders() {
        for (const auto& head :
             {std::string("flyway.placeholders."), fmt::format("environments.{}.flyway.placeholders.", name_)})
            for (auto told = told_.lower_bound(head); told != told_.end() && told->first.starts_with(head); ++told)
                take_placeholder(told->first.substr(head.size()), told->second);
        PlaceholderForm& form = environment_.placeholder_form;
        take_text("placeholderPrefix", form.prefix);
        take_text("placeholderSuffix", form.suffix);
        take_text("placeholderSeparator", form.separator);
        if (const Told* replaced = find("placeholderReplacement")) form.replaced = replaced->text() != "false";
    }

    // One name at a time: our own override leaves the others alone, and a later one of Flyway's wins.
    void take_placeholder(std::string_view written, const Told& told) {
        const std::string name = lower_ascii(written);
        const Node* own = nullptr;
        if (const Node* section = root_.find("placeholders"))
            for (const Node& entry : section->children)
                if (lower_ascii(entry.key) == name) own = &entry;
        note(fmt::format("placeholders.{}", name), told, own);
        if (own) return;
        auto text = resolved(told);
        if (!text)  // a script that uses it is told so
            return environment_.flyway.notes.push_back(
                fmt::format("placeholders.{} is left out: {}", name, text.error().front().message));
        environment_.placeholders[name] = {std::move(text->text), text->secret};
    }

    void take_text(std::string_view key, std::string& into) {
        const Told* told = find(key);
        if (!told) return;
        auto text = value(*told, key);
        if (text && text->text.empty())
            reader_.refuse(told->place, fmt::format("Flyway's {} is empty", key), "Flyway takes none either");
        else if (text)
            into = std::move(text->text);
    }

    void take_list(std::string_view key, std::vector<std::string>& into) {
        if (const Told* told = find(key)) into = told->texts;
    }

    void take_files() {
        FlywaySetting& setting = environment_.flyway;
        take_list("locations", setting.locations);
        take_list("sqlMigrationSuffixes", setting.suffixes);
        take_text("sqlMigrationPrefix", setting.prefix);
        take_text("repeatableSqlMigrationPrefix", setting.repeatable_prefix);
        take_text("sqlMigrationSeparator", setting.separator);
        if (const Told* order = find("outOfOrder")) setting.out_of_order = order->text() == "true";
    }

    const Node& root_;
    const FlywaySection& section_;
    const ProcessVariables& variables_;
    const Unset unset_;
    Database& database_;
    Environment& environment_;
    Reader& reader_;
    FlywayTold told_;
    std::string name_;  // Flyway's, of the environment
};

}  // namespace

void read_flyway(const Node& node, FlywaySection& section, Reader& reader) {
    section.place = node.place;
    read_section(node, flyway_keys, section, reader);
}

void take_flyway(const Node& root, const FlywaySection& section, const Surroundings& surroundings, Database& database,
                 Environment& environment, Reader& reader) {
    if (!surroundings.flyway_files) return;
    const auto files = surroundings.flyway_files(section.files);
    auto told = files ? read_flyway_files(*files, surroundings.variables) : std::unexpected(files.error());
    if (!told) {
        for (Error& error : told.error())
            reader.refuse(std::move(error.place), std::move(error.message), std::move(error.advice));
        return;
    }
    Taking(root, section, surroundings, database, environment, reader).take(std::move(*told));
}

}  // namespace roost::config

namespace roost {

std::expected<FlywayHints, Errors> flyway_hints(const std::vector<File>& files, const ProcessVariables& variables) {
    const auto told = config::read_flyway_files(files, variables);
    if (!told) return std::unexpected(told.error());
    FlywayHints hints{.locations = FlywaySetting().locations, .url = {}};
    if (const auto found = told->find("flyway.locations"); found != told->end()) hints.locations = found->second.texts;
    if (const auto names = config::flyway_environments(*told); !names.empty())
        hints.url = told->at(fmt::format("environments.{}.url", names.front())).text();
    return hints;
}

}  // namespace roost
