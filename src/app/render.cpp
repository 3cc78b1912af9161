#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/load.hpp"
#include "app/render_scripts.hpp"
#include "app/render_sql.hpp"
#include "core/describe.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view rendered_mark = "-- Rendered by roost ";

struct Callback {
    Event event = Event::afterMigrate;
    std::string name;  // behind the event: its place in the order, and what it is
    std::string text;
};

std::string file_name(const Callback& callback) {
    return fmt::format("{}__roost_{}.sql", to_string(callback.event), callback.name);
}

// "010_readers" of "…/afterMigrate__010_readers.sql"; empty for a bare event.
std::string described(const Script& script) {
    const std::string stem = fs::path(script.path).stem().string();
    const auto at = stem.find("__");
    return at == stem.npos ? std::string() : "_" + stem.substr(at + 2);
}

// Sorted; none where there is no such folder yet.
std::expected<std::vector<std::string>, std::string> names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    if (!fs::exists(folder, error)) return names;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        names.push_back(it->path().filename().string());
    if (error) return std::unexpected(fmt::format("cannot be read: {}", error.message()));
    std::ranges::sort(names);
    return names;
}

class Renderer {
public:
    Renderer(const World& world, const Loaded& loaded, const fs::path& folder)
        : world_(world),
          loaded_(loaded),
          folder_(folder),
          first_line_(fmt::format("{}from environment {} of project {}: do not edit.\n", rendered_mark,
                                  loaded.environment.name, shown(loaded.project.name))) {}

    std::expected<std::vector<std::string>, Errors> write();

private:
    std::string head(const std::string& more = {}) const {
        return fmt::format("{}-- Make it again: roost render -e {} {}\n{}\n", first_line_, loaded_.environment.name,
                           harmless(folder_.string()), more);
    }
    void add(std::string name, const std::string& sql) {
        if (sql.empty()) return;
        callbacks_.push_back({Event::afterMigrate, std::move(name), head() + sql});
        check(callbacks_.back(), callbacks_.back().text);
    }
    void check(const Callback& callback, const std::string& ours);
    void add_scripts(Phase phase, int number);
    std::string head_of(const RenderedScript& rendered) const;
    void run_before_applied();
    void prepare_for_errors();
    void tell_given() const;
    Result<std::vector<fs::path>> no_longer_needed(const std::map<std::string, std::string>& files) const;
    std::expected<std::vector<std::string>, Errors> write_files() const;

    const World& world_;
    const Loaded& loaded_;
    const fs::path& folder_;
    const std::string first_line_;
    std::vector<RenderedScript> scripts_;
    std::vector<Callback> callbacks_;  // in roost's order
    Errors errors_;
};

std::string Renderer::head_of(const RenderedScript& rendered) const {
    std::string more = fmt::format("-- From {}\n", harmless(rendered.script->path));
    if (!rendered.given.empty())
        more += fmt::format("-- Flyway must be given the placeholder{} {}\n", rendered.given.size() == 1 ? "" : "s",
                            fmt::join(rendered.given, ", "));
    return head(more);
}

void Renderer::add_scripts(Phase phase, int number) {
    int count = 0;
    for (const RenderedScript& rendered : scripts_) {
        if (rendered.script->phase != phase) continue;
        const std::string head = head_of(rendered);
        callbacks_.push_back({rendered.script->event,
                              fmt::format("{}_{:04}{}", number, ++count, described(*rendered.script)),
                              head + rendered.text});
        check(callbacks_.back(), head);
    }
}

// What is ours holds nothing that Flyway would replace; rendered_scripts() has looked at the rest.
void Renderer::check(const Callback& callback, const std::string& ours) {
    const Source source((folder_ / file_name(callback)).generic_string(), ours);
    if (auto left = left_in(source, {}, loaded_.environment.placeholder_form); !left && errors_.empty())
        errors_ = std::move(left.error());
}

// Flyway runs all of afterMigrateApplied before all of afterMigrate, roost phase by phase: what comes before one of the
// former in roost's order is a callback of both.
void Renderer::run_before_applied() {
    const auto applied = [](const Callback& callback) { return callback.event == Event::afterMigrateApplied; };
    const auto last = std::ranges::find_if(callbacks_.rbegin(), callbacks_.rend(), applied);
    std::vector<Callback> before(callbacks_.begin(), last.base());
    std::erase_if(before, [](const Callback& callback) { return callback.event != Event::afterMigrate; });
    for (Callback& callback : before) {
        callback.event = Event::afterMigrateApplied;
        callbacks_.push_back(std::move(callback));
    }
}

void Renderer::prepare_for_errors() {
    const auto error = [](const Callback& callback) { return callback.event == Event::afterMigrateError; };
    if (loaded_.driver->rendering.start.empty() || !std::ranges::any_of(callbacks_, error)) return;
    callbacks_.push_back({Event::afterMigrateError, callbacks_.front().name, callbacks_.front().text});
}

void Renderer::tell_given() const {
    std::set<std::string> given;
    for (const RenderedScript& rendered : scripts_) given.insert(rendered.given.begin(), rendered.given.end());
    for (const std::string& name : given)
        world_.say(Level::warning,
                   fmt::format("the placeholder {0} comes from outside and is not written: Flyway must be given it, as "
                               "flyway.placeholders.{0}",
                               name));
}

// Of an earlier rendering. An error where something is in the way of `files`, or another environment's are there.
Result<std::vector<fs::path>> Renderer::no_longer_needed(const std::map<std::string, std::string>& files) const {
    auto names = names_in(world_.directory / folder_);
    if (!names) return fail(usage_error(names.error(), "give a folder", {.file = folder_.string()}));
    std::vector<fs::path> gone;
    for (const std::string& name : *names) {
        const bool needed = files.contains(name);
        if (!needed && !(name.contains("__roost_") && name.ends_with(".sql"))) continue;
        const fs::path path = world_.directory / folder_ / name;
        const std::string shown_as = (folder_ / name).string();
        const auto text = contents(path, shown_as);
        if (!text) return fail(text.error());
        if (text->starts_with(first_line_)) {
            if (!needed) gone.push_back(path);
        } else if (text->starts_with(rendered_mark)) {
            return fail(usage_error("was rendered from another environment or project",
                                    "give each a folder of its own, or take the old files away; nothing was written",
                                    {.file = shown_as}));
        } else if (needed) {
            return fail(usage_error("is there already, and was not rendered by roost",
                                    "move it away, or give another folder; nothing was written", {.file = shown_as}));
        }
    }
    return gone;
}

std::expected<std::vector<std::string>, Errors> Renderer::write_files() const {
    std::map<std::string, std::string> texts;
    for (const Callback& callback : callbacks_)
        texts[file_name(callback)] = callback.text + (callback.text.ends_with('\n') ? "" : "\n");
    const auto gone = no_longer_needed(texts);
    if (!gone) return fail_alone(gone.error());
    std::vector<NewFile> files;
    std::vector<std::string> written;
    for (const auto& [name, text] : texts) {
        files.push_back({world_.directory / folder_ / name, text});
        written.push_back((folder_ / name).generic_string());
    }
    if (auto done = write_together(files, *gone); !done) return fail_alone(std::move(done.error()));
    return written;
}

std::expected<std::vector<std::string>, Errors> Renderer::write() {
    auto sql = rendered_sql(loaded_);
    auto scripts = rendered_scripts(world_, loaded_);
    if (!sql || !scripts) {
        Errors errors = sql ? Errors{} : std::move(sql.error());
        if (!scripts) std::ranges::move(scripts.error(), std::back_inserter(errors));
        return std::unexpected(std::move(errors));
    }
    scripts_ = std::move(*scripts);
    add("05_start", std::string(loaded_.driver->rendering.start));
    add_scripts(Phase::roles, 10);
    add("20_roles", sql->roles);
    add_scripts(Phase::memberships, 30);
    add("40_memberships", sql->memberships);
    add_scripts(Phase::data, 50);
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    run_before_applied();
    prepare_for_errors();
    auto written = write_files();
    if (written) tell_given();
    return written;
}

Errors cannot_be_rendered(const Loaded& loaded) {
    Errors errors;
    if (loaded.driver->rendering.roles.empty())
        errors.push_back(usage_error(fmt::format("render is not written yet for {}", loaded.driver->info.title),
                                     "use `roost apply`"));
    const MigrationTool tool = loaded.environment.tool;
    if (tool != MigrationTool::unset && tool != MigrationTool::flyway)
        errors.push_back(usage_error("render writes callbacks of Flyway's, and migrations.tool says another",
                                     "use `roost apply`", {.file = loaded.environment.database_place.file}));
    return errors;
}

}  // namespace

Report render(const World& world, const Common& common, const fs::path& folder) {
    Report report{.command = "render"};
    report.header.environment = common.environment;
    const auto loaded = load(world, common.directory, common.environment, Use::offline);
    if (!loaded) return failed(std::move(report), loaded.error());
    report.header.project = loaded->project.name;
    report.header.engine = loaded->driver->info.title;
    const fs::path callbacks = loaded->root / "callbacks";
    const fs::path inside = fs::absolute(folder).lexically_normal().lexically_relative(callbacks);
    if (!inside.empty() && *inside.begin() != "..")
        return failed(std::move(report), {usage_error("callbacks/ is the project's own",
                                                      "render into another folder, such as sql/rendered")});
    if (auto errors = cannot_be_rendered(*loaded); !errors.empty()) return failed(std::move(report), std::move(errors));
    auto written = Renderer(world, *loaded, folder).write();
    if (!written) return failed(std::move(report), std::move(written.error()));
    report.body = InitBody{.written = std::move(*written),
                           .next = fmt::format("next: make {} one of Flyway's locations; its migrate then runs them",
                                               harmless(folder.string()))};
    return report;
}

}  // namespace roost
