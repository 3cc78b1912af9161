#include <algorithm>

#include "app/commands.hpp"
#include "app/findings.hpp"
#include "app/open.hpp"

namespace roost {
namespace {

// Members that do not exist are told as such, whatever the policy makes of them.
Severity take_missing(Policy& policy) {
    const Severity severity = policy.missing_is_error ? Severity::error : Severity::warning;
    policy.missing_is_error = false;
    return severity;
}

}  // namespace

Report check(const World& world, const Common& common) {
    Report report{.command = "check"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    const Severity missing = take_missing(opened->loaded->environment.policy);
    auto prepared = prepare(world, *opened->loaded, *opened->session, {});
    if (!prepared) return closed(world, std::move(report), *opened, std::move(prepared.error()));
    describe_run(report, *prepared);
    auto findings = findings_of(*opened->loaded, *opened->session, *prepared, missing);
    if (!findings) return closed(world, std::move(report), *opened, {std::move(findings.error())});
    report.findings = std::move(*findings);

    // A role without its mark is no drift: apply takes charge of it.
    std::erase_if(prepared->drift, [](const PlanLine& line) { return std::holds_alternative<MarkRole>(*line.change); });
    PlanBody body{.lines = prepared->drift, .scripts = {}, .differs = !prepared->drift.empty()};
    const bool wrong =
        std::ranges::any_of(report.findings, [](const Finding& f) { return f.severity == Severity::error; });
    report.status = body.differs || wrong ? 2 : 0;
    Errors errors;
    add_history(body, errors, *opened, *prepared);
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, std::move(errors));
}

}  // namespace roost
