#include "cli/run.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

#include "cli/options.hpp"
#include "cli/process.hpp"
#include "cli/report_files.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

// Progress and warnings go to standard error, one line each; results never do.
std::function<void(Level, std::string_view)> logger(const Output& output) {
    auto log = std::make_shared<spdlog::logger>("roost", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_pattern("roost: %v");
    log->set_level(output.quiet            ? spdlog::level::err
                   : output.verbose        ? spdlog::level::debug
                   : isatty(STDERR_FILENO) ? spdlog::level::info
                                           : spdlog::level::warn);
    return [log](Level level, std::string_view text) {
        const auto at = level == Level::detail ? spdlog::level::debug
                        : level == Level::info ? spdlog::level::info
                                               : spdlog::level::warn;
        log->log(at, "{}", harmless(text));
    };
}

bool colour(const World& world) {
    return isatty(STDOUT_FILENO) && value_of(world.variables, "NO_COLOR").empty() &&
           value_of(world.variables, "TERM") != "dumb";
}

TextStyle style(const World& world) {
    winsize size{};
    const bool terminal = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return {.colour = colour(world), .columns = terminal ? size.ws_col : std::size_t{0}};
}

void print_line(std::string_view text) {
    const std::string line = fmt::format("roost: {}\n", harmless(text));
    std::fwrite(line.data(), 1, line.size(), stderr);
}

void print_error(const Error& error) { print_line(to_string(error)); }

void print_finding(const Finding& finding, bool quiet) {
    if (finding.severity == Severity::error) return print_error(finding.what);
    if (quiet) return;
    print_line((finding.severity == Severity::warning ? "warning: " : "note: ") + to_string(finding.what));
}

// Whether all of it reached standard output; fmt::print would throw where the disk is full.
bool put(const std::string& text) {
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
}

// Whether all of them are written.
bool write_reports(const Report& report, const Output& output) {
    bool written = true;
    for (const std::string& file : output.reports) {
        const auto done = write_report(report, file);
        if (!done) print_error(done.error());
        written = written && done;
    }
    return written;
}

int print(const Report& report, const Output& output, const World& world) {
    const bool filed = write_reports(report, output);
    const bool printed = put(output.json ? to_json(report) : to_text(report, style(world)));
    if (!output.json) {
        for (const Finding& finding : report.findings) print_finding(finding, output.quiet);
        if (output.verbose) print_line(fmt::format("{} round trips", report.header.round_trips));
    }
    for (const Error& error : report.errors) print_error(error);
    if (printed && filed) return report.status;
    if (!printed)
        print_error(
            {.message = "standard output could not be written", .advice = "what was done is in `roost history`"});
    return report.status == 0 || report.status == 2 ? 1 : report.status;  // nobody could read how it differs
}

int print_usage_error(const Error& error, const Output& output) {
    Report report{.command = "", .errors = {error}, .status = 64};
    if (output.json) put(to_json(report));
    print_error(error);
    return report.status;
}

}  // namespace

int run(int argc, const char* const* argv, World world) {
    const Invocation invocation = parse(argc, argv, world);
    if (!invocation.error.message.empty()) return print_usage_error(invocation.error, invocation.output);
    if (!invocation.command) return put(invocation.text) ? 0 : 1;
    for (const std::string& file : invocation.output.reports)
        if (const auto there = check_report_folder(file); !there)
            return print_usage_error(there.error(), invocation.output);
    Interrupt interrupt;
    const Signals signals(interrupt);
    world.interrupt = &interrupt;
    world.say = logger(invocation.output);
    return print(invocation.command(world), invocation.output, world);
}

}  // namespace roost
