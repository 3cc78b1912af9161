#include "cli/commands.hpp"

#include <CLI/CLI.hpp>

#include "db/driver.hpp"

namespace roost {
namespace {

using Call = Report (*)(const World& world, const Values& values);

CLI::App* add_command(CLI::App& app, Values& v, const std::string& name, const std::string& about, Call call) {
    CLI::App* command = app.add_subcommand(name, about);
    command->callback([&v, call] { v.call = call; });
    return command;
}

CLI::App* add_environment_command(CLI::App& app, Values& v, const std::string& name, const std::string& about,
                                  Call call) {
    CLI::App* command = add_command(app, v, name, about, call);
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

void add_init(CLI::App& app, Values& v) {
    auto* command = add_command(app, v, "init", "lay out roost.toml, environments/ and callbacks/ for one engine",
                                [](const World& w, const Values& given) { return init(w, given.init); });
    command
        ->add_option("--engine", v.init.engine,
                     "the engine: see `roost engines` (default: of Flyway's url with --flyway, else sqlite)")
        ->type_name("ENGINE");
    command->add_option("--name", v.init.name, "the project's name (default: the folder's)")->type_name("NAME");
    command->add_flag("--grants", v.init.grants, "print the least rights that roost's account needs instead");
    auto* flyway = command->add_option("--flyway", v.init.flyway_folder,
                                       "write the script callbacks by which Flyway calls roost, into one of its "
                                       "locations (default: the first of flyway.toml, else sql)");
    flyway->expected(0, 1)->type_name("[DIR]");
    command->parse_complete_callback([&v, flyway] { v.init.flyway = flyway->count() > 0; });
    command->add_flag("--powershell", v.init.powershell, "with --flyway: .ps1 instead of .sh")->needs(flyway);
}

void add_plan(CLI::App& app, Values& v) {
    auto* command =
        add_environment_command(app, v, "plan", "the dry run: what apply would do, and on what evidence",
                                [](const World& w, const Values& given) { return plan(w, given.common, given.plan); });
    command->add_flag("--adopt", v.plan.choices.adopt, "plan to take over roles that others filled");
    command->add_flag(
        "--rehearse", v.plan.rehearse,
        "run the scripts twice in a transaction that is rolled back: proves what they do to roles and rights");
    command->add_option("--rehearse-limit", v.rehearsal_seconds, "how long a rehearsal may take")
        ->check(CLI::Range(1, 86400))
        ->type_name("SECONDS")
        ->capture_default_str();
    command->add_option("-o,--out", v.plan.out, "save the plan, for `apply --plan`")->type_name("FILE.json");
    command->add_option("--valid", v.valid_hours, "how long the saved plan can be applied")
        ->check(CLI::Range(1, 8760))
        ->type_name("HOURS")
        ->capture_default_str();
    add_actor(*command, v.plan.actor);
    add_event(*command, v);
    add_report(*command, v);
}

void add_apply(CLI::App& app, Values& v) {
    auto* command = add_environment_command(app, v, "apply", "do it, verify it, record it",
                                            [](const World& w, const Values& given) {
                                                if (given.dry_run)
                                                    return plan(w, given.common, {.choices = given.apply.choices});
                                                return apply(w, given.common, given.apply);
                                            });
    command->add_flag("--dry-run", v.dry_run, "the same as plan");
    command->add_flag("--adopt", v.apply.choices.adopt,
                      "take over roles that others filled: revoke from them what is not declared");
    command->add_option("--plan", v.apply.plan, "apply exactly this saved plan, or refuse")->type_name("FILE.json");
    command->add_flag("--prove", v.apply.prove,
                      "run the scripts twice, and fail where the second time changes anything");
    add_actor(*command, v.apply.actor);
    add_event(*command, v);
    add_report(*command, v);
}

void add_check(CLI::App& app, Values& v) {
    auto* command = add_environment_command(app, v, "check", "drift and hygiene of the live database; writes nothing",
                                            [](const World& w, const Values& given) { return check(w, given.common); });
    add_report(*command, v);
}

void add_member(CLI::App& app, Values& v) {
    auto* command = add_environment_command(
        app, v, "member", "prints 1 if USER has ROLE, directly or by inheritance, else 0",
        [](const World& w, const Values& given) { return member(w, given.common, given.first, given.second); });
    command->add_option("ROLE", v.first, "the role")->required();
    command->add_option("USER", v.second, "user or role (default: the account that is connected)");
}

void add_explain(CLI::App& app, Values& v) {
    auto* command =
        add_environment_command(app, v, "explain", "every path by which USER has TOGGLE, and what would end it",
                                [](const World& w, const Values& given) {
                                    return explain_membership(w, given.common, given.first, given.second);
                                });
    command->add_option("USER", v.first, "user or role")->required();
    command->add_option("TOGGLE", v.second, "a toggle, or a role")->required();
}

void add_history(CLI::App& app, Values& v) {
    auto* command = add_environment_command(
        app, v, "history", "what ran against which schema version, when, by whom",
        [](const World& w, const Values& given) { return history(w, given.common, given.history); });
    command->add_option("-n,--limit", v.history.limit, "how many runs")
        ->check(CLI::Range(1, 1000000))
        ->type_name("N")
        ->capture_default_str();
    command->add_flag("--steps", v.history.steps, "each run's scripts and changes too");
    command
        ->add_flag("--migrations", v.history.migrations,
                   "Flyway's migrations instead, with their states, as `flyway info` lists them")
        ->excludes("--steps");
}

void add_status(CLI::App& app, Values& v) {
    auto* command =
        add_environment_command(app, v, "status", "the toggles: on for whom, how many, since when, stale",
                                [](const World& w, const Values& given) { return status(w, given.common, given.all); });
    command->get_option("--environment")->required(false);
    command->add_flag("--all", v.all, "of every environment");
}

void add_import(CLI::App& app, Values& v) {
    auto* command = add_environment_command(
        app, v, "import", "write roost.toml and the environment from a live database",
        [](const World& w, const Values& given) { return import_database(w, given.common, given.import); });
    command->add_option("--url", v.import.url, "where the database is, if environments/ENV.toml does not say")
        ->type_name("URL");
    command->add_option("--user", v.import.user, "the account, with --url")->type_name("NAME");
    command
        ->add_option("--name", v.import.name, "the project's name, if there is no roost.toml (default: the folder's)")
        ->type_name("NAME");
}

void add_render(CLI::App& app, Values& v) {
    auto* command = add_environment_command(
        app, v, "render", "write SQL callbacks that do in Flyway alone what the environment declares",
        [](const World& w, const Values& given) { return render(w, given.common, given.first); });
    command->remove_option(command->get_option("--lock-timeout"));
    command->add_option("DIR", v.first, "the folder for them, one of Flyway's locations; made where it is missing")
        ->required();
}

}  // namespace

void add_commands(CLI::App& app, Values& v) {
    add_init(app, v);
    add_plan(app, v);
    add_apply(app, v);
    add_check(app, v);
    add_member(app, v);
    add_explain(app, v);
    add_history(app, v);
    add_status(app, v);
    add_import(app, v);
    add_render(app, v);
    add_command(app, v, "engines", "which engines this build reaches, with which driver, verified on what",
                [](const World& w, const Values&) { return engines(w); });
}

}  // namespace roost
