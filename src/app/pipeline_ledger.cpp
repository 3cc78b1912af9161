// What the ledger is told of a run: that it started, what it holds to, how it ended.
#include <fmt/format.h>

#include "app/execute.hpp"
#include "app/pipeline.hpp"

namespace roost {

Result<void> Pipeline::start() {
    if (!prepared_.ledger.owner)
        if (auto created = ledger_.create(prepared_.owner, now()); !created) return created;
    if (prepared_.ledger.left_over > 0)
        if (auto told = tell_left_over(); !told) return told;
    const Run run{.id = id_,
                  .event = std::string(to_string(prepared_.event)),
                  .actor = actor(world_, options_.actor),
                  .account = session_.facts().account,
                  .host = world_.host,
                  .roost = world_.version,
                  .schema_version = prepared_.history.at,
                  .history_rank = prepared_.history.rank,
                  .started_at = now()};
    return ledger_.start(run, prepared_.ledger.left_over > 0);
}

// What runs that died on the way had done; this one starts from what is there.
Result<void> Pipeline::tell_left_over() const {
    auto found = ledger_.left_over();
    if (!found) return fail(std::move(found.error()));
    for (const LeftOver& left : *found) {
        std::string text = fmt::format("run {} was cut off", left.run);
        if (left.done + left.sent.size() > 0) text += fmt::format(" after {} of its steps", left.done);
        if (!left.sent.empty())
            text += fmt::format("; under way was, done or not: {}{}", left.sent.front(),
                                left.sent.size() > 1 ? fmt::format(" and {} more", left.sent.size() - 1) : "");
        world_.say(Level::warning, session_.redact(text + "; this run goes on from what is there"));
    }
    return {};
}

// A saved plan is used once: by the run that has it in the ledger.
Pipeline::Done Pipeline::take_plan() {
    if (options_.plan_id.empty()) return {};
    Step step{.kind = "plan",
              .phase = {},
              .name = options_.plan_id,
              .place = {},
              .covers = fmt::format("saved plan {}", options_.plan_id),
              .started_at = now()};
    return from(journal_.carry_out(std::move(step), [] { return Result<void>(); }));
}

// The ledger's last word, in the run's transaction or in one of its own.
Pipeline::Done Pipeline::finish() {
    if (!once())
        if (auto begun = from(session_.connection().begin()); !begun) return begun;
    if (auto written = from(journal_.flush()); !written) return written;
    const bool goes_on = has_outside(Phase::data);
    return from(ledger_.set_state(id_, goes_on ? "committed" : "done", goes_on ? std::string{} : now(), {}));
}

void Pipeline::record_failure(Errors& errors) {
    for (Error& error : errors) {
        error = explained(std::move(error), session_.driver(), world_);
        if (committed() && error.kind == ErrorKind::interrupted) error.kind = ErrorKind::failed;
    }
    if (partly() && !once())
        errors.front().advice +=
            fmt::format("{}what was done before it stays: see `roost history --steps`; apply again",
                        errors.front().advice.empty() ? "" : "; ");
    if (stage_ == Stage::ended) return;
    const std::string error = session_.redact((committed() ? "committed; " : "") + to_string(errors.front()));
    const auto tell = [&]() -> Result<void> {
        if (journal_.commits() == Commits::at_each_step)  // what was sent before the failure was done
            if (auto written = journal_.flush(); !written) return written;
        return ledger_.set_state(id_, "failed", now(), error);
    };
    auto told = tell();
    // An interrupt's cancellation can arrive late, and end this statement instead of the one that it was meant for.
    if (!told) told = tell();
    if (!told)
        world_.say(Level::warning, session_.redact(fmt::format(
                                       "the ledger could not be told of the failure ({}); the next run looks after it",
                                       told.error().message)));
}

std::string Pipeline::now() const { return utc(world_.now()); }

}  // namespace roost
