#include <algorithm>
#include <iterator>
#include <optional>

#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/open.hpp"
#include "app/rehearse.hpp"
#include "app/saved.hpp"

namespace roost {
namespace {

// Of scripts that ran in no rehearsal, as they were planned.
std::vector<PlanLine> lines_outside(const Prepared& prepared, Phase phase) {
    std::vector<PlanLine> lines;
    for (const ReadyScript& ready : prepared.scripts)
        if (ready.script->phase == phase && !ready.script->directives.transaction)
            std::ranges::copy_if(prepared.plan, std::back_inserter(lines),
                                 [&](const PlanLine& line) { return line.place.file == ready.script->path; });
    return lines;
}

// What a rehearsal saw in place of what was planned.
void take_seen(Prepared& prepared, std::vector<PlanLine> seen) {
    std::vector<PlanLine> lines = lines_outside(prepared, Phase::roles);
    std::ranges::move(seen, std::back_inserter(lines));
    std::ranges::move(lines_outside(prepared, Phase::data), std::back_inserter(lines));
    prepared.plan = std::move(lines);
}

}  // namespace

Report plan(const World& world, const Common& common, const PlanOptions& options) {
    Report report{.command = "plan"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    auto prepared = prepare(world, *opened->loaded, *opened->session, options.choices);
    if (!prepared) return closed(world, std::move(report), *opened, std::move(prepared.error()));
    describe_run(report, *prepared);
    PlanBody body = plan_body(*opened, *prepared);
    std::optional<SavedPlan> saved;  // of what apply will derive: without what only a rehearsal sees
    if (!options.out.empty()) saved = saved_plan(world, *opened, *prepared, body, options);
    Errors errors = objections_of(*prepared);
    if (saved) std::ranges::move(unsaveable(*prepared), std::back_inserter(errors));
    // A rehearsal finds it out by itself.
    if (!options.rehearse) std::ranges::move(prepared->would_fail, std::back_inserter(errors));

    if (options.rehearse && errors.empty()) {
        auto rehearsed = rehearse(world, common, *opened, *prepared, options);
        if (rehearsed) {
            take_seen(*prepared, std::move(rehearsed->lines));
            body = plan_body(*opened, *prepared);
            body.rehearsal = std::move(rehearsed->result);
        } else {
            errors = std::move(rehearsed.error());
        }
    }
    if (saved && errors.empty())
        if (auto written = write_whole(options.out, to_json(*saved)); !written) errors.push_back(written.error());
    add_history(body, errors, *opened, *prepared);
    report.status = body.differs ? 2 : 0;
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, std::move(errors));
}

}  // namespace roost
