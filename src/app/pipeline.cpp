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

Error interrupted() { return {.kind = ErrorKind::interrupted, .message = "interrupted"}; }

}  // namespace

Pipeline::Pipeline(const World& world, const Opened& opened, const Prepared& prepared, const ApplyOptions& options)
    : world_(world),
      loaded_(*opened.loaded),
      session_(*opened.session),
      prepared_(prepared),
      options_(options),
      ledger_(session_.driver(), session_.connection(), session_.facts()),
      script_run_(world, session_),
      witness_(session_),
      id_(prepared.ledger.last_run + 1),
      journal_(world, session_, ledger_, id_, commits_for(prepared.drift, session_)) {}

std::expected<void, Errors> Pipeline::run() {
    if (world_.interrupt->requested()) return fail_alone(interrupted());
    if (options_.prove && journal_.commits() == Commits::in_batches) return fail_alone(in_batches("proven", "--prove"));
    if (auto started = from(start()); !started) return started;
    Done done = body();
    for (int again = 0; !done && again < retries && may_succeed_again(done.error()); ++again) {
        world_.say(Level::info, session_.redact("starting over: " + done.error().front().message));
        done = body();
    }
    if (!done) record_failure(done.error());
    return done;
}

Pipeline::Done Pipeline::from(Result<void> result) {
    if (!result) return fail_alone(std::move(result.error()));
    return {};
}

Pipeline::Done Pipeline::unless(Errors errors) {
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return {};
}

// Role scripts that run outside come before the transaction, data scripts that do after it: what cannot be undone waits
// until the rest holds.
Pipeline::Done Pipeline::body() {
    lines_.clear();
    journal_.restart();
    stage_ = Stage::before;
    if (auto ran = outside(Phase::roles); !ran) return ran;
    if (once())
        if (auto begun = from(session_.connection().begin()); !begun) return begun;
    stage_ = Stage::inside;
    as_planned_ = 0;
    Done done = options_.prove ? may_look() : Done();
    if (done) done = take_plan();
    if (done) done = inside();
    if (done && options_.prove) done = prove();
    if (done) done = finish();
    if (done && once() && world_.interrupt->requested()) done = fail_alone(interrupted());
    if (!done) {
        static_cast<void>(session_.connection().rollback());
        return done;
    }
    if (auto committed = commit(); !committed) return committed;
    if (auto ran = outside(Phase::data); !ran) return ran;
    if (has_outside(Phase::data)) {
        if (auto written = from(journal_.flush()); !written) return written;
        if (auto ended = from(ledger_.set_state(id_, "done", now(), {})); !ended) return ended;
    }
    stage_ = Stage::ended;
    return verify_fresh();
}

// Somebody may have been here since the plan was compared, and a script that is not understood may do anything.
Pipeline::Done Pipeline::as_planned(std::span<const Statement> statements) {
    if (options_.plan_id.empty()) return {};
    for (const Statement& statement : statements)
        if (as_planned_ == options_.planned.size() || options_.planned[as_planned_++] != statement.sql)
            return fail_alone(
                {.kind = ErrorKind::refused,
                 .message = "what is to be sent now is not what the plan holds: the roles changed meanwhile",
                 .advice = "look at a new one: roost plan --out",
                 .place = statement.place});
    return {};
}

// The scripts may have done by themselves what the plan says is declared.
Pipeline::Done Pipeline::whole_plan() const {
    if (options_.plan_id.empty() || as_planned_ == options_.planned.size()) return {};
    return fail_alone(
        {.kind = ErrorKind::refused,
         .message = fmt::format("the plan holds {} statements of what is declared, and {} of them are left "
                                "to send: the roles changed meanwhile, or a script changed them",
                                options_.planned.size(), as_planned_),
         .advice = "look at a new one: roost plan --out"});
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
    if (auto same = whole_plan(); !same) return same;
    if (auto ran = scripts(Phase::data, graph); !ran) return ran;
    return verify();
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
    journal_.committed();
    return {};
}

Pipeline::Done Pipeline::declared_roles(RoleGraph& graph) {
    auto lines = diff(graph, prepared_.declared, rules());
    std::erase_if(lines, [](const PlanLine& line) { return !makes_role(line); });
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
    const auto policy = guard_policy(loaded_, options_.choices);
    expected_ = wanted(prepared_.declared, graph, policy);
    auto lines = diff(graph, expected_, rules());
    auto objections = guard(before_, graph, prepared_.declared, lines, session_.facts().own_roles, policy);
    std::vector<Finding> told;  // by the plan already
    std::ranges::move(obstacle_errors(graph, expected_, lines, session_, told), std::back_inserter(objections.refused));
    if (!objections.refused.empty()) return std::unexpected(std::move(objections.refused));
    warnings_ = std::move(objections.warnings);
    return carry_out(std::move(lines));
}

// Sends what the lines say, and keeps a step for each.
Pipeline::Done Pipeline::carry_out(std::vector<PlanLine> lines) {
    if (lines.empty()) return {};
    world_.say(Level::info, fmt::format("{} declared change{}", lines.size(), lines.size() == 1 ? "" : "s"));
    auto statements = session_.driver().write(changes_of(lines), session_.facts());
    for (Statement& statement : statements)
        if (!statement.covers.empty()) statement.place = lines[statement.covers.front()].place;
    if (auto same = as_planned(statements); !same) return same;
    if (auto done = from(journal_.carry_out(lines, statements)); !done) return done;
    std::ranges::move(lines, std::back_inserter(lines_));
    return after_script_ ? from(witness_.look()) : Done();  // what the next script changes counts from here
}

// Before the commit, where there is one: the declared state holds, nothing else changed by our hand, and scripts kept
// to the guards as well.
Pipeline::Done Pipeline::verify() {
    RoleGraph graph;
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    Errors errors;
    if (once()) {  // else each script was looked at
        RoleGraph others = before_;
        if (!strayed_errors(before_, graph, others, prepared_).empty())
            if (auto read = read_others(others); !read) return read;
        errors = strayed_errors(before_, graph, others, prepared_);
    }
    const auto add = [&](Errors more) { std::ranges::move(more, std::back_inserter(errors)); };
    add(guard_errors(before_, graph, prepared_, session_.facts().own_roles, guard_policy(loaded_, options_.choices)));
    if (declares()) add(unmet(graph, expected_, rules()));
    return unless(std::move(errors));
}

Pipeline::Done Pipeline::verify_fresh() {
    if (!declares()) return {};
    RoleGraph graph;
    if (auto read = read_graph(session_.connection(), graph); !read) return read;
    Errors errors = unmet(graph, expected_, rules());
    if (errors.empty()) return {};
    errors.insert(errors.begin(),
                  Error{.message = "committed, but the declared state no longer holds: somebody changed it meanwhile",
                        .advice = "see `roost check`, then apply again"});
    return std::unexpected(std::move(errors));
}

Pipeline::Done Pipeline::read_graph(Connection& connection, RoleGraph& graph) const {
    auto read = session_.driver().graph(connection, session_.facts());
    if (!read) return fail_alone(std::move(read.error()));
    graph = std::move(*read);
    return {};
}

// What others see: committed, without what this transaction did.
Pipeline::Done Pipeline::read_others(RoleGraph& graph) const {
    if (once() && session_.outside()) return read_graph(*session_.outside(), graph);
    graph = before_;
    return {};
}

// A rehearsal and a saved plan do what the plan says, and that is without the marks where they were put off.
MembershipRules Pipeline::rules() const {
    MembershipRules rules = rules_of(session_.facts());
    rules.marks = !prepared_.puts_off_marks || (!rehearsing_ && options_.plan_id.empty());
    return rules;
}

bool Pipeline::may_succeed_again(const Errors& errors) const {
    return once() && stage_ == Stage::inside && errors.size() == 1 && errors.front().kind == ErrorKind::failed &&
           session_.driver().diagnose(errors.front()).retry;
}

}  // namespace roost
