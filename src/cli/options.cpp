#include "cli/options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "cli/commands.hpp"
#include "cli/report_files.hpp"
#include "core/nearest.hpp"

namespace roost {
namespace {

constexpr std::array later_commands{"off", "on", "release", "retire", "sandbox"};
constexpr std::array later_options{"--force", "--for", "--expand", "--probe"};

constexpr const char* epilogue = R"(
Exit status:
  0   done, in sync, yes          3   refused by a guard: failed migration, protected, lock, owner, …
  1   failed                      64  bad usage or configuration
  2   differs, or no              130 interrupted, rolled back

Start with `roost init`, look with `roost plan -e ENV`, do it with `roost apply -e ENV`.)";

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
    invocation.command = [v](const World& w) { return v.call(w, v); };
    return invocation;
}

}  // namespace roost
