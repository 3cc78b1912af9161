#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/open.hpp"
#include "app/pipeline.hpp"

namespace roost {
namespace {

Errors protection(const Loaded& loaded) {
    if (!loaded.environment.policy.is_protected.value_or(false)) return {};
    return {{.kind = ErrorKind::refused,
             .message = fmt::format(
                 "{} is protected: only a saved plan may be applied, and saved plans are not in this version",
                 loaded.environment.name),
             .advice = "look at it with `roost plan`; to apply without a saved plan set policy.protected = false"}};
}

// What was foreseen before the scripts ran gives way to what the guards saw after them.
void replace_warnings(std::vector<Finding>& findings, const std::vector<Error>& seen) {
    std::erase_if(findings, [](const Finding& finding) { return finding.code == missing_principal; });
    for (const Error& warning : seen)
        findings.push_back({.code = missing_principal, .severity = Severity::warning, .what = warning});
}

}  // namespace

Report apply(const World& world, const Common& common, const ApplyOptions& options) {
    Report report{.command = "apply"};
    auto opened = open(world, common, report);
    if (!opened) return report;
    if (auto refused = protection(*opened->loaded); !refused.empty())
        return closed(world, std::move(report), *opened, std::move(refused));
    const std::string who = fmt::format("{}/{} by {} on {}", opened->loaded->project.name, common.environment,
                                        actor(world, options.actor), world.host);
    if (auto locked = opened->session->lock(world, common.lock_wait, who); !locked)
        return closed(world, std::move(report), *opened, {std::move(locked.error())});

    auto prepared = prepare(world, *opened->loaded, *opened->session, options.choices);
    if (!prepared) return closed(world, std::move(report), *opened, std::move(prepared.error()));
    describe_run(report, *prepared);
    PlanBody body = plan_body(*prepared);
    const bool blocked = !prepared->refused.empty() || (body.declares && !prepared->history_refused.empty());
    if (blocked || (body.scripts.empty() && body.lines.empty())) {
        report.body = std::move(body);
        return closed(world, std::move(report), *opened, objections_of(*prepared));
    }

    Pipeline pipeline(world, *opened, *prepared, options);
    auto done = pipeline.run();
    body.run = pipeline.id();
    body.applied = pipeline.committed();
    body.partly = pipeline.partly();
    if (body.applied) {
        body.lines = pipeline.lines();
        replace_warnings(report.findings, pipeline.warnings());
    }
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, done ? objections_of(*prepared) : std::move(done.error()));
}

}  // namespace roost
