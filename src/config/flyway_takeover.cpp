#include "config/flyway_takeover.hpp"

#include <fmt/format.h>

#include "config/expand.hpp"
#include "core/ascii.hpp"

namespace roost::config {
namespace {

const FlywayValue* said(const FlywayValues& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() || found->second.texts.empty() ? nullptr : &found->second;
}

// Flyway's way to have a whole value taken as it stands: !{value}.
std::optional<std::string> escaped(const std::string& text) {
    if (!text.starts_with("!{") || !text.ends_with('}')) return std::nullopt;
    return text.substr(2, text.size() - 3);
}

void take_text(const Takeover& from, std::string_view key, std::string& into) {
    const FlywayValue* value = from.find(key);
    if (!value) return;
    auto text = from.text(*value, key);
    if (text && text->text.empty())
        from.reader.refuse(value->place, fmt::format("Flyway's {} is empty", key), "Flyway takes none either");
    else if (text)
        into = std::move(text->text);
}

void take_list(const Takeover& from, std::string_view key, std::vector<std::string>& into) {
    if (const FlywayValue* value = from.find(key)) into = value->texts;
}

const Node* own_placeholder(const Takeover& from, std::string_view name) {
    const Node* section = from.root.find("placeholders");
    if (!section) return nullptr;
    const auto entry =
        std::ranges::find_if(section->children, [&](const Node& one) { return lower_ascii(one.key) == name; });
    return entry == section->children.end() ? nullptr : &*entry;
}

// One name at a time: our own override leaves the others alone, and a later one of Flyway's wins. Passed on to a
// callback, a secret is told by the value that it has in a file.
void take_placeholder(const Takeover& from, std::string_view written, const FlywayValue& value) {
    const std::string name = lower_ascii(written);
    const Node* own = own_placeholder(from, name);
    const std::string key = fmt::format("placeholders.{}", name);
    from.note(key, value, own);
    if (own) return;
    auto text = from.resolved(value);
    if (!text)  // a script that uses it is told so
        return from.environment.flyway.notes.push_back(
            fmt::format("{} is left out: {}", key, text.error().front().message));
    PlaceholderSetting& setting = from.environment.placeholders[name];
    const bool known_secret = setting.secret && setting.value == text->text;
    setting = {std::move(text->text), text->secret || known_secret, true};
}

}  // namespace

const FlywayValue* Takeover::of_environment(std::string_view key) const {
    return said(values, fmt::format("environments.{}.{}", name, key));
}

const FlywayValue* Takeover::find(std::string_view key) const {
    const std::string whole = fmt::format("flyway.{}", key);
    const FlywayValue* own = of_environment(whole);
    return own ? own : said(values, whole);
}

std::expected<Value, Errors> Takeover::resolved(const FlywayValue& value) const {
    if (value.texts.size() > 1)
        return std::unexpected(Errors{usage_error("a list where one text is wanted", "write one text in quotes")});
    if (value.verbatim) return Value{value.text(), value.secret, value.place};
    if (auto literal = escaped(value.text())) return Value{std::move(*literal), false, value.place};
    auto expanded = expand(value.text(), surroundings.variables, surroundings.offline ? Unset::left : Unset::refused);
    if (!expanded) return std::unexpected(std::move(expanded.error()));
    return Value{std::move(expanded->text), expanded->secret, value.place};
}

std::optional<Value> Takeover::text(const FlywayValue& value, std::string_view key) const {
    auto found = resolved(value);
    if (found) return std::move(*found);
    for (Error& error : found.error())
        reader.refuse(value.place, fmt::format("Flyway's {}: {}", key, error.message),
                      "write it into the environment's own file, or as ${env.NAME} and set that");
    return std::nullopt;
}

const Node* Takeover::ours(std::string_view section, std::string_view key) const {
    const Node* table = root.find(section);
    return table ? table->find(key) : nullptr;
}

void Takeover::note(std::string_view key, const FlywayValue& value, const Node* own) const {
    environment.flyway.notes.push_back(
        own ? fmt::format("{} of {} wins over Flyway's at {}", key, to_string(own->place), to_string(value.place))
            : fmt::format("{} from {}", key, to_string(value.place)));
}

void take_history(const Takeover& from) {
    const MigrationTool tool = from.environment.tool;
    if (tool != MigrationTool::unset && tool != MigrationTool::flyway && tool != MigrationTool::none) return;
    const auto take = [&](const FlywayValue* value, std::string_view key, std::string& into) {
        if (!value) return;
        const Node* own = from.ours("migrations", key);
        from.note(fmt::format("migrations.{}", key), *value, own);
        if (own) return;
        if (value->texts.size() > 1)
            into = value->text();  // the first of `schemas`
        else if (auto text = from.text(*value, key))
            into = std::move(text->text);
    };
    take(from.find("table"), "table", from.environment.table);
    const FlywayValue* schema = from.find("defaultSchema");
    take(schema ? schema : from.of_environment("schemas"), "schema", from.environment.schema);
}

void take_placeholders(const Takeover& from) {
    for (const auto& head :
         {std::string("flyway.placeholders."), fmt::format("environments.{}.flyway.placeholders.", from.name)})
        for (auto value = from.values.lower_bound(head); value != from.values.end() && value->first.starts_with(head);
             ++value)
            take_placeholder(from, value->first.substr(head.size()), value->second);
    PlaceholderForm& form = from.environment.placeholder_form;
    take_text(from, "placeholderPrefix", form.prefix);
    take_text(from, "placeholderSuffix", form.suffix);
    take_text(from, "placeholderSeparator", form.separator);
    if (const FlywayValue* replaced = from.find("placeholderReplacement")) form.replaced = replaced->text() != "false";
}

void take_migration_files(const Takeover& from) {
    FlywaySetting& setting = from.environment.flyway;
    take_list(from, "locations", setting.locations);
    take_list(from, "sqlMigrationSuffixes", setting.suffixes);
    take_text(from, "sqlMigrationPrefix", setting.prefix);
    take_text(from, "repeatableSqlMigrationPrefix", setting.repeatable_prefix);
    take_text(from, "baselineMigrationPrefix", setting.baseline_prefix);
    take_text(from, "sqlMigrationSeparator", setting.separator);
    take_text(from, "target", setting.target);
    if (const FlywayValue* order = from.find("outOfOrder")) setting.out_of_order = order->text() == "true";
}

}  // namespace roost::config
