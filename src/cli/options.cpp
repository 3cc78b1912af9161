#include "cli/options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "core/nearest.hpp"
#include "db/driver.hpp"

namespace roost {
namespace {

constexpr std::array later_commands{"status", "off", "on", "release", "retire", "sandbox", "render", "import"};
constexpr std::array later_options{"--report", "--out", "--rehearse", "--plan",  "--prove",
                                   "--force",  "--for", "--expand",   "--probe", "--all"};

constexpr const char* epilogue = R"(
Exit status:
  0   done, in sync, yes          3   refused by a guard: failed migration, protected, lock, owner, …
  1   failed                      64  bad usage or configuration
  2   differs, or no              130 interrupted, rolled back

Start with `roost init`, look with `roost plan -e ENV`, do it with `roost apply -e ENV`.)";

struct Values {
    Common common;
    ApplyOptions apply;
    Choices plan;
    HistoryOptions history;
    InitOptions init;
    std::string format = "text";
    std::string event;
    std::string first;
    std::string second;
    int lock_timeout = 15;
    bool dry_run = false;
    Output output;
};

void add_global(CLI::App& app, Values& v) {
    app.add_option("-C,--directory", v.common.directory, "the project's folder, or one below it (default: here)")
        ->type_name("DIR");
    app.add_option("--format", v.format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->type_name("FORMAT")
        ->capture_default_str();
    app.add_flag("-q,--quiet", v.output.quiet, "no progress, no notes; errors and results only");
    app.add_flag("-v,--verbose", v.output.verbose, "more progress, on standard error");
}

CLI::App* add_environment_command(CLI::App& app, Values& v, const std::string& name, const std::string& about) {
    CLI::App* command = app.add_subcommand(name, about);
    command->add_option("-e,--environment", v.common.environment, "the environment: environments/ENV.toml")
        ->type_name("ENV")
        ->required();
    command
        ->add_option("--lock-timeout", v.lock_timeout,
                     "how long to wait for locks: roost's own, and those of other sessions")
        ->check(CLI::Range(0, 86400))
        ->type_name("SECONDS")
        ->capture_default_str();
    command->footer("\nWith every command: -C DIR, --format FORMAT, -q, -v; see `roost --help`.");
    return command;
}

void add_event(CLI::App& command, Values& v) {
    command
        .add_option("--event", v.event,
                    "what Flyway calls for: afterMigrate (default), afterMigrateApplied, afterMigrateError")
        ->check(CLI::IsMember({"afterMigrate", "afterMigrateApplied", "afterMigrateError"}))
        ->type_name("EVENT");
}

void add_commands(CLI::App& app, Values& v) {
    auto* init = app.add_subcommand("init", "lay out roost.toml, environments/ and callbacks/ for one engine");
    init->add_option("--engine", v.init.engine, "the engine: see `roost engines`")
        ->default_val(std::string(embedded_engine()))
        ->type_name("ENGINE");
    init->add_option("--name", v.init.name, "the project's name (default: the folder's)")->type_name("NAME");
    init->add_flag("--grants", v.init.grants, "print the least rights that roost's account needs instead");

    auto* plan = add_environment_command(app, v, "plan", "the dry run: what apply would do, and on what evidence");
    plan->add_flag("--adopt", v.plan.adopt, "plan to take over roles that others filled");
    add_event(*plan, v);

    auto* apply = add_environment_command(app, v, "apply", "do it, verify it, record it");
    apply->add_flag("--dry-run", v.dry_run, "the same as plan");
    apply->add_flag("--adopt", v.apply.choices.adopt,
                    "take over roles that others filled: revoke from them what is not declared");
    apply->add_option("--actor", v.apply.actor, "who is recorded (default: the pipeline's user, else the system's)")
        ->type_name("NAME");
    add_event(*apply, v);

    add_environment_command(app, v, "check", "drift of the live database from what is declared; writes nothing");

    auto* member =
        add_environment_command(app, v, "member", "prints 1 if USER has ROLE, directly or by inheritance, else 0");
    member->add_option("ROLE", v.first, "the role")->required();
    member->add_option("USER", v.second, "user or role (default: the account that is connected)");

    auto* explain =
        add_environment_command(app, v, "explain", "every path by which USER has TOGGLE, and what would end it");
    explain->add_option("USER", v.first, "user or role")->required();
    explain->add_option("TOGGLE", v.second, "a toggle, or a role")->required();

    auto* history = add_environment_command(app, v, "history", "what ran against which schema version, when, by whom");
    history->add_option("-n,--limit", v.history.limit, "how many runs")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N")
        ->capture_default_str();
    history->add_flag("--steps", v.history.steps, "each run's scripts and changes too");

    app.add_subcommand("engines", "which engines this build reaches, with which driver, verified on what");
}

Command command_of(const CLI::App& app, const Values& v) {
    const std::string name = app.get_subcommands().front()->get_name();
    const Common common = v.common;
    if (name == "init") return [v](const World& w) { return init(w, v.init); };
    if (name == "plan" || (name == "apply" && v.dry_run))
        return [common, choices = name == "plan" ? v.plan : v.apply.choices](const World& w) {
            return plan(w, common, choices);
        };
    if (name == "apply") return [common, options = v.apply](const World& w) { return apply(w, common, options); };
    if (name == "check") return [common](const World& w) { return check(w, common); };
    if (name == "member") return [common, v](const World& w) { return member(w, common, v.first, v.second); };
    if (name == "explain")
        return [common, v](const World& w) { return explain_membership(w, common, v.first, v.second); };
    if (name == "history") return [common, options = v.history](const World& w) { return history(w, common, options); };
    return [](const World& w) { return engines(w); };
}

bool contains(const auto& list, std::string_view word) { return std::ranges::find(list, word) != list.end(); }

// CLI11 only says that a command is required; say which was meant.
Error explain_usage(const CLI::App& app, int argc, const char* const* argv, const CLI::ParseError& error) {
    std::vector<std::string> known;
    for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
    const bool has_command = !app.get_subcommands().empty();
    for (int i = 1; i < argc; ++i) {
        const std::string word = std::string(argv[i]).substr(0, std::string_view(argv[i]).find('='));
        if (contains(later_options, word))
            return usage_error(fmt::format("{} is not in this version", word), "`roost --help` shows what is");
        if (has_command || word.starts_with("-") || contains(known, word)) continue;
        if (contains(later_commands, word))
            return usage_error(fmt::format("the command {} is not in this version", word),
                               "`roost --help` shows what is");
        if (i > 1 && std::string_view(argv[i - 1]).starts_with("-")) continue;
        const auto near = nearest(word, known);
        return usage_error(fmt::format("there is no command '{}'", word),
                           near ? fmt::format("did you mean {}?", *near) : "`roost --help` lists them");
    }
    std::string message = error.what();
    std::ranges::replace(message, '\n', ' ');
    return usage_error(std::move(message),
                       has_command ? fmt::format("see `roost {} --help`", app.get_subcommands().front()->get_name())
                                   : "see `roost --help`");
}

}  // namespace

Invocation parse(int argc, const char* const* argv, const World& world) {
    Values v;
    v.common.directory = world.directory;
    v.init.directory = world.directory;
    CLI::App app{"roost settles who may use what, after `flyway migrate`: roles, memberships, toggles.", "roost"};
    app.set_version_flag("--version", "roost " + world.version);
    app.footer(epilogue);
    app.require_subcommand(1);
    app.fallthrough();
    app.get_formatter()->column_width(34);
    add_global(app, v);
    add_commands(app, v);

    Invocation invocation;
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForVersion&) {
        invocation.text = "roost " + world.version + "\n";
        return invocation;
    } catch (const CLI::CallForHelp&) {
        invocation.text = app.help();
        return invocation;
    } catch (const CLI::ParseError& error) {
        invocation.error = explain_usage(app, argc, argv, error);
        invocation.output.json = v.format == "json";
        return invocation;
    }
    v.init.directory = v.common.directory;
    v.output.json = v.format == "json";
    v.common.lock_wait = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(1000 * v.lock_timeout));
    if (!v.event.empty()) v.plan.event = v.apply.choices.event = event_named(v.event);
    invocation.output = v.output;
    invocation.command = command_of(app, v);
    return invocation;
}

}  // namespace roost
