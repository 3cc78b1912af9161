#include "app/render_scripts.hpp"

#include <fmt/format.h>

#include "app/render_sql.hpp"
#include "core/ascii.hpp"

namespace roost {
namespace {

constexpr std::string_view flyways_own[] = {"defaultSchema",    "user",  "database",   "timestamp", "filename",
                                            "workingDirectory", "table", "environment"};

// What is not secret by its value, all else by itself.
Placeholders public_placeholders(const Environment& environment) {
    Placeholders values;
    for (const std::string_view name : flyways_own)
        values["flyway:" + lower_ascii(name)] = fmt::format("${{flyway:{}}}", name);
    for (const auto& [name, placeholder] : environment.placeholders)
        values[name] = placeholder.secret ? fmt::format("${{{}}}", name) : placeholder.value;
    return values;
}

std::string as_placeholder(std::string_view name) { return fmt::format("${{{}}}", name); }

class ScriptReader {
public:
    explicit ScriptReader(const Loaded& loaded) : loaded_(loaded), values_(public_placeholders(loaded.environment)) {}

    void read(const Script& script) {
        RenderedScript rendered{.script = &script, .text = {}};
        const std::size_t wrong = errors.size();
        check_directives(script);
        check_literals(script);
        auto source = substitute(script.path, script.text, values_);
        if (!source) return errors.push_back(std::move(source.error()));
        check_counts(*source);
        if (errors.size() != wrong) return;
        rendered.text = source->text();
        for (const auto& [name, placeholder] : loaded_.environment.placeholders)
            if (placeholder.secret && rendered.text.contains(as_placeholder(name))) rendered.given.insert(name);
        found.push_back(std::move(rendered));
    }

    std::vector<RenderedScript> found;
    Errors errors;

private:
    void refuse(std::string message, std::string advice, Place place) {
        errors.push_back(usage_error(std::move(message), std::move(advice), std::move(place)));
    }

    void check_directives(const Script& script) {
        if (script.directives.needs)
            refuse(fmt::format("requires = \"{}\" cannot be rendered: Flyway runs a callback whatever the version is",
                               *script.directives.needs),
                   "put the condition into the SQL, or use `roost apply`", {.file = script.path});
        if (!script.directives.transaction)
            refuse("transaction = off cannot be rendered: Flyway decides by itself what it runs in a transaction",
                   "leave the script to Flyway, with executeInTransaction=false in a .conf file beside it",
                   {.file = script.path});
    }

    // What is a literal ${ here Flyway would take for a placeholder.
    void check_literals(const Script& script) {
        const Source written(script.path, script.text);
        if (const auto at = script.text.find("$${"); at != std::string::npos)
            refuse("a literal ${ cannot be rendered: Flyway would take it for a placeholder",
                   "put the text together otherwise", written.place(at));
        const std::string text = lower_ascii(script.text);
        for (const auto& [name, placeholder] : loaded_.environment.placeholders)
            if (const auto at = text.find(as_placeholder(name));
                at != std::string::npos && !placeholder.secret && holds_placeholder(placeholder.value))
                refuse(
                    fmt::format("the value of the placeholder {} holds ${{, which Flyway would take for another", name),
                    "take another value, or use `roost apply`", written.place(at));
    }

    void check_counts(const Source& source) {
        Splitter splitter(source, loaded_.driver->info.split);
        while (const auto slice = splitter.next()) {
            if (!*slice) return errors.push_back(slice->error());
            if ((*slice)->times != 1)
                refuse("a batch that is to run more than once cannot be rendered: Flyway would run it once",
                       "write a loop", source.place((*slice)->begin));
        }
    }

    const Loaded& loaded_;
    const Placeholders values_;
};

}  // namespace

std::expected<std::vector<RenderedScript>, Errors> rendered_scripts(const Loaded& loaded) {
    ScriptReader reader(loaded);
    for (const Script& script : loaded.scripts)
        if (runs_in(script, loaded.environment.name)) reader.read(script);
    if (!reader.errors.empty()) return std::unexpected(std::move(reader.errors));
    return std::move(reader.found);
}

}  // namespace roost
