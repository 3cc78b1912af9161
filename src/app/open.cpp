#include "app/open.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/redacted.hpp"
#include "core/describe.hpp"

namespace roost {

int status_of(const Errors& errors) {
    if (errors.empty()) return 0;
    if (std::ranges::any_of(errors, [](const Error& error) { return error.kind == ErrorKind::interrupted; }))
        return 130;
    switch (errors.front().kind) {
        case ErrorKind::usage:
            return 64;
        case ErrorKind::refused:
            return 3;
        default:
            return 1;
    }
}

Report failed(Report report, Errors errors) {
    report.status = status_of(errors);
    report.errors = std::move(errors);
    return report;
}

std::optional<Opened> open(const World& world, const Common& common, Report& report, Access access) {
    report.header.environment = common.environment;
    auto loaded = load(world, common.directory, common.environment);
    if (loaded) return open_loaded(world, common, report, std::move(*loaded), access);
    report = failed(std::move(report), std::move(loaded.error()));
    return std::nullopt;
}

std::optional<Opened> open_loaded(const World& world, const Common& common, Report& report, Loaded loaded,
                                  Access access) {
    loaded.target.lock_wait = common.lock_wait;
    Opened opened{
        .loaded = std::make_unique<Loaded>(std::move(loaded)), .session = nullptr, .with_history = common.with_history};
    report.header.project = opened.loaded->project.name;
    auto session = Session::connect(world, *opened.loaded, access);
    if (!session) {
        Error& error = session.error();
        error.message =
            opened.loaded->redact("cannot connect to " + common.environment + "'s database: " + error.message);
        report = failed(std::move(report), {std::move(error)});
        return std::nullopt;
    }
    opened.session = std::make_unique<Session>(std::move(*session));
    report.header = header_of(*opened.loaded, *opened.session);
    return opened;
}

Result<std::string> principal_named(const Opened& opened, const std::string& name) {
    const Accounts& accounts = opened.loaded->environment.accounts;
    const auto person = accounts.find(name);
    if (person != accounts.end() && person->second.size() > 1)
        return fail(usage_error(fmt::format("{} stands for several accounts", shown(name)),
                                fmt::format("ask for one of them: {}", fmt::join(person->second, ", "))));
    const std::string& account = person == accounts.end() ? name : person->second.front();
    // Names that must not be managed, and so have no canonical form, may be asked about.
    return opened.session->driver().names.canonical(account).value_or(account);
}

Report closed(const World& world, Report report, const Opened& opened, Errors errors) {
    for (Error& error : errors) {
        error = explained(std::move(error), opened.session->driver(), world);
        redact(error, opened.loaded->redact);
    }
    for (Finding& finding : report.findings) redact(finding.what, opened.loaded->redact);
    if (auto* body = std::get_if<PlanBody>(&report.body)) redact(*body, opened.loaded->redact);
    report.header.round_trips = opened.session->round_trips();
    if (!errors.empty()) report.status = status_of(errors);
    report.errors = std::move(errors);
    return report;
}

void describe_run(Report& report, const Prepared& prepared) {
    report.header.schema_version = prepared.history.at;
    report.findings = prepared.findings;
}

Errors objections_of(Prepared& prepared) {
    Errors errors = std::move(prepared.refused);
    std::ranges::move(prepared.history_refused, std::back_inserter(errors));
    return errors;
}

}  // namespace roost
