#include "app/render_scripts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ranges>

#include "app/scripts.hpp"

namespace roost {
namespace {

// What the rendered text says as its user wrote it, for Flyway to put in: its own, what it is told, and what is secret.
Placeholders left_to_flyway(const World& world, const Loaded& loaded) {
    const PlaceholderForm& form = loaded.environment.placeholder_form;
    const auto written = [&](std::string_view name) { return fmt::format("{}{}{}", form.prefix, name, form.suffix); };
    Placeholders left;
    for (const auto& [name, value] : flyways_own(world, loaded, {}))
        left[flyway_placeholder(form, name)] = written(fmt::format("flyway{}{}", form.separator, name));
    for (const auto& [name, placeholder] : loaded.environment.placeholders)
        if (placeholder.secret || placeholder.flyways) left[name] = written(name);
    return left;
}

Placeholders public_placeholders(Placeholders values, const Environment& environment) {
    for (const auto& [name, placeholder] : environment.placeholders)
        if (!placeholder.secret && !placeholder.flyways) values[name] = placeholder.value;
    return values;
}

class ScriptReader {
public:
    ScriptReader(const World& world, const Loaded& loaded)
        : loaded_(loaded),
          form_(loaded.environment.placeholder_form),
          left_(left_to_flyway(world, loaded)),
          values_(public_placeholders(left_, loaded.environment)) {}

    void read(const Script& script) {
        RenderedScript rendered{.script = &script, .text = {}};
        const std::size_t wrong = errors.size();
        check_directives(script);
        auto source = substitute(script.path, script.text, values_, form_);
        if (!source) return errors.push_back(std::move(source.error()));
        check_counts(*source);
        const auto left = left_in(*source, names_of(left_), form_);
        if (!left) std::ranges::copy(left.error(), std::back_inserter(errors));
        if (errors.size() != wrong) return;
        rendered.text = source->text();
        for (const std::string& name : *left)
            if (must_be_given(name)) rendered.given.insert(name);
        found.push_back(std::move(rendered));
    }

    std::vector<RenderedScript> found;
    Errors errors;

private:
    // Flyway is not told it: it has to be.
    bool must_be_given(const std::string& name) const {
        const auto known = loaded_.environment.placeholders.find(name);
        return known != loaded_.environment.placeholders.end() && !known->second.flyways;
    }

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

    void check_counts(const Source& source) {
        Splitter splitter(source, loaded_.driver->info.split);
        while (const auto slice = splitter.next()) {
            if (!*slice) return errors.push_back(slice->error());
            if ((*slice)->times != 1)
                refuse("a batch that is to run more than once cannot be rendered: Flyway would run it once",
                       "write a loop", source.place((*slice)->begin));
        }
    }

    static std::set<std::string> names_of(const Placeholders& placeholders) {
        const auto names = std::views::keys(placeholders);
        return {names.begin(), names.end()};
    }

    const Loaded& loaded_;
    const PlaceholderForm& form_;
    const Placeholders left_;
    const Placeholders values_;
};

}  // namespace

std::expected<std::vector<RenderedScript>, Errors> rendered_scripts(const World& world, const Loaded& loaded) {
    ScriptReader reader(world, loaded);
    for (const Script& script : loaded.scripts)
        if (runs_in(script, loaded.environment.name)) reader.read(script);
    if (!reader.errors.empty()) return std::unexpected(std::move(reader.errors));
    return std::move(reader.found);
}

}  // namespace roost
