#include "app/load.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/files.hpp"
#include "app/flyway_files.hpp"
#include "core/nearest.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

Result<fs::path> find_root(const fs::path& directory) {
    if (const auto folder = project_folder(directory)) return *folder;
    return fail(usage_error(fmt::format("there is no roost.toml in {} nor above it", directory.string()),
                            "run `roost init` to lay one out, or give the folder with -C"));
}

Result<File> environment_file(const fs::path& root, const std::string& name, const std::vector<std::string>& known) {
    if (name.empty())
        return fail(
            usage_error("no environment was given", fmt::format("say which with -e: {}", fmt::join(known, ", "))));
    if (!std::ranges::binary_search(known, name)) {
        const auto near = nearest(name, known);
        return fail(usage_error(fmt::format("there is no environments/{}.toml", name),
                                near            ? fmt::format("did you mean {}?", *near)
                                : known.empty() ? std::string("write one; docs/configuration.md shows how")
                                                : fmt::format("known are: {}", fmt::join(known, ", "))));
    }
    File file{.path = fmt::format("environments/{}.toml", name), .text = {}};
    auto text = contents(root / file.path, file.path);
    if (!text) return fail(std::move(text.error()));
    file.text = std::move(*text);
    return file;
}

std::expected<std::vector<ScriptFile>, Errors> script_files(const fs::path& root) {
    std::vector<ScriptFile> files;
    std::error_code error;
    if (!fs::exists(root / "callbacks", error)) return files;
    Errors errors;
    for (fs::recursive_directory_iterator
             it(root / "callbacks", fs::directory_options::follow_directory_symlink, error),
         end;
         !error && it != end; it.increment(error)) {
        if (it->is_directory(error) || is_ignored(it->path().filename().string())) continue;
        ScriptFile file{.path = it->path().lexically_relative(root).generic_string(), .text = {}};
        auto text = contents(it->path(), file.path);
        if (!text) {
            errors.push_back(std::move(text.error()));
            continue;
        }
        file.text = std::move(*text);
        files.push_back(std::move(file));
    }
    if (error)
        errors.push_back(
            usage_error(fmt::format("callbacks cannot be read: {}", error.message()), "check the folder's rights"));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    std::ranges::sort(files, {}, &ScriptFile::path);
    return files;
}

Result<const Driver*> driver_of(const Environment& environment) {
    if (!environment.engine.empty()) return driver_named(environment.engine);
    const auto all = drivers();
    const auto found =
        std::ranges::find_if(all, [&](const Driver* driver) { return driver->takes(environment.url.reveal()); });
    if (found != all.end()) return *found;
    if (environment.url.reveal().starts_with("${env."))  // left as it is written where nothing is to connect
        return fail(usage_error("the variable that holds the url is not set", "set it: the url tells the engine",
                                environment.database_place));
    return fail({.kind = ErrorKind::usage,
                 .message = "no engine of this version takes the url",
                 .advice = fmt::format("it starts with jdbc: and one of {}", fmt::join(engine_names(), ", ")),
                 .place = environment.database_place});
}

Surroundings surroundings(const World& world, const fs::path& root, Use use) {
    return {
        .variables = world.variables,
        .read_file = [root](const std::string& path) { return contents(root / path, path); },
        .run = world.run,
        .engines = engine_names(),
        .offline = use == Use::offline,
        .flyway_files =
            [&world, root](const auto& named) { return flyway_files(root, world.directory, world.variables, named); }};
}

Redactor redactor_of(const Environment& environment) {
    Redactor redact;
    redact.add(environment.password);
    for (const auto& [name, placeholder] : environment.placeholders)
        if (placeholder.secret) redact.add(Secret(placeholder.value));
    return redact;
}

// What Flyway gives the JDBC driver besides the URL.
Result<void> add_properties(Environment& environment, const Driver& driver) {
    for (const auto& [name, value] : environment.flyway.properties) {
        auto url = driver.with_property ? driver.with_property(environment.url.reveal(), name, value.reveal())
                                        : fail(usage_error("this engine's driver takes none", "leave them out"));
        if (!url) {
            url.error().message = fmt::format("Flyway's jdbcProperties.{}: {}", name, url.error().message);
            url.error().place = environment.database_place;
            return fail(std::move(url.error()));
        }
        environment.url = Secret(std::move(*url));
    }
    return {};
}

Target target_of(const World& world, const Loaded& loaded) {
    const Environment& environment = loaded.environment;
    return {.url = environment.url,
            .odbc = environment.odbc,
            .user = environment.user,
            .password = environment.password,
            .lock_database = environment.lock_database,
            .directory = (environment.flyway.gave_url ? world.directory : loaded.root).string(),
            .application = "roost"};
}

}  // namespace

std::optional<fs::path> project_folder(const fs::path& directory) {
    std::error_code ignored;
    for (fs::path folder = fs::absolute(directory);; folder = folder.parent_path()) {
        if (fs::exists(folder / "roost.toml", ignored)) return folder;
        if (folder == folder.parent_path()) return std::nullopt;
    }
}

std::vector<std::string> environment_names(const fs::path& root) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(root / "environments", error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".toml") names.push_back(it->path().stem().string());
    std::ranges::sort(names);
    return names;
}

std::expected<Loaded, Errors> load_texts(const World& world, const fs::path& root, const std::string& environment,
                                         Project project, const File& file, Use use) {
    Loaded loaded;
    loaded.root = root;
    loaded.project = std::move(project);

    auto settings = read_environment(environment, file, loaded.project, surroundings(world, root, use));
    if (!settings) return std::unexpected(std::move(settings.error()));
    loaded.environment = std::move(*settings);
    loaded.redact = redactor_of(loaded.environment);

    for (const std::string& note : loaded.environment.flyway.notes) world.say(Level::detail, loaded.redact(note));
    if (loaded.environment.flyway.elsewhere)
        world.say(Level::warning, fmt::format("Flyway migrated another database than {} names", file.path));

    auto driver = driver_of(loaded.environment);
    if (!driver) return fail_alone(std::move(driver.error()));
    loaded.driver = *driver;
    if (auto added = add_properties(loaded.environment, *loaded.driver); !added)
        return fail_alone(std::move(added.error()));
    loaded.target = target_of(world, loaded);
    if (use == Use::offline) return loaded;
    if (auto checked = loaded.driver->check(loaded.target); !checked) {
        if (checked.error().place.file.empty()) checked.error().place = loaded.environment.database_place;
        return fail_alone(std::move(checked.error()));
    }
    for (const Secret& secret : loaded.driver->secrets(loaded.target)) loaded.redact.add(secret);
    return loaded;
}

std::expected<Loaded, Errors> load(const World& world, const fs::path& directory, const std::string& environment,
                                   Use use) {
    auto root = find_root(directory);
    if (!root) return fail_alone(std::move(root.error()));
    auto text = contents(*root / "roost.toml", "roost.toml");
    if (!text) return fail_alone(std::move(text.error()));
    auto project = read_project({.path = "roost.toml", .text = std::move(*text)});
    if (!project) return std::unexpected(std::move(project.error()));
    const auto known = environment_names(*root);
    auto file = environment_file(*root, environment, known);
    if (!file) return fail_alone(std::move(file.error()));

    auto loaded = load_texts(world, *root, environment, std::move(*project), *file, use);
    if (!loaded) return loaded;
    auto files = script_files(*root);
    if (!files) return std::unexpected(std::move(files.error()));
    auto scripts = discover(*files, loaded->driver->info.name, environment, engine_names(), known);
    if (!scripts) return std::unexpected(std::move(scripts.error()));
    loaded->scripts = std::move(*scripts);
    return loaded;
}

}  // namespace roost
