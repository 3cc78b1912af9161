#include <algorithm>

#include "app/commands.hpp"
#include "app/open.hpp"

namespace roost {

Report check(const World& world, const Common& common) {
    Report report{.command = "check"};
    auto opened = open(world, common, report);
    if (!opened) return report;
    // Whatever a guard would say of mending it.
    auto prepared = prepare(world, *opened->loaded, *opened->session, {.event = std::nullopt, .adopt = true});
    if (!prepared) return closed(world, std::move(report), *opened, std::move(prepared.error()));
    describe_run(report, *prepared);
    for (Error& error : objections_of(*prepared))
        report.findings.push_back({.code = "refused", .severity = Severity::error, .what = std::move(error)});

    PlanBody body{.lines = prepared->drift, .scripts = {}, .differs = !prepared->drift.empty()};
    const bool wrong =
        std::ranges::any_of(report.findings, [](const Finding& f) { return f.severity == Severity::error; });
    report.status = body.differs || wrong ? 2 : 0;
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, {});
}

}  // namespace roost
