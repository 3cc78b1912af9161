#include "app/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/execute.hpp"
#include "app/objections.hpp"
#include "core/describe.hpp"
#include "core/verify.hpp"

namespace roost {
namespace {

constexpr int retries = 3;

std::expected<void, Errors> from(Result<void> result) {
    if (!result) return fail_alone(std::move(result.error()));
    return {};
}

std::expected<void, Errors> unless(Errors errors) {
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return {};
}

bool runs_outside(const ReadyScript& ready, Phase phase) {
    return ready.script->phase == phase && !ready.script->directives.transaction;
}

Error interrupted() { return {.kind = ErrorKind::interrupted, .message = "interrupted"}; }

}  // namespace

Pipeline::Pipeline(const World& world, const Opened& opened, const Prepared& prepared, const ApplyOptions& options)
    : world_(world),
      loaded_(*opened.loaded),
      session_(*opened.session),
      prepared_(prepared),
      options_(options),
      ledger_(session_.driver(), session_.connection()),
      script_run_(world, session_),
      id_(prepared.ledger.last_run + 1) {}

std::expected<void, Errors> Pipeline::run() {
    if (world_.interrupt->requested()) return fail_alone(interrupted());
    if (auto started = from(start()); !started) return started;
    Done done = body();
    for (int again = 0; !done && again < retries && may_succeed_again(done.error()); ++again) {
        world_.say(Level::info, session_.redact("starting over: " + done.error().front().message));
        done = body();
    }
    if (!done) record_failure(done.error());
    return done;
}

Result<void> Pipeline::start() {
    if (!prepared_.ledger.owner)
        if (auto created = ledger_.create(prepared_.owner, now()); !created) return created;
    const Run run{.id = id_,
                  .event = std::string(to_string(prepared_.event)),
                  .actor = actor(world_, options_.actor),
                  .account = session_.facts().account,
                  .host = world_.host,
                  .roost = world_.version,
                  .schema_version = prepared_.history.version ? prepared_.history.version->text() : std::string{},
                  .history_rank = prepared_.history.rank,
                  .started_at = now()};
    return ledger_.start(run, prepared_.ledger.left_over > 0);
}

// Role scripts that run outside come before the transaction, data scripts that do after it: what cannot be undone waits
// until the rest holds.
Pipeline::Done Pipeline::body() {
    lines_.clear();
    steps_.clear();
    stage_ = Stage::before;
    if (auto ran = outside(Phase::roles); !ran) return ran;
    if (auto begun = from(session_.connection().begin()); !begun) return begun;
    stage_ = Stage::inside;
    Done done = inside();
    if (done && world_.interrupt->requested()) done = fail_alone(interrupted());
    if (!done) {
        static_cast<void>(session_.connection().rollback());
        return done;
    }
    if (auto committed = commit(); !committed) return committed;
    if (auto ran = outside(Phase::data); !ran) return ran;
    if (has_outside(Phase::data))
        if (auto ended = from(ledger_.set_state(id_, "done", now(), {})); !ended) return ended;
    stage_ = Stage::ended;
    return verify_fresh();
}

Pipeline::Done Pipeline::inside() {
    if (auto read = read_graph(session_.connection(), before_); !read) return read;
    if (auto remembered = from(script_run_.remember()); !remembered) return remembered;
    RoleGraph graph = before_;
    if (auto ran = scripts(Phase::roles, graph); !ran) return ran;
    if (declares())
        if (auto made = declared_roles(graph); !made) return made;
    if (auto ran = scripts(Phase::memberships, graph); !ran) return ran;
    if (declares())
        if (auto made = declared_memberships(graph); !made) return made;
    if (auto ran = scripts(Phase::data, graph); !ran) return ran;
    if (auto verified = verify(); !verified) return verified;
    if (auto written = from(ledger_.record(id_, recorded_, steps_)); !written) return written;
    const bool goes_on = has_outside(Phase::data);
    return from(ledger_.set_state(id_, goes_on ? "committed" : "done", goes_on ? std::string{} : now(), {}));
}

// Asks for the lock first: where it was lost, another run may be under way.
Pipeline::Done Pipeline::commit() {
    if (auto held = from(session_.still_locked()); !held) {
        static_cast<void>(session_.connection().rollback());
        return held;
    }
    stage_ = Stage::committing;
    if (auto committed = session_.connection().commit(); !committed) {
        Error error = std::move(committed.error());
        if (session_.driver().diagnose(error).fault == Fault::connection_lost) {
            error.message =
                "the connection was lost at the commit, and it is not known whether it took place: " + error.message;
            error.advice = "see `roost history` and `roost check`, then apply again";
        }
        return fail_alone(std::move(error));
    }
    stage_ = Stage::committed;
    recorded_ += steps_.size();
    steps_.clear();
    return {};
}

bool Pipeline::has_outside(Phase phase) const {
    return std::ranges::any_of(prepared_.scripts, [&](const ReadyScript& ready) { return runs_outside(ready, phase); });
}

// Scripts with `transaction = off`, each once however often the run starts over.
Pipeline::Done Pipeline::outside(Phase phase) {
    if (!has_outside(phase)) return {};
    if (auto remembered = from(script_run_.remember()); !remembered) return remembered;
    for (const ReadyScript& ready : prepared_.scripts) {
        if (!runs_outside(ready, phase) || ran_outside_.contains(ready.script->path)) continue;
        if (auto ran = outside_script(ready); !ran) return ran;
        ran_outside_.insert(ready.script->path);
    }
    return {};
}

// It is in the ledger as soon as it ran, and looked at by itself: nothing takes back what it did.
Pipeline::Done Pipeline::outside_script(const ReadyScript& ready) {
    if (auto held = from(session_.still_locked()); !held) return held;
    RoleGraph before;
    RoleGraph after;
    if (auto read = read_graph(session_.connection(), before); !read) return read;
    auto step = script_run_.run(ready);
    if (!step) return fail_alone(std::move(step.error()));
    if (auto written = from(ledger_.record(id_, recorded_, {std::move(*step)})); !written) return written;
    ++recorded_;
    if (auto read = read_graph(session_.connection(), after); !read) return read;
    Errors errors = strayed_errors(before, after, before, prepared_);
    for (Error& error : errors) {
        error.place = {.file = ready.script->path};
        error.advice += "; it ran with transaction = off, and is not taken back";
    }
    return unless(std::move(errors));
}

// The scripts of a phase, then the graph as it is after them; unread where none ran.
Pipeline::Done Pipeline::scripts(Phase phase, RoleGraph& graph) {
    bool any = false;
    for (const ReadyScript& ready : prepared_.scripts) {
        if (ready.script->phase != phase || !ready.script->directives.transaction) continue;
        auto step = script_run_.run(ready);
        if (!step) return fail_alone(std::move(step.error()));
        steps_.push_back(std::move(*step));
        any = true;
    }
    if (!any || phase == Phase::data) return {};
    return read_graph(session_.connection(), graph);
}

Pipeline::Done Pipeline::declared_roles(RoleGraph& graph) {
    auto lines = diff(graph, prepared_.declared, session_.facts().membership_options);
    std::erase_if(lines, [](const PlanLine& line) { return !is_about_roles(*line.change); });
    const auto changes = changes_of(lines);
    if (auto done = carry_out(std::move(lines)); !done) return done;
    graph = after(graph, changes);
    return {};
}

Pipeline::Done Pipeline::declared_memberships(const RoleGraph& graph) {
    const auto against = [&](const RoleGraph& others) {
        return contradictions(before_, graph, others, prepared_.declared, statements_of(prepared_.scripts));
    };
    if (!against(before_).empty()) {
        RoleGraph others;
        if (auto read = read_others(others); !read) return read;
        if (auto errors = against(others); !errors.empty()) return std::unexpected(std::move(errors));
    }
    const auto lines = diff(graph, prepared_.declared, session_.facts().membership_options);
    const auto policy = guard_policy(loaded_, options_.choices);
    auto objections = guard(before_, graph, prepared_.declared, lines, session_.facts().own_roles, policy);
    if (!objections.refused.empty()) return std::unexpected(std::move(objections.refused));
    warnings_ = std::move(objections.warnings);
    expected_ = policy.missing_is_error ? prepared_.declared : without_missing(prepared_.declared, graph);
    return carry_out(diff(graph, expected_, session_.facts().membership_options));
}

// Sends what the lines say, and keeps a step for each.
Pipeline::Done Pipeline::carry_out(std::vector<PlanLine> lines) {
    if (lines.empty()) return {};
    world_.say(Level::info, fmt::format("{} declared change{}", lines.size(), lines.size() == 1 ? "" : "s"));
    auto statements = session_.driver().write(changes_of(lines), session_.facts());
    for (Statement& statement : statements)
        if (!statement.covers.empty()) statement.place = lines[statement.covers.front()].place;
    const std::string started = now();
    if (auto ran = run_statements(world_, session_, statements); !ran) return fail_alone(std::move(ran.error()));
    const std::string ended = now();
    for (const PlanLine& line : lines)
        steps_.push_back({.kind = "declared",
                          .phase = is_about_roles(*line.change) ? "roles" : "memberships",
                          .name = role_of(*line.change),
                          .place = to_string(line.place),
                          .covers = describe(*line.change),
                          .started_at = started,
                          .ended_at = ended});
    std::ranges::move(lines, std::back_inserter(lines_));
    return {};
}

// Still inside the transaction: the declared state holds, nothing else changed by our hand, and scripts kept to the
// guards as well.
Pipeline::Done Pipeline::verify() {
    RoleGraph graph;
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    RoleGraph others = before_;
    if (!strayed_errors(before_, graph, others, prepared_).empty())
        if (auto read = read_others(others); !read) return read;
    Errors errors = strayed_errors(before_, graph, others, prepared_);
    const auto add = [&](Errors more) { std::ranges::move(more, std::back_inserter(errors)); };
    add(guard_errors(before_, graph, prepared_, session_.facts().own_roles, guard_policy(loaded_, options_.choices)));
    if (declares()) add(unmet(graph, expected_, session_.facts().membership_options));
    return unless(std::move(errors));
}

Pipeline::Done Pipeline::verify_fresh() {
    if (!declares()) return {};
    RoleGraph graph;
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    Errors errors = unmet(graph, expected_, session_.facts().membership_options);
    if (errors.empty()) return {};
    errors.insert(errors.begin(),
                  Error{.message = "committed, but the declared state no longer holds: somebody changed it meanwhile",
                        .advice = "see `roost check`, then apply again"});
    return std::unexpected(std::move(errors));
}

Pipeline::Done Pipeline::read_graph(Connection& connection, RoleGraph& graph) const {
    auto read = session_.driver().graph(connection);
    if (!read) return fail_alone(std::move(read.error()));
    graph = std::move(*read);
    return {};
}

// What others see: committed, without what this transaction did.
Pipeline::Done Pipeline::read_others(RoleGraph& graph) const {
    if (session_.outside()) return read_graph(*session_.outside(), graph);
    graph = before_;
    return {};
}

bool Pipeline::may_succeed_again(const Errors& errors) const {
    return stage_ == Stage::inside && errors.size() == 1 && errors.front().kind == ErrorKind::failed &&
           session_.driver().diagnose(errors.front()).retry;
}

void Pipeline::record_failure(Errors& errors) {
    for (Error& error : errors) {
        error = explained(std::move(error), session_.driver(), world_);
        if (committed() && error.kind == ErrorKind::interrupted) error.kind = ErrorKind::failed;
    }
    if (stage_ == Stage::ended) return;
    const std::string error = session_.redact((committed() ? "committed; " : "") + to_string(errors.front()));
    auto told = ledger_.set_state(id_, "failed", now(), error);
    // An interrupt's cancellation can arrive late, and end this statement instead of the one that it was meant for.
    if (!told) told = ledger_.set_state(id_, "failed", now(), error);
    if (!told)
        world_.say(Level::warning, session_.redact(fmt::format(
                                       "the ledger could not be told of the failure ({}); the next run looks after it",
                                       told.error().message)));
}

std::string Pipeline::now() const { return utc(world_.now()); }

}  // namespace roost
