// A run's scripts a second time: for a rehearsal, which takes everything back, and for a run that proves them.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "app/pipeline.hpp"
#include "core/describe.hpp"
#include "core/words.hpp"
#include "db/cells.hpp"
#include "db/holdings.hpp"

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

void tell_unrehearsed(const std::vector<ReadyScript>& scripts, RehearsalResult& result) {
    for (const ReadyScript& ready : scripts)
        if (!ready.script->directives.transaction)
            result.not_proven.push_back(
                fmt::format("{}: it runs outside of the transaction, and not twice", harmless(ready.script->path)));
    result.not_proven.emplace_back("what functions and triggers do outside of this database");
}

}  // namespace

Pipeline::Done Pipeline::read_snapshot() {
    if (auto read = read_graph(session_.connection(), last_.graph); !read) return read;
    auto holdings = read_holdings(session_.driver(), session_.connection());
    if (!holdings) return fail_alone(std::move(holdings.error()));
    last_.holdings = std::move(*holdings);
    std::erase_if(last_.holdings,
                  [](const Holding& holding) { return holding.kind == "limit"; });  // follows from rights
    return {};
}

// Adds what the script changed since the last look.
Pipeline::Done Pipeline::observe(const ReadyScript& ready, std::vector<PlanLine>& seen) {
    const Snapshot before = std::move(last_);
    if (auto read = read_snapshot(); !read) return read;
    const std::vector<PlanLine> planned = lines_of(ready);
    std::ranges::copy_if(planned, std::back_inserter(seen),
                         [](const PlanLine& line) { return line.evidence == Evidence::opaque; });
    std::ranges::move(placed(observed(before, last_, {.file = ready.script->path}), planned), std::back_inserter(seen));
    return {};
}

Pipeline::Done Pipeline::send(std::string_view statement) const {
    if (statement.empty()) return {};
    if (auto sent = session_.connection().execute(statement); !sent) return fail_alone(std::move(sent.error()));
    return {};
}

Pipeline::Done Pipeline::check_constraints() const { return send(session_.driver().info.rehearsal.check_constraints); }

Pipeline::Done Pipeline::count_rows(std::optional<std::int64_t>& rows) const {
    const std::string_view query = session_.driver().info.rehearsal.rows_written;
    if (query.empty()) return {};
    const auto counted = read(session_.connection(), query);
    if (!counted) return fail_alone(counted.error());
    if (const std::string count = counted->text(0, 0); !count.empty()) rows = number(count);
    return {};
}

// The declared changes come where they are made: after the scripts that run before them.
Pipeline::Done Pipeline::first_pass(std::vector<PlanLine>& lines) {
    const auto take_declared = [&] {
        std::ranges::move(lines_, std::back_inserter(lines));
        lines_.clear();
    };
    after_script_ = [&](const ReadyScript& ready) {
        take_declared();
        return observe(ready, lines);
    };
    Done done = read_snapshot();
    if (done) done = inside();
    if (done) done = check_constraints();
    after_script_ = nullptr;
    take_declared();
    return done;
}

// Whether a script writes in a way that the engine does not count.
bool Pipeline::holds_uncounted() const {
    const auto words = session_.driver().info.rehearsal.uncounted;
    return std::ranges::any_of(prepared_.scripts, [&](const ReadyScript& ready) {
        return std::ranges::any_of(ready.recognised, [&](const ScriptStatement& statement) {
            return std::ranges::any_of(words, [&](std::string_view word) { return holds_word(statement.sql, word); });
        });
    });
}

Pipeline::Done Pipeline::second_pass(RehearsalResult& result) {
    Errors changed;
    after_script_ = [&](const ReadyScript& ready) -> Done {
        std::vector<PlanLine> seen;
        if (auto looked = observe(ready, seen); !looked) return looked;
        std::erase_if(seen, [](const PlanLine& line) { return line.evidence == Evidence::opaque; });
        if (!seen.empty()) changed.push_back(not_idempotent(ready, seen));
        return {};
    };
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
    Done done = read_snapshot();
    if (done) done = count_rows(before);
    if (done) done = inside();
    if (done) done = check_constraints();
    after_script_ = nullptr;
    if (!done) {
        for (Error& error : done.error()) error.message = "the second time: " + error.message;
        return done;
    }
    if (auto counted = count_rows(after); !counted) return counted;
    if (!changed.empty()) return std::unexpected(std::move(changed));
    result.done = true;
    result.proven.emplace_back("roles, memberships, rights and settings: the second time nothing changed");
    if (!session_.facts().unseen.empty())
        result.not_proven.push_back("what this account does not see: " + session_.facts().unseen);
    if (!before || !after || holds_uncounted())
        result.not_proven.emplace_back("data: how many rows the scripts write is not counted here");
    else if (*before == *after)
        result.proven.emplace_back("data: the second time no row was written");
    else
        result.not_proven.push_back(fmt::format("data: the second time {} rows were written", *after - *before));
    return {};
}

// Before anything is done: what cannot be read cannot be compared.
Pipeline::Done Pipeline::may_look() {
    Done done = read_snapshot();
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
    if (!once())
        return fail_alone(
            {.kind = ErrorKind::refused,
             .message = "this run would touch more roles than one transaction may, and cannot be rehearsed",
             .advice = "plan without --rehearse"});
    if (auto begun = from(session_.connection().begin()); !begun) return std::unexpected(begun.error());
    stage_ = Stage::inside;
    rehearsing_ = true;
    Rehearsed rehearsed;
    Done done = send(session_.driver().info.rehearsal.begin);
    if (done && !prepared_.ledger.owner) done = from(ledger_.make_tables());  // scripts may write to its role tables
    if (done) done = first_pass(rehearsed.lines);
    if (done) done = second_pass(rehearsed.result);
    tell_unrehearsed(prepared_.scripts, rehearsed.result);
    static_cast<void>(session_.connection().rollback());
    if (!done) return std::unexpected(std::move(done.error()));
    return rehearsed;
}

}  // namespace roost
