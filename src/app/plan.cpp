#include "app/commands.hpp"
#include "app/open.hpp"

namespace roost {

Report plan(const World& world, const Common& common, const Choices& choices) {
    Report report{.command = "plan"};
    auto opened = open(world, common, report);
    if (!opened) return report;
    auto prepared = prepare(world, *opened->loaded, *opened->session, choices);
    if (!prepared) return closed(world, std::move(report), *opened, std::move(prepared.error()));
    describe_run(report, *prepared);
    PlanBody body = plan_body(*prepared);
    report.status = body.differs ? 2 : 0;
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, objections_of(*prepared));
}

}  // namespace roost
