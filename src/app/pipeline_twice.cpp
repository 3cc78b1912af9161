// A run's scripts a second time: for a rehearsal, which takes everything back, and for a run that proves them.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/pipeline.hpp"
#include "core/describe.hpp"
#include "core/words.hpp"

namespace roost {
namespace {

std::string words(const PlanLine& line) { return line.change ? describe(*line.change) : line.text; }

Error not_idempotent(const ReadyScript& ready, const std::vector<PlanLine>& seen) {
    return {.message = fmt::format("run a second time, it changes something: {}", first_of(seen, words, 5)),
            .advice =
                "make it so that a second run changes nothing: Flyway runs it after every migration; or, if somebody "
                "else was at it meanwhile, try again",
            .place = {.file = ready.script->path}};
}

bool is_opaque(const PlanLine& line) { return line.evidence == Evidence::opaque; }

// Whether one of them writes in a way that the engine does not count.
bool write_uncounted(const std::vector<ReadyScript>& scripts, std::span<const std::string_view> words) {
    return std::ranges::any_of(scripts, [&](const ReadyScript& ready) {
        return std::ranges::any_of(ready.recognised, [&](const ScriptStatement& statement) {
            return std::ranges::any_of(words, [&](std::string_view word) { return holds_word(statement.sql, word); });
        });
    });
}

// nullopt: they were not counted.
void tell_rows(std::optional<std::int64_t> written, RehearsalResult& result) {
    if (!written)
        result.not_proven.emplace_back("data: how many rows the scripts write is not counted here");
    else if (*written == 0)
        result.proven.emplace_back("data: the second time no row was written");
    else
        result.not_proven.push_back(fmt::format("data: the second time {} rows were written", *written));
}

void tell_unrehearsed(const std::vector<ReadyScript>& scripts, RehearsalResult& result) {
    for (const ReadyScript& ready : scripts)
        if (!ready.script->directives.transaction)
            result.not_proven.push_back(
                fmt::format("{}: it runs outside of the transaction, and not twice", harmless(ready.script->path)));
    result.not_proven.emplace_back("what functions and triggers do outside of this database");
}

}  // namespace

// The declared changes come where they are made: after the scripts that run before them.
Pipeline::Done Pipeline::first_pass(std::vector<PlanLine>& lines) {
    const auto take_declared = [&] {
        std::ranges::move(lines_, std::back_inserter(lines));
        lines_.clear();
    };
    after_script_ = [&](const ReadyScript& ready) -> Done {
        take_declared();
        auto seen = witness_.changed_by(ready);
        if (!seen) return fail_alone(std::move(seen.error()));
        std::ranges::copy_if(lines_of(ready), std::back_inserter(lines), is_opaque);
        std::ranges::move(*seen, std::back_inserter(lines));
        return {};
    };
    Done done = from(witness_.look());
    if (done) done = inside();
    if (done) done = from(witness_.check_constraints());
    after_script_ = nullptr;
    take_declared();
    return done;
}

Pipeline::Done Pipeline::second_pass(RehearsalResult& result) {
    Errors changed;
    after_script_ = [&](const ReadyScript& ready) -> Done {
        const auto seen = witness_.changed_by(ready);
        if (!seen) return fail_alone(seen.error());
        if (!seen->empty()) changed.push_back(not_idempotent(ready, *seen));
        return {};
    };
    Result<std::optional<std::int64_t>> before;
    Done done = from(witness_.look());
    if (done) before = witness_.rows_written();
    if (done && !before) done = fail_alone(before.error());
    if (done) done = inside();
    if (done) done = from(witness_.check_constraints());
    after_script_ = nullptr;
    if (!done) {
        for (Error& error : done.error()) error.message = "the second time: " + error.message;
        return done;
    }
    const auto after = witness_.rows_written();
    if (!after) return fail_alone(after.error());
    if (!changed.empty()) return std::unexpected(std::move(changed));
    result.done = true;
    result.proven.push_back(
        fmt::format("{}: the second time nothing changed", session_.driver().info.rehearsal.compared));
    if (!session_.facts().unseen.empty())
        result.not_proven.push_back("what this account does not see: " + session_.facts().unseen);
    const bool counted =
        *before && *after && !write_uncounted(prepared_.scripts, session_.driver().info.rehearsal.uncounted);
    tell_rows(counted ? std::optional(**after - **before) : std::nullopt, result);
    return {};
}

Error Pipeline::in_batches(std::string_view done, std::string_view option) {
    return {.kind = ErrorKind::refused,
            .message = fmt::format("this run would touch more roles than one transaction may, and cannot be {}", done),
            .advice = fmt::format("leave {} out", option)};
}

// Before anything is done: what cannot be read cannot be compared.
Pipeline::Done Pipeline::may_look() {
    Done done = from(witness_.look());
    if (!done)
        for (Error& error : done.error()) {
            error.kind = ErrorKind::refused;
            error.message = "cannot be proven, as what is granted cannot be read: " + error.message;
        }
    return done;
}

// For real: nothing is taken back by it, and where nothing rolls back the second time is in the ledger too.
Pipeline::Done Pipeline::prove() {
    world_.say(Level::info, "once more, to prove that nothing changes");
    proven_ = {};
    std::vector<PlanLine> first = std::exchange(lines_, {});
    RoleGraph found = std::exchange(before_, {});
    Done done = second_pass(proven_);
    if (done) tell_unrehearsed(prepared_.scripts, proven_);
    before_ = std::move(found);
    lines_.insert(lines_.begin(), std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
    return done;
}

std::expected<Pipeline::Rehearsed, Errors> Pipeline::rehearse() {
    if (!once()) return fail_alone(in_batches("rehearsed", "--rehearse"));
    if (auto begun = from(session_.connection().begin()); !begun) return std::unexpected(begun.error());
    stage_ = Stage::inside;
    rehearsing_ = true;
    Rehearsed rehearsed;
    Done done;
    if (const std::string_view first = session_.driver().info.rehearsal.begin; !first.empty())
        if (auto sent = session_.connection().execute(first); !sent) done = fail_alone(std::move(sent.error()));
    if (done && !prepared_.ledger.owner) done = from(ledger_.make_tables());  // scripts may write to its role tables
    if (done) done = first_pass(rehearsed.lines);
    if (done) done = second_pass(rehearsed.result);
    tell_unrehearsed(prepared_.scripts, rehearsed.result);
    static_cast<void>(session_.connection().rollback());
    if (!done) return std::unexpected(std::move(done.error()));
    return rehearsed;
}

}  // namespace roost
