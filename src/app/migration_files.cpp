#include "app/migration_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/files.hpp"
#include "app/migrations.hpp"
#include "app/scripts.hpp"
#include "core/describe.hpp"
#include "core/findings.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

Naming naming_of(const FlywaySetting& flyway) {
    return {.prefix = flyway.prefix,
            .repeatable_prefix = flyway.repeatable_prefix,
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

// Paths below the folder, in order. As Flyway does, it passes over folders whose names begin with a dot, or that may
// not be read.
std::vector<std::string> files_below(const fs::path& folder) {
    std::vector<std::string> paths;
    std::error_code error;
    constexpr auto how =
        fs::directory_options::follow_directory_symlink | fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator it(folder, how, error), end; !error && it != end; it.increment(error)) {
        std::error_code ignored;
        if (!it->is_directory(ignored))
            paths.push_back(it->path().lexically_relative(folder).generic_string());
        else if (it->path().filename().string().starts_with('.'))
            it.disable_recursion_pending();
    }
    std::ranges::sort(paths);
    return paths;
}

class Search {
public:
    Search(const Loaded& loaded, Naming naming) : root_(loaded.root), naming_(std::move(naming)) {}

    // Where a folder is given, and one above it too, Flyway looks at the one above alone.
    void look_in(const std::vector<std::string>& locations) {
        std::vector<Location> all;
        for (const std::string& text : locations) {
            const auto location = Location::parse(text);
            if (location)
                all.push_back(*location);
            else
                pass_over(text, "only folders are looked at");
        }
        for (const Location& location : all)
            if (std::ranges::none_of(all, [&](const Location& other) { return holds(other, location); }))
                look_in(location);
    }

    std::vector<MigrationFile> files;
    Findings passed_over;
    Errors errors;

private:
    static bool holds(const Location& outer, const Location& inner) {
        return outer.pattern.empty() && inner.root.starts_with(outer.root + "/");
    }

    void look_in(const Location& location) {
        const std::size_t before = files.size();
        const fs::path folder = root_ / location.root;
        std::error_code error;
        // An empty root is a pattern that no folder stands before: nothing, to Flyway.
        if (!location.root.empty() && fs::is_directory(folder, error))
            for (const std::string& path : files_below(folder)) take(location, path);
        if (files.size() == before)
            pass_over(location.root.empty() ? "a location that begins with a pattern" : location.root,
                      location.root.empty() ? "Flyway finds nothing there: write ./ before it"
                                            : "Flyway finds no migration there");
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

    void pass_over(const std::string& location, const std::string& why) {
        passed_over.push_back(finding("location-empty", Severity::note,
                                      {.message = fmt::format("{}: {}", shown(location), why),
                                       .advice = "flyway.locations says where migrations are"}));
    }

    const fs::path root_;
    const Naming naming_;
    std::set<std::string> seen_;
};

std::string named(const MigrationRow& row) {
    return row.version.empty() ? harmless(row.file) : fmt::format("{} ({})", row.version, harmless(row.file));
}

Finding changed(const MigrationRow& row) {
    return finding(
        "migration-changed", Severity::warning,
        {.message = fmt::format("migration {} is not what was applied: its checksum is {}, the history has {}",
                                row.version, *row.file_checksum, row.checksum.value_or(0)),
         .advice = "put it back as it was, or run `flyway repair` where it does the same",
         .place = {.file = row.file}});
}

Finding ignored(const MigrationRow& row) {
    return finding("migration-ignored", Severity::warning,
                   {.message = fmt::format("migration {} will not run: a later one has run", row.version),
                    .advice = "give it a higher version, or run `flyway migrate -outOfOrder=true`",
                    .place = {.file = row.file}});
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
    auto rows = info(*files, history.rows, {.out_of_order = flyway.out_of_order});
    if (!rows) return fail_alone(std::move(rows.error()));
    return MigrationInfo{
        .rows = std::move(*rows), .passed_over = std::move(search.passed_over), .has_files = !search.files.empty()};
}

Findings migration_findings(const std::vector<MigrationRow>& rows) {
    Findings findings;
    std::vector<const MigrationRow*> pending;
    for (const MigrationRow& row : rows) {
        if (is_pending(row)) pending.push_back(&row);
        if (is_changed(row)) findings.push_back(changed(row));
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
    if (!is_flyways(loaded.environment)) return;
    auto all = migration_info(world, loaded, session, prepared.history);
    const auto add = [&](Findings findings) { std::ranges::move(findings, std::back_inserter(prepared.findings)); };
    if (!all) {
        for (Error& error : all.error()) add({finding("migration-unread", Severity::warning, std::move(error))});
        return;
    }
    if (!all->has_files) return;
    drop_locations(all->passed_over);
    add(std::move(all->passed_over));
    add(migration_findings(all->rows));
}

}  // namespace roost
