// From a live database to the files that declare it.
#include "core/import.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/drafts.hpp"
#include "app/files.hpp"
#include "app/open.hpp"
#include "config/write.hpp"
#include "core/ascii.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

std::expected<Loaded, Errors> loaded_from(const World& world, const Common& common, const Drafts& drafts) {
    auto project = read_project(drafts.project);
    if (!project) return std::unexpected(std::move(project.error()));
    return load_texts(world, drafts.root, common.environment, std::move(*project), drafts.environment);
}

// Nothing is overwritten, and nothing added to what somebody has declared.
Errors in_the_way(const Loaded& loaded, const Drafts& drafts, const ImportOptions& options) {
    Errors errors;
    const auto refuse = [&](const std::string& file, std::string_view what) {
        errors.push_back(usage_error(fmt::format("{} has {} already", file, what),
                                     "import writes only what is not declared yet: move the file away", {file}));
    };
    if (!loaded.project.roles.empty()) refuse(drafts.project.path, "roles");
    if (!loaded.environment.memberships.empty() || !loaded.environment.toggles.empty())
        refuse(drafts.environment.path, "memberships");
    for (const Secret& secret : loaded.driver->secrets(loaded.target))
        if (!secret.empty() && secret.reveal() != loaded.environment.password.reveal() &&
            options.url.contains(secret.reveal()))
            errors.push_back(usage_error("the url holds a password",
                                         "write ${env.NAME} in its place: the file would keep it for all to read"));
    return errors;
}

// How a file spells a name of the dictionary, so that it is read as that name again.
std::optional<std::string> spelled(const Opened& opened, const std::string& name, const auto& read) {
    const Driver& driver = opened.session->driver();
    std::vector<std::string> ways = {name, driver.names.quote(name)};
    if (driver.info.folding == Folding::upper) ways.insert(ways.begin(), lower_ascii(name));
    for (std::string& way : ways) {
        if (opened.loaded->environment.accounts.contains(way)) continue;  // it stands for other names
        if (const auto again = read(way); again && *again == name) return std::move(way);
    }
    return std::nullopt;
}

ImportRules rules_for(const Opened& opened, const RoleGraph& graph) {
    const Driver& driver = opened.session->driver();
    const ServerFacts& facts = opened.session->facts();
    const auto as_role = driver.names.of_role();
    const auto as_member = [&](std::string_view way) {
        auto name = driver.names.canonical(way);
        if (name) *name = name_in(graph, *name);
        return name;
    };
    ImportRules rules{
        .role = [&opened, as_role](const std::string& name) { return spelled(opened, name, as_role); },
        .member = [&opened, as_member](const std::string& name) { return spelled(opened, name, as_member); },
        .owner = {opened.loaded->project.name, opened.loaded->environment.name, facts.database},
        .options = facts.membership_options,
        .usual = option::inherit | option::set | (driver.info.default_list.empty() ? 0 : option::default_role),
        .kept = {}};
    for (const ToggleSetting& toggle : opened.loaded->project.toggles)
        if (const auto role = as_role(toggle.role); role && toggle.needs) rules.kept.insert(*role);
    return rules;
}

std::map<std::string, std::string> toggles_of(const Opened& opened) {
    const auto of_role = opened.session->driver().names.of_role();
    std::map<std::string, std::string> toggles;
    for (const ToggleSetting& toggle : opened.loaded->project.toggles)
        if (const auto role = of_role(toggle.role)) toggles.emplace(*role, toggle.name);
    return toggles;
}

void append(std::string& text, const std::string& section) {
    if (section.empty()) return;
    if (!text.ends_with('\n')) text += '\n';
    text += '\n' + section;
}

void append_imported(Drafts& drafts, const Imported& imported, const std::map<std::string, std::string>& toggles) {
    std::vector<ImportedRole> roles = imported.roles;
    append(drafts.environment.text, toml_memberships(roles, toggles));
    std::erase_if(roles, [&](const ImportedRole& role) { return toggles.contains(role.canonical); });
    append(drafts.project.text, toml_roles(roles));
}

// The next plan, of the texts before they are files.
Errors differences_left(const World& world, const Opened& opened, Loaded next, Report& report) {
    const auto prepared = prepare(world, next, *opened.session, {});
    if (!prepared) return prepared.error();
    describe_run(report, *prepared);
    for (const Error& refused : prepared->refused)
        report.findings.push_back({.code = "refused", .severity = Severity::warning, .what = refused});
    Errors errors;
    for (const PlanLine& line : prepared->drift)
        if (!std::holds_alternative<MarkRole>(*line.change))
            errors.push_back({.message = fmt::format("what was read comes out otherwise: {}", describe(*line.change)),
                              .advice = "nothing was written; somebody may have changed it meanwhile: import again",
                              .place = line.place});
    return errors;
}

std::string names_of(const LeftOut& left_out) { return first_of(left_out.what, shown); }

std::string plural(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void tell(const Imported& imported, Report& report) {
    const auto add = [&](Severity severity, std::string message) {
        report.findings.push_back({.code = "left-out", .severity = severity, .what = {.message = std::move(message)}});
    };
    for (const LeftOut& left_out : imported.left_out) {
        const bool known = left_out.why == "built in";  // nobody needs their names
        add(Severity::note, fmt::format("{} left out, {}{}", plural(left_out.what.size(), "role"), left_out.why,
                                        known ? "" : ": " + names_of(left_out)));
    }
    for (const LeftOut& left_out : imported.undeclared)
        add(Severity::warning, fmt::format("the members of {} are left undeclared, as {}: {}",
                                           plural(left_out.what.size(), "role"), left_out.why, names_of(left_out)));
}

InitBody body_of(const Common& common, const Drafts& drafts, const Imported& imported) {
    std::size_t members = 0;
    for (const ImportedRole& role : imported.roles)
        if (role.members) members += role.members->size();
    return {.written = {drafts.project.path, drafts.environment.path},
            .text = fmt::format("{}, {}\n", plural(imported.roles.size(), "role"), plural(members, "membership")),
            .next = fmt::format("next: `roost plan -e {}` finds nothing to do; change a line, and it shows what that "
                                "would do",
                                common.environment)};
}

// What is not seen would come out as not there.
Errors not_whole(const Opened& opened) {
    const std::string& unseen = opened.session->facts().unseen;
    if (unseen.empty()) return {};
    return {{.kind = ErrorKind::refused,
             .message = "the account does not see every role and membership: what it does not see would be missing "
                        "from the files",
             .advice = unseen}};
}

// What is left once there is a connection.
Errors write_files(const World& world, const Common& common, const Opened& opened, Drafts drafts, Report& report) {
    if (auto errors = not_whole(opened); !errors.empty()) return errors;
    const auto graph = opened.session->driver().graph(opened.session->connection(), opened.session->facts());
    if (!graph) return {graph.error()};
    const Imported imported = import_roles(*graph, rules_for(opened, *graph));
    append_imported(drafts, imported, toggles_of(opened));
    auto next = loaded_from(world, common, drafts);
    if (!next) return next.error();
    if (auto errors = differences_left(world, opened, std::move(*next), report); !errors.empty()) return errors;
    tell(imported, report);
    const std::vector<NewFile> files = {{drafts.root / drafts.project.path, drafts.project.text},
                                        {drafts.root / drafts.environment.path, drafts.environment.text}};
    if (const auto written = write_together(files); !written) return {written.error()};
    report.body = body_of(common, drafts, imported);
    return {};
}

}  // namespace

Report import_database(const World& world, const Common& common, const ImportOptions& options) {
    Report report{.command = "import"};
    report.header.environment = common.environment;
    auto drafts = drafts_of(world, common, options);
    if (!drafts) return failed(std::move(report), {std::move(drafts.error())});
    auto loaded = loaded_from(world, common, *drafts);
    if (!loaded) return failed(std::move(report), std::move(loaded.error()));
    if (auto errors = in_the_way(*loaded, *drafts, options); !errors.empty())
        return failed(std::move(report), std::move(errors));
    const auto opened = open_loaded(world, common, report, std::move(*loaded), Access::read);
    if (!opened) return report;
    auto errors = write_files(world, common, *opened, *std::move(drafts), report);
    return closed(world, std::move(report), *opened, std::move(errors));
}

}  // namespace roost
