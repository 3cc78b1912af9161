#include "app/pipeline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/execute.hpp"
#include "core/describe.hpp"
#include "core/verify.hpp"

namespace roost {
namespace {

constexpr int retries = 3;

std::expected<void, Errors> from(Result<void> result) {
    if (!result) return fail_alone(std::move(result.error()));
    return {};
}

bool runs_outside(const ReadyScript& ready, Phase phase) {
    return ready.script->phase == phase && !ready.script->directives.transaction;
}

}  // namespace

Pipeline::Pipeline(const World& world, const Opened& opened, const Prepared& prepared, const ApplyOptions& options)
    : world_(world),
      loaded_(*opened.loaded),
      session_(*opened.session),
      prepared_(prepared),
      options_(options),
      ledger_(session_.driver(), session_.connection()),
      id_(prepared.ledger.last_run + 1) {}

std::expected<void, Errors> Pipeline::run() {
    if (auto started = from(start()); !started) return started;
    Done done = body();
    for (int again = 0; !done && again < retries && may_succeed_again(done.error()); ++again) {
        world_.say(Level::info, fmt::format("starting over: {}", done.error().front().message));
        done = body();
    }
    if (!done) {
        for (Error& error : done.error()) error = explained(std::move(error), session_.driver(), world_);
        record_failure(done.error());
    }
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
    if (auto ran = outside(Phase::roles); !ran) return ran;
    if (auto begun = from(session_.connection().begin()); !begun) return begun;
    Done done = inside();
    if (done && world_.interrupt->requested())
        done = fail_alone({.kind = ErrorKind::interrupted, .message = "interrupted"});
    if (!done) {
        static_cast<void>(session_.connection().rollback());
        return done;
    }
    if (auto committed = from(session_.connection().commit()); !committed) return committed;
    stage_ = Stage::committed;
    recorded_ += steps_.size();
    steps_.clear();
    if (auto ran = outside(Phase::data); !ran) return ran;
    if (has_outside(Phase::data))
        if (auto finished = from(ledger_.finish(id_, "done", now(), {})); !finished) return finished;
    stage_ = Stage::ended;
    return verify_fresh();
}

Pipeline::Done Pipeline::inside() {
    if (auto remembered = remember_session(); !remembered) return remembered;
    RoleGraph graph = prepared_.before;
    if (auto ran = scripts(Phase::roles, graph); !ran) return ran;
    if (declares())
        if (auto made = declared_roles(graph); !made) return made;
    if (auto ran = scripts(Phase::memberships, graph); !ran) return ran;
    if (declares())
        if (auto made = declared_memberships(graph); !made) return made;
    if (auto ran = scripts(Phase::data, graph); !ran) return ran;
    if (auto verified = verify(); !verified) return verified;
    return record();
}

bool Pipeline::has_outside(Phase phase) const {
    return std::ranges::any_of(prepared_.scripts, [&](const ReadyScript& ready) { return runs_outside(ready, phase); });
}

// Scripts with `transaction = off`: each is in the ledger as soon as it ran.
Pipeline::Done Pipeline::outside(Phase phase) {
    if (!has_outside(phase)) return {};
    if (auto remembered = remember_session(); !remembered) return remembered;
    for (const ReadyScript& ready : prepared_.scripts) {
        if (!runs_outside(ready, phase) || ran_outside_.contains(ready.script->path)) continue;
        const std::size_t before = steps_.size();
        if (auto ran = script(ready); !ran) return ran;
        const std::vector<Step> step(steps_.begin() + static_cast<std::ptrdiff_t>(before), steps_.end());
        if (auto written = from(ledger_.record(id_, recorded_, step)); !written) return written;
        recorded_ += step.size();
        steps_.resize(before);
        ran_outside_.insert(ready.script->path);
    }
    return {};
}

// What the session must be again after each script; unread where none runs.
Pipeline::Done Pipeline::remember_session() {
    if (prepared_.scripts.empty()) return {};
    auto state = session_.driver().remember(session_.connection());
    if (!state) return fail_alone(std::move(state.error()));
    state_ = std::move(*state);
    return {};
}

// The scripts of a phase, then the graph as it is after them; unread where none ran.
Pipeline::Done Pipeline::scripts(Phase phase, RoleGraph& graph) {
    bool any = phase == Phase::roles && has_outside(phase);
    for (const ReadyScript& ready : prepared_.scripts) {
        if (ready.script->phase != phase || !ready.script->directives.transaction) continue;
        if (auto ran = script(ready); !ran) return ran;
        any = true;
    }
    if (!any || phase == Phase::data) return {};
    return read_graph(session_.connection(), graph);
}

Pipeline::Done Pipeline::script(const ReadyScript& ready) {
    world_.say(Level::info, fmt::format("running {}", ready.script->path));
    Step step{.kind = "script",
              .phase = std::string(to_string(ready.script->phase)),
              .name = ready.script->path,
              .checksum = ready.checksum,
              .place = ready.script->path,
              .covers = ready.script->path,
              .started_at = now()};
    if (auto ran = run_statements(world_, session_, ready.statements); !ran) return fail_alone(std::move(ran.error()));
    if (auto reset = session_.driver().reset(session_.connection(), state_); !reset) {
        reset.error().place = {.file = ready.script->path};
        return fail_alone(std::move(reset.error()));
    }
    step.ended_at = now();
    steps_.push_back(std::move(step));
    return {};
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
    auto against = contradictions(prepared_.before, graph, prepared_.declared, statements_of(prepared_.scripts));
    if (!against.empty()) return std::unexpected(std::move(against));
    auto lines = diff(graph, prepared_.declared, session_.facts().membership_options);
    const auto policy = guard_policy(loaded_, options_.choices);
    auto objections = guard(graph, prepared_.declared, lines, session_.facts().own_roles, policy);
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

// Still inside the transaction: the declared state holds, and nothing else changed by our hand.
Pipeline::Done Pipeline::verify() {
    RoleGraph graph;
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    RoleGraph others = prepared_.before;
    if (session_.outside() && !strayed(prepared_.before, graph, others, prepared_.declared, prepared_.touched).empty())
        if (auto read = read_graph(*session_.outside(), others); !read) return read;
    Errors errors;
    for (const Difference& difference : strayed(prepared_.before, graph, others, prepared_.declared, prepared_.touched))
        errors.push_back({.message = fmt::format("a script changed what is not managed: {}", to_string(difference)),
                          .advice = fmt::format("declare {0}, or allow it in the script: -- roost: touches = {0}",
                                                shown(difference.role))});
    if (declares())
        std::ranges::move(unmet(graph, expected_, session_.facts().membership_options), std::back_inserter(errors));
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return {};
}

Pipeline::Done Pipeline::record() {
    if (auto written = from(ledger_.record(id_, recorded_, steps_)); !written) return written;
    if (has_outside(Phase::data)) return {};
    return from(ledger_.finish(id_, "done", now(), {}));
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

bool Pipeline::may_succeed_again(const Errors& errors) const {
    return stage_ == Stage::running && errors.size() == 1 && errors.front().kind == ErrorKind::failed &&
           session_.driver().diagnose(errors.front()).retry;
}

void Pipeline::record_failure(const Errors& errors) {
    if (stage_ == Stage::ended) return;
    const std::string error = loaded_.redact(to_string(errors.front()));
    auto finished = ledger_.finish(id_, "failed", now(), error);
    // An interrupt's cancellation can arrive late, and end this statement instead of the one that it was meant for.
    if (!finished) finished = ledger_.finish(id_, "failed", now(), error);
    if (!finished)
        world_.say(
            Level::warning,
            fmt::format("the ledger could not be told of the failure ({}); the next run marks this one as abandoned",
                        loaded_.redact(finished.error().message)));
}

std::string Pipeline::now() const { return utc(world_.now()); }

}  // namespace roost
