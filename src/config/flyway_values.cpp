#include "config/flyway_values.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/toml.hpp"
#include "core/ascii.hpp"
#include "core/words.hpp"

namespace roost {

bool is_flyway_callback(const ProcessVariables& variables) {
    return !value_of(variables, "FP__flyway_filename__").empty() && !value_of(variables, "FLYWAY_URL").empty();
}

}  // namespace roost

namespace roost::config {
namespace {

constexpr std::string_view of_environment = "environments.";
constexpr std::string_view of_environments[] = {"url", "user", "password", "schemas"};
constexpr std::string_view of_flyway[] = {"defaultSchema",
                                          "table",
                                          "locations",
                                          "outOfOrder",
                                          "sqlMigrationPrefix",
                                          "repeatableSqlMigrationPrefix",
                                          "sqlMigrationSeparator",
                                          "sqlMigrationSuffixes",
                                          "baselineMigrationPrefix",
                                          "target",
                                          "placeholderReplacement",
                                          "placeholderPrefix",
                                          "placeholderSuffix",
                                          "placeholderSeparator"};
constexpr std::string_view blanks = " \t\r\f";
constexpr std::string_view lists[] = {"schemas", "locations", "sqlMigrationSuffixes"};

std::string scalar(const Node& node) {
    if (node.type == Type::boolean) return node.boolean ? "true" : "false";
    return node.type == Type::integer ? std::to_string(node.integer) : node.text;
}

// Flyway resolves ${env.NAME} in what belongs to an environment, but not in its `flyway` table.
bool is_resolved(std::string_view key) {
    const auto dot = key.find('.', std::min(of_environment.size(), key.size()));
    return key.starts_with(of_environment) && dot != std::string_view::npos && !key.substr(dot).starts_with(".flyway.");
}

void flatten(const Node& node, const std::string& key, FlywayValues& values) {
    if (node.type == Type::table) {
        for (const Node& child : node.children) flatten(child, key.empty() ? child.key : key + '.' + child.key, values);
        return;
    }
    FlywayValue& into = values[key] = {.texts = {}, .place = node.value_place, .verbatim = !is_resolved(key)};
    if (node.type != Type::array) return into.texts.push_back(scalar(node));
    for (const Node& child : node.children) into.texts.push_back(scalar(child));
}

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        if (const auto part = trimmed(text.substr(0, end), blanks); !part.empty()) found.emplace_back(part);
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return found;
}

// Text that has no lists of its own: a variable, a line of a .conf file.
FlywayValue value_in_text(std::string_view key, std::string_view text, Place place) {
    const std::string_view name = key.substr(key.rfind('.') + 1);
    const bool is_list = std::ranges::find(lists, name) != std::end(lists);
    return {
        .texts = is_list ? parts(text) : std::vector{std::string(text)}, .place = std::move(place), .verbatim = true};
}

// flyway.url is of the environment "default".
std::string key_of_conf(std::string_view key) {
    constexpr std::string_view head = "flyway.";
    if (!key.starts_with(head)) return std::string(key);
    const std::string_view name = key.substr(head.size());
    const bool is_of_environment =
        std::ranges::find(of_environments, name) != std::end(of_environments) || name.starts_with("jdbcProperties.");
    return is_of_environment ? fmt::format("environments.default.{}", name) : std::string(key);
}

// ${NAME} of a .conf file; a variable that is not set is empty. What else begins with ${ stays.
std::string with_variables(std::string_view text, const ProcessVariables& variables) {
    std::string result;
    while (!text.empty()) {
        const auto end = text.starts_with("${") ? text.find('}') : std::string_view::npos;
        const auto name = end == std::string_view::npos ? std::string_view() : text.substr(2, end - 2);
        const bool is_variable = !name.empty() && std::ranges::all_of(name, [](char c) {
            return c == '_' || (c >= '0' && c <= '9') || (lower_ascii(c) >= 'a' && lower_ascii(c) <= 'z');
        });
        result += is_variable ? value_of(variables, name) : std::string(1, text.front());
        text.remove_prefix(is_variable ? end + 1 : 1);
    }
    return result;
}

// A line of Java's properties, as Flyway has them: a backslash is one.
void read_property(std::string_view line, const Place& place, const ProcessVariables& variables, FlywayValues& values) {
    const auto end = std::min(line.find_first_of("=: \t"), line.size());
    const std::string key = key_of_conf(line.substr(0, end));
    line = trimmed(line.substr(end), blanks);
    if (line.starts_with('=') || line.starts_with(':')) line = trimmed(line.substr(1), blanks);
    if (key.empty()) return;
    const std::string text = with_variables(line, variables);
    values[key] = value_in_text(key, text, place);
    values[key].secret = text != line;
}

void read_conf(const File& file, const ProcessVariables& variables, FlywayValues& values) {
    std::string_view rest = file.text;
    std::string line;
    for (std::uint32_t number = 1, first = 1; !rest.empty(); ++number) {
        const auto end = std::min(rest.find('\n'), rest.size());
        std::string_view piece = trimmed(rest.substr(0, end), blanks);
        rest.remove_prefix(std::min(rest.size(), end + 1));
        if (line.empty()) {
            first = number;
            if (piece.starts_with('#') || piece.starts_with('!')) continue;
        }
        const bool goes_on = piece.ends_with('\\') && !rest.empty();
        if (goes_on) piece.remove_suffix(1);
        line += piece;
        if (goes_on) continue;
        read_property(line, {file.path, first, 1}, variables, values);
        line.clear();
    }
}

// "defaultSchema" is DEFAULT_SCHEMA.
std::string as_variable(std::string_view name) {
    std::string text;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') text += '_';
        text += upper_ascii(c);
    }
    return text;
}

class VariablesOf {
public:
    VariablesOf(FlywayValues& values, const ProcessVariables& variables, std::string_view environment)
        : values_(values), variables_(variables), environment_(environment) {}

    void add_settings() {
        for (const std::string_view name : of_environments)
            add(fmt::format("environments.{}.{}", environment_, name), "FLYWAY_" + as_variable(name));
        for (const std::string_view name : of_flyway) add(of_chosen(name), "FLYWAY_" + as_variable(name));
        add_placeholders("FLYWAY_PLACEHOLDERS_", "");
    }

    void add_callback() {
        add(of_chosen("table"), "FP__flyway_table__");
        add(of_chosen("defaultSchema"), "FP__flyway_defaultSchema__");
        add_placeholders("FP__", "__");
    }

private:
    std::string of_chosen(std::string_view name) const {
        return fmt::format("environments.{}.flyway.{}", environment_, name);
    }

    // An empty one says nothing.
    void add(const std::string& key, const std::string& variable) {
        const auto found = variables_.find(variable);
        if (found == variables_.end() || found->second.empty()) return;
        values_[key] = value_in_text(key, found->second, {.file = variable});
    }

    // Flyway passes on what its own variables say, beside them.
    bool secret(std::string_view variable, const std::string& value) const {
        constexpr std::string_view given = "FLYWAY_PLACEHOLDERS_";
        return variable.starts_with(given) || std::ranges::any_of(variables_, [&](const auto& other) {
                   return other.first.starts_with(given) && other.second == value;
               });
    }

    void add_placeholders(std::string_view head, std::string_view tail) {
        for (const auto& [variable, value] : variables_) {
            if (!variable.starts_with(head) || !variable.ends_with(tail)) continue;
            if (variable.size() <= head.size() + tail.size() || variable.starts_with("FP__flyway_")) continue;
            const auto name =
                std::string_view(variable).substr(head.size(), variable.size() - head.size() - tail.size());
            values_[of_chosen(fmt::format("placeholders.{}", lower_ascii(name)))] = {
                .texts = {value}, .place = {.file = variable}, .verbatim = true, .secret = secret(variable, value)};
        }
    }

    FlywayValues& values_;
    const ProcessVariables& variables_;
    std::string environment_;
};

}  // namespace

std::expected<FlywayValues, Errors> read_flyway_files(std::span<const File> files, const ProcessVariables& variables) {
    FlywayValues values;
    Errors errors;
    for (const File& file : files) {
        if (!file.path.ends_with(".toml")) {
            read_conf(file, variables, values);
            continue;
        }
        const auto root = parse_toml(file, Empty::allowed);
        if (root)
            flatten(*root, {}, values);
        else
            errors.push_back(root.error());
    }
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return values;
}

void add_flyway_variables(FlywayValues& values, const ProcessVariables& variables, std::string_view environment) {
    VariablesOf of(values, variables, environment);
    of.add_settings();
    if (is_flyway_callback(variables)) of.add_callback();
}

std::vector<std::string> flyway_environments(const FlywayValues& values) {
    std::vector<std::string> names;
    for (const auto& [key, value] : values) {
        const auto dot = key.rfind('.');
        if (!key.starts_with(of_environment) || !key.ends_with(".url") || dot <= of_environment.size()) continue;
        const std::string name = key.substr(of_environment.size(), dot - of_environment.size());
        if (!name.contains('.')) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace roost::config
