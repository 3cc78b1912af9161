#include "core/script.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <utility>

#include "core/ascii.hpp"
#include "core/directives.hpp"
#include "core/nearest.hpp"
#include "core/placeholders.hpp"
#include "core/utf8.hpp"

namespace roost {

namespace discovery {
namespace {

constexpr std::array phases = {Phase::roles, Phase::memberships, Phase::data};
constexpr std::array events = {Event::afterMigrateApplied, Event::afterMigrate, Event::afterMigrateError};  // in order
constexpr std::string_view suffix = ".sql";
constexpr std::string_view known_events = "roost knows afterMigrate, afterMigrateApplied and afterMigrateError";

// What the path of a file says.
struct Found {
    std::string engine;
    Phase phase = Phase::roles;
    std::string environment;
    Event event = Event::afterMigrate;
    std::string description;
    std::string path;
};

std::vector<std::string> split_path(std::string_view path) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        parts.emplace_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

Error wrong(const std::string& path, std::string message, std::string advice) {
    return usage_error(std::move(message), std::move(advice), {.file = path});
}

class Reader {
public:
    Reader(std::string_view engine, std::string_view environment, const std::vector<std::string>& engines,
           const std::vector<std::string>& environments)
        : engine_(engine), environment_(environment), engines_(engines), environments_(environments) {}

    void read(const ScriptFile& file);
    std::expected<std::vector<Script>, Errors> result();

private:
    Result<Found> find(const std::string& path) const;
    std::optional<Error> folders(const std::string& path, const std::vector<std::string>& parts, Found& found) const;
    std::optional<Error> name(const std::string& path, std::string_view name, Found& found) const;
    std::optional<Error> twice(const Found& found) const;
    bool belongs(const Found& found) const;
    void add(const Found& found, std::string_view text);

    std::string_view engine_;
    std::string_view environment_;
    const std::vector<std::string>& engines_;
    const std::vector<std::string>& environments_;
    std::map<std::tuple<Phase, Event, std::string>, std::vector<Found>> names_;
    std::vector<Script> scripts_;
    Errors errors_;
};

void Reader::read(const ScriptFile& file) {
    if (is_ignored(std::string_view(file.path).substr(file.path.rfind('/') + 1))) return;
    auto found = find(file.path);
    if (!found) return errors_.push_back(std::move(found.error()));
    if (auto error = twice(*found)) errors_.push_back(std::move(*error));
    if (belongs(*found)) add(*found, file.text);
    names_[{found->phase, found->event, found->description}].push_back(std::move(*found));
}

Result<Found> Reader::find(const std::string& path) const {
    const std::vector<std::string> parts = split_path(path);
    Found found;
    found.path = path;
    if (auto error = folders(path, parts, found)) return fail(std::move(*error));
    if (auto error = name(path, parts.back(), found)) return fail(std::move(*error));
    return found;
}

// callbacks/<engine or any>/<phase>[/<environment>]/<name>
std::optional<Error> Reader::folders(const std::string& path, const std::vector<std::string>& parts,
                                     Found& found) const {
    const std::size_t depth = parts.size() - 1;
    if (depth > 1 && parts[1] != "any" && std::ranges::find(engines_, parts[1]) == engines_.end()) {
        return wrong(path, "there is no engine \"" + parts[1] + "\"", suggest(parts[1], engines_));
    }
    const auto phase =
        std::ranges::find_if(phases, [&](Phase known) { return depth > 2 && to_string(known) == parts[2]; });
    if (depth > 2 && phase == phases.end()) {
        const std::vector<std::string> known = {"roles", "memberships", "data"};
        return wrong(path, "there is no phase \"" + parts[2] + "\"", suggest(parts[2], known));
    }
    if (depth > 3 && std::ranges::find(environments_, parts[3]) == environments_.end()) {
        return wrong(path, "there is no environment \"" + parts[3] + "\"", suggest(parts[3], environments_));
    }
    if (depth < 3 || depth > 4) {
        return wrong(path, "a script in no folder that roost reads",
                     "scripts stand in callbacks/<engine or any>/<roles, memberships or data>[/<environment>]");
    }
    found.engine = parts[1];
    found.phase = *phase;
    if (depth == 4) found.environment = parts[3];
    return std::nullopt;
}

// <event>[__description].sql
std::optional<Error> Reader::name(const std::string& path, std::string_view name, Found& found) const {
    if (!lower_ascii(name).ends_with(suffix)) {
        return wrong(path, "a file that is no SQL callback", "name it <event>[__description].sql, or put it elsewhere");
    }
    const std::string_view stem = name.substr(0, name.size() - suffix.size());
    const std::size_t bar = stem.find("__");
    const std::string_view event_text = stem.substr(0, bar);
    const auto event = event_named(event_text);
    if (!event) {
        const auto meant = event_named(event_text.substr(0, event_text.find('_')));
        std::string advice(meant ? "put two underscores between event and description" : known_events);
        return wrong(path, "\"" + std::string(event_text) + "\" is no event that roost runs", std::move(advice));
    }
    found.event = *event;
    if (bar == std::string_view::npos) return std::nullopt;
    found.description = stem.substr(bar + 2);
    if (found.description.empty()) {
        return wrong(path, "a callback whose description is empty", "write something after __, or leave __ out");
    }
    std::ranges::replace(found.description, '_', ' ');
    return std::nullopt;
}

// Two scripts that some run would meet together may not share a name, else their order is open.
std::optional<Error> Reader::twice(const Found& found) const {
    const auto same_name = names_.find({found.phase, found.event, found.description});
    if (same_name == names_.end()) return std::nullopt;
    const auto meet = [&found](const Found& other) {
        const bool engine = found.engine == other.engine || found.engine == "any" || other.engine == "any";
        const bool common = found.environment.empty() || other.environment.empty();
        return engine && (common || found.environment == other.environment);
    };
    const auto other = std::ranges::find_if(same_name->second, meet);
    if (other == same_name->second.end()) return std::nullopt;
    return wrong(found.path, "the same name as " + other->path, "give it a description of its own");
}

bool Reader::belongs(const Found& found) const {
    return (found.engine == "any" || found.engine == engine_) &&
           (found.environment.empty() || found.environment == environment_);
}

void Reader::add(const Found& found, std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const Source source(found.path, std::string(text));
    const std::size_t bad = std::min(invalid_utf8(text).value_or(text.size()), text.find('\0'));
    if (bad < text.size()) {
        errors_.push_back(usage_error(text[bad] == '\0' ? "a NUL character" : "text that is not UTF-8",
                                      "save the file as UTF-8", source.place(bad)));
        return;
    }
    auto directives = read_directives(source, found.phase, environments_);
    if (!directives) {
        std::ranges::move(directives.error(), std::back_inserter(errors_));
        return;
    }
    scripts_.push_back({.phase = found.phase,
                        .event = found.event,
                        .description = found.description,
                        .path = found.path,
                        .text = std::string(text),
                        .directives = std::move(*directives)});
}

// Sorted bytewise it is in the order of UTF-16, Flyway's: there U+E000 to U+FFFF come last.
std::string in_order_of_utf16(std::string text) {
    for (char& c : text)
        if (c == '\xee' || c == '\xef') c = static_cast<char>(c + 0x10);
    return text;
}

std::expected<std::vector<Script>, Errors> Reader::result() {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    const auto order = [](const Script& script) {
        const auto event = std::ranges::find(events, script.event) - events.begin();
        return std::tuple(script.phase, event, in_order_of_utf16(script.description));
    };
    std::ranges::sort(scripts_, {}, order);
    return std::move(scripts_);
}

}  // namespace

}  // namespace discovery

bool is_ignored(std::string_view name) {
    return name.starts_with('.') || name == "README" || name.starts_with("README.") || name.ends_with(".md");
}

std::string_view to_string(Phase phase) {
    switch (phase) {
        case Phase::roles:
            return "roles";
        case Phase::memberships:
            return "memberships";
        case Phase::data:
            return "data";
    }
    std::unreachable();
}

std::string_view to_string(Event event) {
    switch (event) {
        case Event::afterMigrate:
            return "afterMigrate";
        case Event::afterMigrateApplied:
            return "afterMigrateApplied";
        case Event::afterMigrateError:
            return "afterMigrateError";
    }
    std::unreachable();
}

std::optional<Event> event_named(std::string_view name) {
    for (const Event event : discovery::events) {
        if (to_string(event) == name) return event;
    }
    return std::nullopt;
}

std::expected<std::vector<Script>, Errors> discover(const std::vector<ScriptFile>& files, std::string_view engine,
                                                    std::string_view environment,
                                                    const std::vector<std::string>& engines,
                                                    const std::vector<std::string>& environments) {
    discovery::Reader reader(engine, environment, engines, environments);
    for (const ScriptFile& file : files) reader.read(file);
    return reader.result();
}

bool runs_in(const Script& script, std::string_view environment) {
    const auto& names = script.directives.environments;
    if (names.empty()) return true;
    if (!names.front().starts_with('!')) return std::ranges::find(names, environment) != names.end();
    return std::ranges::none_of(names, [environment](std::string_view name) { return name.substr(1) == environment; });
}

}  // namespace roost
