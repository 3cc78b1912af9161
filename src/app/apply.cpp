#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/commands.hpp"
#include "app/open.hpp"
#include "app/pipeline.hpp"
#include "app/saved.hpp"

namespace roost {
namespace {

// What must hold before anything connects to be changed.
Errors protection(const Loaded& loaded, const ApplyOptions& options) {
    if (!options.plan.empty() || !loaded.environment.policy.is_protected.value_or(false)) return {};
    return {{.kind = ErrorKind::refused,
             .message = fmt::format("{} is protected: only a saved plan may be applied", loaded.environment.name),
             .advice = fmt::format("roost plan -e {0} --out plan.json; look at it; roost apply -e {0} --plan plan.json",
                                   loaded.environment.name)}};
}

// What was foreseen before the scripts ran gives way to what the guards saw after them.
void replace_warnings(std::vector<Finding>& findings, const std::vector<Error>& seen) {
    std::erase_if(findings, [](const Finding& finding) { return finding.code == missing_principal; });
    for (const Error& warning : seen)
        findings.push_back({.code = missing_principal, .severity = Severity::warning, .what = warning});
}

// The saved plan must be what would be done now.
Errors plan_errors(const World& world, const Opened& opened, const Prepared& prepared, const PlanBody& body,
                   const SavedPlan& saved) {
    const PlanOptions as_saved{.choices = {.event = event_named(saved.event), .adopt = saved.adopt}};
    Errors errors = unsaveable(prepared);
    std::ranges::move(saved_plan_errors(opened, prepared, saved, saved_plan(world, opened, prepared, body, as_saved)),
                      std::back_inserter(errors));
    return errors;
}

// With what the saved plan was made with.
std::expected<std::optional<SavedPlan>, Error> plan_to_apply(ApplyOptions& options) {
    if (options.plan.empty()) return std::nullopt;
    auto saved = load_saved_plan(options.plan);
    if (!saved) return std::unexpected(std::move(saved.error()));
    options.choices = {.event = event_named(saved->event), .adopt = saved->adopt};
    options.plan_id = id_of(*saved);
    return std::move(*saved);
}

// Once its scripts have run, a given afterMigrateError ends with 3, as the migration has failed; whatever kept them
// from running must not read like that.
Report not_run(Report report, const ApplyOptions& options) {
    if (options.choices.event == Event::afterMigrateError && report.status == 3) report.status = 1;
    return report;
}

}  // namespace

Report apply(const World& world, const Common& common, const ApplyOptions& given) {
    Report report{.command = "apply"};
    ApplyOptions options = given;
    const auto saved = plan_to_apply(options);
    if (!saved) {
        report.header.environment = common.environment;
        return failed(std::move(report), {saved.error()});
    }
    auto opened = open(world, common, report, Access::write);
    if (!opened) return report;
    if (auto refused = protection(*opened->loaded, options); !refused.empty())
        return not_run(closed(world, std::move(report), *opened, std::move(refused)), options);
    const std::string who = fmt::format("{}/{} by {} on {}", opened->loaded->project.name, common.environment,
                                        actor(world, options.actor), world.host);
    if (auto locked = opened->session->lock(world, common.lock_wait, who); !locked)
        return not_run(closed(world, std::move(report), *opened, {std::move(locked.error())}), options);

    auto prepared = prepare(world, *opened->loaded, *opened->session, options.choices);
    if (!prepared) return not_run(closed(world, std::move(report), *opened, std::move(prepared.error())), options);
    describe_run(report, *prepared);
    PlanBody body = plan_body(*opened, *prepared);
    if (*saved)
        std::ranges::move(plan_errors(world, *opened, *prepared, body, **saved), std::back_inserter(prepared->refused));
    const bool blocked = !prepared->refused.empty() || (body.declares && !prepared->history_refused.empty());
    const bool marks = prepared->puts_off_marks && options.plan_id.empty();
    if (blocked || (body.scripts.empty() && body.lines.empty() && !marks)) {
        report.body = std::move(body);
        report = closed(world, std::move(report), *opened, objections_of(*prepared));
        return blocked ? not_run(std::move(report), options) : report;
    }

    if (*saved) options.planned = declared_statements(*opened, *prepared);
    Pipeline pipeline(world, *opened, *prepared, options);
    auto done = pipeline.run();
    body.run = pipeline.id();
    body.applied = pipeline.committed();
    body.partly = pipeline.partly();
    body.rehearsal = pipeline.proven();
    if (body.applied) {
        body.lines = pipeline.lines();
        replace_warnings(report.findings, pipeline.warnings());
    }
    Errors errors = done ? objections_of(*prepared) : std::move(done.error());
    prepared->ledger.owner = prepared->owner;  // the run made it
    add_history(body, errors, *opened, *prepared);
    report.body = std::move(body);
    report = closed(world, std::move(report), *opened, std::move(errors));
    return done ? report : not_run(std::move(report), options);
}

}  // namespace roost
