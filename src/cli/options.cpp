#include "cli/options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "cli/report_files.hpp"
#include "core/nearest.hpp"
#include "db/driver.hpp"

namespace roost {
namespace {

constexpr std::array later_commands{"off", "on", "release", "retire", "sandbox", "render"};
constexpr std::array later_options{"--force", "--for", "--expand", "--probe"};

constexpr const char* epilogue = R"(
Exit status:
  0   done, in sync, yes          3   refused by a guard: failed migration, protected, lock, owner, …
  1   failed                      64  bad usage or configuration
  2   differs, or no              130 interrupted, rolled back

Start with `roost init`, look with `roost plan -e ENV`, do it with `roost apply -e ENV`.)";

struct Values {
    Common common;
    ApplyOptions apply;
    PlanOptions plan;
    HistoryOptions history;
    ImportOptions import;
    InitOptions init;
    std::string format = "text";
    std::string event;
    std::string first;
    std::string second;
    int lock_timeout = 15;
    int rehearsal_seconds = 60;
    int valid_hours = 24;
    bool dry_run = false;
    bool all = false;
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

void add_actor(CLI::App& command, std::string& actor) {
    command.add_option("--actor", actor, "who is recorded (default: the pipeline's user, else the system's)")
        ->type_name("NAME");
}

void add_report(CLI::App& command, Values& v) {
    command
        .add_option("--report", v.output.reports,
                    "write a report too: .txt .json .md .html .sql or .xml (JUnit); may be given several times")
        ->allow_extra_args(false)
        ->type_name("FILE");
}

void add_commands(CLI::App& app, Values& v) {
    auto* init = app.add_subcommand("init", "lay out roost.toml, environments/ and callbacks/ for one engine");
    init->add_option("--engine", v.init.engine, "the engine: see `roost engines`")
        ->default_val(std::string(embedded_engine()))
        ->type_name("ENGINE");
    init->add_option("--name", v.init.name, "the project's name (default: the folder's)")->type_name("NAME");
    init->add_flag("--grants", v.init.grants, "print the least rights that roost's account needs instead");

    auto* plan = add_environment_command(app, v, "plan", "the dry run: what apply would do, and on what evidence");
    plan->add_flag("--adopt", v.plan.choices.adopt, "plan to take over roles that others filled");
    plan->add_flag(
        "--rehearse", v.plan.rehearse,
        "run the scripts twice in a transaction that is rolled back: proves what they do to roles and rights");
    plan->add_option("--rehearse-limit", v.rehearsal_seconds, "how long a rehearsal may take")
        ->check(CLI::Range(1, 86400))
        ->type_name("SECONDS")
        ->capture_default_str();
    plan->add_option("-o,--out", v.plan.out, "save the plan, for `apply --plan`")->type_name("FILE.json");
    plan->add_option("--valid", v.valid_hours, "how long the saved plan can be applied")
        ->check(CLI::Range(1, 8760))
        ->type_name("HOURS")
        ->capture_default_str();
    add_actor(*plan, v.plan.actor);
    add_event(*plan, v);
    add_report(*plan, v);

    auto* apply = add_environment_command(app, v, "apply", "do it, verify it, record it");
    apply->add_flag("--dry-run", v.dry_run, "the same as plan");
    apply->add_flag("--adopt", v.apply.choices.adopt,
                    "take over roles that others filled: revoke from them what is not declared");
    apply->add_option("--plan", v.apply.plan, "apply exactly this saved plan, or refuse")->type_name("FILE.json");
    apply->add_flag("--prove", v.apply.prove, "run the scripts twice, and fail where the second time changes anything");
    add_actor(*apply, v.apply.actor);
    add_event(*apply, v);
    add_report(*apply, v);

    auto* check = add_environment_command(app, v, "check", "drift and hygiene of the live database; writes nothing");
    add_report(*check, v);

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

    auto* status = add_environment_command(app, v, "status", "the toggles: on for whom, how many, since when, stale");
    status->get_option("--environment")->required(false);
    status->add_flag("--all", v.all, "of every environment");

    auto* import =
        add_environment_command(app, v, "import", "write roost.toml and the environment from a live database");
    import->add_option("--url", v.import.url, "where the database is, if environments/ENV.toml does not say")
        ->type_name("URL");
    import->add_option("--user", v.import.user, "the account, with --url")->type_name("NAME");
    import->add_option("--name", v.import.name, "the project's name, if there is no roost.toml (default: the folder's)")
        ->type_name("NAME");

    app.add_subcommand("engines", "which engines this build reaches, with which driver, verified on what");
}

Command command_of(const CLI::App& app, const Values& v) {
    const std::string name = app.get_subcommands().front()->get_name();
    const Common common = v.common;
    if (name == "init") return [v](const World& w) { return init(w, v.init); };
    if (name == "plan" || (name == "apply" && v.dry_run))
        return [common, options = name == "plan" ? v.plan : PlanOptions{.choices = v.apply.choices}](const World& w) {
            return plan(w, common, options);
        };
    if (name == "apply") return [common, options = v.apply](const World& w) { return apply(w, common, options); };
    if (name == "status") return [common, all = v.all](const World& w) { return status(w, common, all); };
    if (name == "import")
        return [common, options = v.import](const World& w) { return import_database(w, common, options); };
    if (name == "check") return [common](const World& w) { return check(w, common); };
    if (name == "member") return [common, v](const World& w) { return member(w, common, v.first, v.second); };
    if (name == "explain")
        return [common, v](const World& w) { return explain_membership(w, common, v.first, v.second); };
    if (name == "history") return [common, options = v.history](const World& w) { return history(w, common, options); };
    return [](const World& w) { return engines(w); };
}

// What the options ask for that cannot be, taken together.
Error impossible(const CLI::App& app, const Values& v) {
    for (const std::string& file : v.output.reports)
        if (auto named = check_report_name(file); !named) return named.error();
    if (app.get_subcommands().front()->get_name() == "status" && v.all == !v.common.environment.empty())
        return usage_error("status is of one environment or of all", "give -e ENV, or --all");
    if (!v.apply.plan.empty() && (v.apply.choices.adopt || !v.event.empty()))
        return usage_error("a saved plan says itself for which event it is, and whether to adopt",
                           "leave --event and --adopt out");
    if (v.dry_run && (!v.apply.plan.empty() || v.apply.prove))
        return usage_error("a dry run applies nothing", "leave --dry-run out, or --plan and --prove");
    return {};
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
    v.output.json = invocation.output.json = v.format == "json";
    if (invocation.error = impossible(app, v); !invocation.error.message.empty()) return invocation;
    v.init.directory = v.common.directory;
    v.common.with_history = !v.output.reports.empty();
    v.plan.rehearsal_limit = std::chrono::seconds(v.rehearsal_seconds);
    v.plan.valid = std::chrono::hours(v.valid_hours);
    v.common.lock_wait = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(1000 * v.lock_timeout));
    if (!v.event.empty()) v.plan.choices.event = v.apply.choices.event = event_named(v.event);
    invocation.output = v.output;
    invocation.command = command_of(app, v);
    return invocation;
}

}  // namespace roost
