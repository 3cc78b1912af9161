#include "app/migration_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "app/files.hpp"
#include "app/migrations.hpp"
#include "app/scripts.hpp"
#include "core/ascii.hpp"
#include "core/describe.hpp"
#include "core/findings.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

Naming naming_of(const FlywaySetting& flyway) {
    return {.prefix = flyway.prefix,
            .repeatable_prefix = flyway.repeatable_prefix,
            .baseline_prefix = flyway.baseline_prefix,
            .separator = flyway.separator,
            .suffixes = flyway.suffixes};
}

// As Flyway would see them in its own run.
Placeholders flyway_values(const World& world, const Loaded& loaded, const ServerFacts& facts) {
    Placeholders values = placeholder_values(world, loaded, facts);
    const std::string& name = loaded.environment.flyway.environment;
    values[flyway_placeholder(loaded.environment.placeholder_form, "environment")] = name.empty() ? "default" : name;
    return values;
}

// The files below a folder, as Flyway walks: it passes over folders whose names begin with a dot, that may not be read,
// or that are above themselves by a link.
class Walk {
public:
    explicit Walk(const fs::path& top) : top_(top) { enter(top); }

    std::vector<std::string> paths;  // below the top
    Errors errors;

private:
    void enter(const fs::path& folder) {
        std::error_code error;
        fs::path real = fs::canonical(folder, error);
        if (!error && std::ranges::find(above_, real) != above_.end()) return;
        above_.push_back(std::move(real));
        fs::directory_iterator it(folder, fs::directory_options::skip_permission_denied, error);
        for (; !error && it != fs::directory_iterator(); it.increment(error)) take(it->path());
        if (error)
            errors.push_back({.message = fmt::format("cannot be read: {}", error.message()),
                              .place = {.file = folder.generic_string()}});
        above_.pop_back();
    }

    void take(const fs::path& path) {
        std::error_code ignored;
        if (!fs::is_directory(path, ignored))
            paths.push_back(path.lexically_relative(top_).generic_string());
        else if (!path.filename().string().starts_with('.'))
            enter(path);
    }

    const fs::path& top_;
    std::vector<fs::path> above_;  // where we are: canonical
};

class Search {
public:
    Search(const Loaded& loaded, Naming naming) : root_(loaded.root), naming_(std::move(naming)) {}

    // Where a folder is given, and one above it too, Flyway looks at the one above alone.
    void look_in(const std::vector<std::string>& locations) {
        if (locations.empty()) pass_over("no locations are known");
        std::vector<Location> all;
        for (const std::string& text : locations) {
            const auto location = Location::parse(text);
            if (location)
                all.push_back(*location);
            else {
                pass_over(shown(text) + ": only folders are looked at");
                all_seen = false;
            }
        }
        for (const Location& location : all)
            if (std::ranges::none_of(all, [&](const Location& other) { return holds(other, location); }))
                look_in(location);
    }

    std::vector<MigrationFile> files;
    Findings passed_over;
    Errors errors;
    bool all_seen = true;  // no location was of a kind that is not looked at

private:
    static bool holds(const Location& outer, const Location& inner) {
        return outer.pattern.empty() && inner.root.starts_with(outer.root + "/");
    }

    void look_in(const Location& location) {
        const std::size_t before = files.size();
        const fs::path folder = root_ / location.root;
        std::error_code error;
        // An empty root is a pattern that no folder stands before: nothing, to Flyway.
        if (!location.root.empty() && fs::is_directory(folder, error)) {
            Walk walk(folder);
            std::ranges::move(walk.errors, std::back_inserter(errors));
            std::ranges::sort(walk.paths);
            for (const std::string& path : walk.paths) take(location, path);
        }
        if (files.size() == before)
            pass_over(location.root.empty()
                          ? "a location that begins with a pattern: Flyway finds nothing there: write ./ before it"
                          : shown(location.root) + ": Flyway finds no migration there");
    }

    void take(const Location& location, const std::string& path) {
        const auto script = location.script(path);
        if (!script) return;
        const std::string name = path.substr(path.find_last_of('/') + 1);
        const std::string shown_path = location.root + "/" + path;
        if (!seen_.insert(shown_path).second) return;
        if (is_misnamed(name, naming_))
            passed_over.push_back(finding(
                "migration-misnamed", Severity::warning,
                {.message = "Flyway passes over this file: it is not named as a migration",
                 .advice = fmt::format("name it {}VERSION{}DESCRIPTION or {}{}DESCRIPTION, or move it away",
                                       naming_.prefix, naming_.separator, naming_.repeatable_prefix, naming_.separator),
                 .place = {.file = shown_path}}));
        if (!migration_name(name, naming_)) return;
        auto text = contents(root_ / shown_path, shown_path);
        if (!text) return errors.push_back(std::move(text.error()));
        files.push_back({.path = shown_path, .script = *script, .text = std::move(*text)});
    }

    void pass_over(std::string message) {
        passed_over.push_back(
            finding("location-empty", Severity::note,
                    {.message = std::move(message), .advice = "flyway.locations says where migrations are"}));
    }

    const fs::path root_;
    const Naming naming_;
    std::set<std::string> seen_;
};

std::string named(const MigrationRow& row) {
    return row.version.empty() ? harmless(row.file) : fmt::format("{} ({})", row.version, harmless(row.file));
}

Finding changed(const MigrationRow& row) {
    std::vector<std::string> how;
    if (has_other_checksum(row))
        how.push_back(fmt::format("its checksum is {}, the history has {}", *row.file_checksum,
                                  row.checksum ? std::to_string(*row.checksum) : "none"));
    if (has_other_description(row))
        how.push_back(fmt::format("its description is {}, the history has {}", shown(row.file_description),
                                  shown(row.description)));
    return finding(
        "migration-changed", Severity::warning,
        {.message = fmt::format("migration {} is not what was applied: {}", row.version, fmt::join(how, "; ")),
         .advice = "put it back as it was, or run `flyway repair` where it does the same",
         .place = {.file = row.file}});
}

Finding ignored(const MigrationRow& row) {
    return finding("migration-ignored", Severity::warning,
                   {.message = fmt::format("migration {} will not run: a later one has run", row.version),
                    .advice = "give it a higher version, or run `flyway migrate -outOfOrder=true`",
                    .place = {.file = row.file}});
}

Finding missing(const MigrationRow& row) {
    return finding("migration-missing", Severity::warning,
                   {.message = fmt::format("migration {} is applied and its file is gone",
                                           row.version.empty() ? harmless(row.script) : row.version),
                    .advice = "put it back, or run `flyway repair` where it is meant to be gone",
                    .place = {.file = row.script}});
}

// "5", "5?" (no error where there is none), "current", "latest", "next". An error for what is no version.
Result<InfoOptions> options_of(const FlywaySetting& flyway) {
    InfoOptions options{.out_of_order = flyway.out_of_order};
    const std::string target = lower_ascii(flyway.target);
    options.to_current = target == "current";
    if (target.empty() || target == "latest" || target == "next" || target == "current") return options;
    auto version = Version::parse(target.substr(0, target.find_last_not_of('?') + 1));
    if (!version)
        return fail(usage_error(fmt::format("Flyway's target: {}", version.error().message), version.error().advice));
    options.target = std::move(*version);
    return options;
}

void drop_locations(Findings& findings) {
    std::erase_if(findings, [](const Finding& each) { return each.code == "location-empty"; });
}

}  // namespace

std::expected<MigrationInfo, Errors> migration_info(const World& world, const Loaded& loaded, const Session& session,
                                                    const History& history) {
    const FlywaySetting& flyway = loaded.environment.flyway;
    Search search(loaded, naming_of(flyway));
    search.look_in(flyway.locations);
    if (!search.errors.empty()) return std::unexpected(std::move(search.errors));
    auto files = resolve(search.files, naming_of(flyway), flyway_values(world, loaded, session.facts()),
                         loaded.environment.placeholder_form);
    if (!files) return std::unexpected(std::move(files.error()));
    const auto options = options_of(flyway);
    if (!options) return fail_alone(options.error());
    auto rows = info(*files, history.rows, *options);
    if (!rows) return fail_alone(std::move(rows.error()));
    return MigrationInfo{.rows = std::move(*rows),
                         .passed_over = std::move(search.passed_over),
                         .has_files = !search.files.empty(),
                         .all_seen = search.all_seen};
}

Findings migration_findings(const MigrationInfo& all) {
    Findings findings;
    std::vector<const MigrationRow*> pending;
    for (const MigrationRow& row : all.rows) {
        if (is_pending(row)) pending.push_back(&row);
        if (has_other_checksum(row) || has_other_description(row)) findings.push_back(changed(row));
        if (all.has_files && all.all_seen && is_missing(row)) findings.push_back(missing(row));
        if (is_ignored(row)) findings.push_back(ignored(row));
    }
    if (!pending.empty())
        findings.push_back(
            finding("migrations-pending", Severity::note,
                    {.message = fmt::format("Flyway has yet to run {}",
                                            first_of(pending, [](const MigrationRow* row) { return named(*row); })),
                     .advice = "run `flyway migrate` first"}));
    return findings;
}

void note_migrations(Prepared& prepared, const World& world, const Loaded& loaded, const Session& session) {
    const FlywaySetting& flyway = loaded.environment.flyway;
    // What calls us has just settled it.
    if (!is_flyways(loaded.environment) || flyway.called || flyway.locations.empty()) return;
    auto all = migration_info(world, loaded, session, prepared.history);
    const auto add = [&](Findings findings) { std::ranges::move(findings, std::back_inserter(prepared.findings)); };
    if (!all) {
        for (Error& error : all.error()) add({finding("migration-unread", Severity::warning, std::move(error))});
        return;
    }
    if (!all->has_files) return;
    drop_locations(all->passed_over);
    add(std::move(all->passed_over));
    add(migration_findings(*all));
}

}  // namespace roost
