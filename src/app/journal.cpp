#include "app/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "app/execute.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

Step declared_step(const PlanLine& line, const std::string& now) {
    return {.kind = "declared",
            .phase = is_about_roles(*line.change) ? "roles" : "memberships",
            .name = role_of(*line.change),
            .place = to_string(line.place),
            .covers = describe(*line.change),
            .started_at = now};
}

}  // namespace

Commits commits_for(const std::vector<PlanLine>& declared, const Session& session) {
    if (!session.driver().info.transactional_role_ddl) return Commits::at_each_step;
    const std::size_t most = session.facts().most_roles;
    if (most == 0) return Commits::once;
    std::set<std::string_view> roles;
    for (const PlanLine& line : declared)
        if (line.change) roles.insert(role_of(*line.change));
    return roles.size() > most ? Commits::in_batches : Commits::once;
}

Result<void> Journal::carry_out(Step step, const Send& send) {
    if (commits_ == Commits::in_batches) return in_transaction({&step, 1}, send);
    if (commits_ == Commits::at_each_step) {
        step.state = "sent";
        if (auto told = announce({&step, 1}); !told) return told;
        if (auto sent = send(); !sent) return failed(written_ - 1, written_, std::move(sent.error()));
        return {};
    }
    if (auto sent = send(); !sent) return sent;
    step.ended_at = now();
    open_.push_back(std::move(step));
    return {};
}

Result<void> Journal::carry_out_outside(Step step, const Send& send) {
    if (commits_ == Commits::at_each_step) return carry_out(std::move(step), send);
    if (auto sent = send(); !sent) return sent;
    return record_done({&step, 1});
}

Result<void> Journal::carry_out(const std::vector<PlanLine>& lines, std::span<const Statement> statements) {
    while (!statements.empty()) {
        const Batch batch = next_batch(lines, statements);
        if (auto done = run(batch); !done) return done;
        statements = statements.subspan(batch.statements.size());
    }
    return {};
}

// Everything, where it is one transaction; else as many statements as go together. A change is never split.
Journal::Batch Journal::next_batch(const std::vector<PlanLine>& lines, std::span<const Statement> statements) const {
    const std::size_t most_roles = session_.facts().most_roles;
    std::set<std::string_view> roles;
    std::uint32_t covered = statements.front().covers.front();
    std::size_t count = 0;
    for (; count < statements.size(); ++count) {
        const Statement& next = statements[count];
        for (const std::uint32_t change : next.covers) roles.insert(role_of(*lines[change].change));
        const bool full = (commits_ == Commits::in_batches && roles.size() > most_roles) ||
                          (commits_ == Commits::at_each_step && count >= session_.driver().info.pack_statements);
        if (count > 0 && full && next.covers.front() >= covered) break;
        covered = next.covers.back() + 1;
    }
    Batch batch{.statements = statements.first(count), .first = statements.front().covers.front(), .steps = {}};
    const std::string started = now();
    for (std::uint32_t change = batch.first; change < covered; ++change)
        batch.steps.push_back(declared_step(lines[change], started));
    return batch;
}

Result<void> Journal::run(const Batch& batch) {
    std::vector<Step> steps = batch.steps;
    const Send send = [&] { return run_statements(world_, session_, batch.statements); };
    if (commits_ == Commits::in_batches) return in_transaction(steps, send);
    if (commits_ == Commits::at_each_step) return one_by_one(batch);
    if (auto sent = send(); !sent) return sent;
    for (Step& step : steps) step.ended_at = now();
    std::ranges::move(steps, std::back_inserter(open_));
    return {};
}

Result<void> Journal::in_transaction(std::span<Step> steps, const Send& send) {
    if (auto begun = session_.connection().begin(); !begun) return begun;
    auto done = send();
    const std::size_t before = written_;
    if (done) done = record_done(steps);
    if (done) done = session_.still_locked();
    if (done) return session_.connection().commit();
    written_ = before;
    static_cast<void>(session_.connection().rollback());
    return done;
}

Result<void> Journal::one_by_one(const Batch& batch) {
    std::vector<Step> steps = batch.steps;
    for (Step& step : steps) step.state = "sent";
    if (auto told = announce(steps); !told) return told;
    const std::size_t before = written_ - steps.size();
    for (const Statement& statement : batch.statements) {
        auto sent = run_statements(world_, session_, {&statement, 1});
        if (sent) continue;
        const std::size_t first = statement.covers.front() - batch.first;
        const bool was_sent = sent.error().kind != ErrorKind::interrupted;  // else it is the one to be sent next
        const std::size_t end = was_sent ? statement.covers.back() + 1 - batch.first : first;
        return failed(before + first, before + end, std::move(sent.error()));
    }
    return {};
}

// Before they are sent, and in a transaction of its own: what was sent before them has ended by now.
Result<void> Journal::announce(std::span<const Step> steps) {
    if (auto held = session_.still_locked(); !held) return held;
    if (auto begun = session_.connection().begin(); !begun) return begun;
    auto written = flush();
    if (written) written = ledger_.record(run_, written_, steps);
    if (written) written = session_.connection().commit();
    if (!written) {
        static_cast<void>(session_.connection().rollback());
        return written;
    }
    sent_from_ = written_ + 1;
    written_ += steps.size();
    return {};
}

Result<void> Journal::record_done(std::span<Step> steps) {
    for (Step& step : steps) step.ended_at = now();
    if (auto written = ledger_.record(run_, written_, steps); !written) return written;
    written_ += steps.size();
    return {};
}

// Of the steps that are `sent`, those up to number `done` are done, those up to `ended` have failed, the rest was never
// sent. The error is what counts, also where the ledger cannot be told.
Result<void> Journal::failed(std::size_t done, std::size_t ended, Error error) {
    const std::string text = session_.redact(to_string(error));
    const std::string at = now();
    const auto tell = [&](std::size_t from, std::size_t to, const char* state, const std::string& why) {
        if (auto told = ledger_.end_steps(run_, from, to, state, at, why); !told)
            world_.say(Level::warning, session_.redact("the ledger could not be told: " + told.error().message));
    };
    tell(sent_from_, done, "done", {});
    tell(done + 1, ended, "failed", text);
    tell(ended + 1, written_, "unsent", {});
    sent_from_ = written_ + 1;
    return fail(std::move(error));
}

Result<void> Journal::flush() {
    if (commits_ != Commits::at_each_step) return ledger_.record(run_, written_, open_);
    return ledger_.end_steps(run_, sent_from_, written_, "done", now(), {});
}

void Journal::committed() {
    written_ += open_.size();
    sent_from_ = written_ + 1;
    open_.clear();
}

}  // namespace roost
