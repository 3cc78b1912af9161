#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "app/commands.hpp"
#include "app/flyway_callbacks.hpp"
#include "app/flyway_files.hpp"
#include "core/describe.hpp"
#include "core/nearest.hpp"
#include "history/files.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

struct Template {
    std::string path;
    std::string text;
};

// Where Flyway calls roost, it says where the database is.
std::string database_lines(const Driver& driver, bool flyway) {
    if (!flyway) return fmt::format("[database]\n{}", driver.sample_database);
    return "# [database] is Flyway's: flyway.toml has it, or Flyway says it when it calls roost.\n";
}

std::vector<Template> project_templates(const Driver& driver, const std::string& project, bool flyway,
                                        const std::string& environment) {
    const std::string_view engine = driver.info.name;
    return {
        {"roost.toml",
         fmt::format(R"(# Roles and toggles: the same in every environment. Every key: docs/configuration.md
[project]
name = "{}"

# [roles.hr]
# description = "the HR department"

# [toggles.new_payroll]
# role = "guineapigs"            # default: the toggle's own name
# description = "the new payroll run"
# owner = "payroll team"
)",
                     project)},
        {fmt::format("environments/{}.toml", environment),
         fmt::format(R"(# Where, who, how far: one file per environment.
{}
# [memberships]                  # role -> its whole direct membership; a role not listed is left alone
# hr = ["alice", "bob"]

# [toggles.new_payroll]
# on = ["hr"]                    # [] is off

[policy]
protected = false
)",
                     database_lines(driver, flyway))},
        {fmt::format("callbacks/{}/roles/afterMigrate__010_roles.sql", engine),
         fmt::format(
             "-- Role definitions that roost.toml has no words for: rights, attributes. Runs after every migration,\n"
             "-- so it must be safe to run again.\n{}",
             driver.sample_roles)},
        {fmt::format("callbacks/{}/memberships/{}/afterMigrate__010_memberships.sql", engine, environment),
         "-- Memberships of this environment that are better written as SQL; those in its TOML file need no script.\n"},
        {fmt::format("callbacks/{}/data/{}/afterMigrate__010_data.sql", engine, environment),
         "-- Data that depends on the environment. Runs after every migration, so it must be safe to run again.\n"},
    };
}

bool is_below(const fs::path& folder, const fs::path& root) {
    const fs::path relative = (root / folder).lexically_normal().lexically_relative(root);
    return !relative.empty() && *relative.begin() != "..";
}

// The first folder that Flyway looks into. A callback finds the project from where it stands.
Result<std::string> flyway_folder(const InitOptions& options, const FlywayHints& hints, const fs::path& root) {
    std::string folder = options.flyway_folder;
    for (const std::string& text : hints.locations)
        if (const auto location = Location::parse(text); folder.empty() && location && location->pattern.empty())
            folder = location->root;
    if (folder.empty() && hints.any_file)
        return fail(usage_error("Flyway is told no folder in which it looks for callbacks",
                                "give one, as `roost init --flyway sql`, and name it in flyway.locations"));
    if (folder.empty()) folder = "sql";
    if (is_below(folder, root)) return folder;
    return fail(usage_error(
        fmt::format("{} is not below the project's folder, and a callback there would not find it", shown(folder)),
        "give a folder of the project's, and name it in flyway.locations too"));
}

// Unsaid, it is the one of Flyway's database.
Result<const Driver*> engine_of(const std::string& given, const FlywayHints& hints) {
    for (const Driver* driver : drivers())
        if (given.empty() && driver->takes(hints.url)) return driver;
    const std::string name = given.empty() ? std::string(embedded_engine()) : given;
    if (const Driver* driver = driver_named(name)) return driver;
    const auto known = engine_names();
    const auto near = nearest(name, known);
    return fail(usage_error(
        fmt::format("there is no engine '{}' in this version", name),
        near ? fmt::format("did you mean {}?", *near) : fmt::format("known are: {}", fmt::join(known, ", "))));
}

Result<void> write(const fs::path& root, const Template& file) {
    const fs::path path = root / file.path;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream out(path, std::ios::binary);
    out << file.text;
    out.close();
    if (!out)
        return fail({.message = fmt::format("cannot write {}", path.string()), .advice = "check the folder's rights"});
    return {};
}

bool takes_quotes(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7F; }

Result<std::string> project_name(const InitOptions& options, const fs::path& root) {
    const fs::path folder = root.filename().empty() ? root.parent_path() : root;
    std::string name = options.name.empty() ? folder.filename().string() : options.name;
    if (!name.empty() && std::ranges::all_of(name, takes_quotes)) return name;
    return fail(usage_error(fmt::format("{} cannot be a project's name", shown(name)),
                            "give one with --name, without quotes and control characters"));
}

// With --flyway, a project that is there stays as it is.
Result<std::vector<Template>> files_of(const InitOptions& options, const FlywayHints& hints, const Driver& driver,
                                       const fs::path& root) {
    std::error_code ignored;
    std::vector<Template> files;
    if (!options.flyway || !fs::exists(root / "roost.toml", ignored)) {
        const auto name = project_name(options, root);
        if (!name) return fail(name.error());
        files = project_templates(driver, *name, options.flyway, hints.environment.empty() ? "dev" : hints.environment);
    }
    if (!options.flyway) return files;
    const auto folder = flyway_folder(options, hints, root);
    if (!folder) return fail(folder.error());
    for (const CallbackScript& script : flyway_callbacks(options.powershell))
        files.push_back({(fs::path(*folder) / script.name).lexically_normal().string(), std::string(script.text)});
    return files;
}

std::string next_step(const InitOptions& options) {
    if (options.flyway)
        return "next: say who and what in environments/NAME.toml, as Flyway calls its environment, or set "
               "ROOST_ENVIRONMENT; then run `flyway migrate`";
    return "next: set [database] in environments/dev.toml, declare a toggle in roost.toml, then run `roost plan -e "
           "dev`";
}

}  // namespace

Report init(const World& world, const InitOptions& options) {
    Report report{.command = "init"};
    const fs::path root = fs::absolute(options.directory).lexically_normal();
    auto files_of_flyway =
        options.flyway ? flyway_files(root, world.directory, world.variables, {}) : std::vector<File>();
    const auto hints = files_of_flyway ? flyway_hints(*files_of_flyway, world.variables)
                                       : std::unexpected(std::move(files_of_flyway.error()));
    if (!hints) return failed(std::move(report), hints.error());
    const auto driver = engine_of(options.engine, *hints);
    if (!driver) return failed(std::move(report), {driver.error()});
    if (options.grants) {
        report.body = InitBody{.written = {}, .text = std::string((*driver)->grants)};
        return report;
    }
    const auto files = files_of(options, *hints, **driver, root);
    if (!files) return failed(std::move(report), {files.error()});
    std::error_code ignored;
    for (const Template& file : *files)
        if (fs::exists(root / file.path, ignored))
            return failed(std::move(report), {usage_error(fmt::format("{} is there already", file.path),
                                                          "init writes only where nothing is; nothing was written")});
    InitBody body;
    for (const Template& file : *files) {
        if (auto written = write(root, file); !written) return failed(std::move(report), {std::move(written.error())});
        body.written.push_back(file.path);
    }
    body.next = next_step(options);
    report.body = std::move(body);
    return report;
}

}  // namespace roost
