// The migrations that Flyway finds in its locations: by the names of files, and what they hold. What it does was seen
// on Flyway 11.8.2; tests/flyway/info.py compares.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/placeholders.hpp"
#include "core/version.hpp"

namespace roost {

struct Naming {
    std::string prefix = "V";
    std::string repeatable_prefix = "R";
    std::string baseline_prefix = "B";
    std::string separator = "__";
    std::vector<std::string> suffixes = {".sql"};
};

struct MigrationName {
    std::optional<Version> version;  // nullopt: a repeatable
    std::string description;
    std::string type;  // SQL, SQL_BASELINE, SCRIPT
};
// Of a file without its folder. nullopt: Flyway takes it for no migration.
std::optional<MigrationName> migration_name(std::string_view file, const Naming& naming);
// Whether it begins and ends as a migration does: one that is not named as one is passed over by Flyway.
bool is_misnamed(std::string_view file, const Naming& naming);

// A place where Flyway looks for migrations, such as "filesystem:sql" or "filesystem:modules/*/sql".
struct Location {
    std::string root;                  // the folder to walk through; what follows is of the path below it
    std::vector<std::string> pattern;  // with "**", "*" and "?"; empty: everything

    // Without a prefix it is a folder too. nullopt: none of the file system's, such as "classpath:db/migration".
    static std::optional<Location> parse(std::string_view text);
    // What Flyway calls the file at `path`, which is below the root; nullopt: it is not in this location.
    std::optional<std::string> script(std::string_view path) const;
};

struct MigrationFile {
    std::string path;    // as shown to the user
    std::string script;  // as Location::script has it
    std::string text;
};
struct Resolved {
    MigrationName name;
    std::string script;
    std::string path;
    std::int32_t checksum = 0;
};
// The migrations of these files, which all are named as such; versions ascending, repeatables behind. `values` are put
// into repeatables before they are hashed. Errors, all of them: text that is not UTF-8, a placeholder without a value,
// two migrations of one version or one description.
std::expected<std::vector<Resolved>, Errors> resolve(const std::vector<MigrationFile>& files, const Naming& naming,
                                                     const Placeholders& values, const PlaceholderForm& form = {});

}  // namespace roost
