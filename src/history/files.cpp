#include "history/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/ascii.hpp"
#include "core/checksum.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

Place place_in(const MigrationFile& file, std::size_t offset) {
    const auto before = std::string_view(file.text).substr(0, offset);
    return {.file = file.path, .line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1)};
}

// As Flyway hashes it: two "$" stay as they are, and so does what follows them. Unlike substitute(), which makes
// `${name}` of `$${name}`.
Result<std::string> replaced(const MigrationFile& file, const Placeholders& values, const PlaceholderForm& form) {
    const std::string_view text = file.text;
    if (!form.replaced) return file.text;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        if (!rest.starts_with(form.prefix)) {
            const std::size_t length = rest.starts_with("$$") ? 2 : 1;
            out += rest.substr(0, length);
            at += length;
            continue;
        }
        const std::string_view inside = rest.substr(form.prefix.size());
        const std::string_view name = inside.substr(0, inside.find(form.suffix));
        const auto value = values.find(lower_ascii(name));
        if (value == values.end())
            return fail(usage_error(fmt::format("there is no value for the placeholder {}{}{}", form.prefix,
                                                name.substr(0, 60), form.suffix),
                                    "set it under [placeholders], or in flyway.toml", place_in(file, at)));
        out += value->second;
        at += form.prefix.size() + name.size() + form.suffix.size();
    }
    return out;
}

Result<Resolved> resolved(const MigrationFile& file, const Naming& naming, const Placeholders& values,
                          const PlaceholderForm& form) {
    if (const auto offset = invalid_utf8(file.text))
        return fail(usage_error("the migration is not UTF-8", "save it as UTF-8: its checksum cannot be told otherwise",
                                place_in(file, *offset)));
    const std::string_view path = file.path;
    const auto name = migration_name(path.substr(path.find_last_of('/') + 1), naming);
    Resolved migration{.name = name.value_or(MigrationName{}), .script = file.script, .path = file.path};
    const bool has_values = !migration.name.version && migration.name.type == "SQL";
    auto text = has_values ? replaced(file, values, form) : file.text;
    if (!text) return fail(std::move(text.error()));
    migration.checksum = static_cast<std::int32_t>(flyway_checksum(*text));
    return migration;
}

// A baseline migration may have the version of another.
auto subject(const Resolved& migration) {
    const MigrationName& name = migration.name;
    return std::tuple(!name.version, name.version, name.version ? std::string() : name.description,
                      name.type == "SQL_BASELINE");
}

Error twice(const Resolved& first, const Resolved& second) {
    const auto& version = second.name.version;
    return usage_error(version
                           ? fmt::format("version {} is that of {} too", version->text(), first.path)
                           : fmt::format("\"{}\" is the description of {} too", second.name.description, first.path),
                       fmt::format("Flyway runs nothing while it is so: give one of them another {}, or take it away",
                                   version ? "version" : "description"),
                       {.file = second.path});
}

}  // namespace

std::expected<std::vector<Resolved>, Errors> resolve(const std::vector<MigrationFile>& files, const Naming& naming,
                                                     const Placeholders& values, const PlaceholderForm& form) {
    std::vector<Resolved> migrations;
    Errors errors;
    Placeholders all = values;
    for (const MigrationFile& file : files) {
        all[flyway_placeholder(form, "filename")] = file.path.substr(file.path.find_last_of('/') + 1);
        auto migration = resolved(file, naming, all, form);
        if (migration)
            migrations.push_back(std::move(*migration));
        else
            errors.push_back(std::move(migration.error()));
    }
    std::ranges::stable_sort(migrations, {}, subject);
    for (std::size_t i = 1; i < migrations.size(); ++i)
        if (subject(migrations[i - 1]) == subject(migrations[i]))
            errors.push_back(twice(migrations[i - 1], migrations[i]));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return migrations;
}

}  // namespace roost
