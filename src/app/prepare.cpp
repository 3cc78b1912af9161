#include "app/prepare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/migration_files.hpp"
#include "app/migrations.hpp"
#include "app/notes.hpp"
#include "app/objections.hpp"
#include "app/predict.hpp"
#include "app/scripts.hpp"

namespace roost {
namespace {

Event event_of(const Choices& choices, const History& history) {
    if (!history.failed.empty()) return Event::afterMigrateError;
    return choices.event.value_or(Event::afterMigrate);
}

void add_all(std::vector<Error>& to, std::vector<Error> from) { std::ranges::move(from, std::back_inserter(to)); }

// The lines of one phase's scripts.
void script_lines(std::vector<PlanLine>& lines, const Prepared& prepared, Phase phase, bool in_transaction) {
    for (const ReadyScript& ready : prepared.scripts)
        if (ready.script->phase == phase && ready.script->directives.transaction == in_transaction)
            std::ranges::move(lines_of(ready), std::back_inserter(lines));
}

// What scripts that are understood would change beside what is declared: the run would fail, and where nothing rolls
// back it must not come that far.
std::vector<Error> foreseen_strays(const Prepared& prepared) {
    const RoleGraph foreseen = after(prepared.before, effects_of(prepared.scripts));
    auto errors = strayed_errors(prepared.before, foreseen, prepared.before, prepared);
    for (Error& error : errors) error.kind = ErrorKind::refused;
    return errors;
}

// All lines in the order in which they run: role scripts, declared roles that are made, membership scripts, declared
// memberships with the marks of their roles, data scripts.
std::vector<PlanLine> in_order(const Prepared& prepared, const std::vector<PlanLine>& declared) {
    std::vector<PlanLine> lines;
    script_lines(lines, prepared, Phase::roles, false);
    script_lines(lines, prepared, Phase::roles, true);
    std::ranges::copy_if(declared, std::back_inserter(lines), [](const PlanLine& line) { return makes_role(line); });
    script_lines(lines, prepared, Phase::memberships, true);
    std::ranges::copy_if(declared, std::back_inserter(lines), [](const PlanLine& line) { return !makes_role(line); });
    script_lines(lines, prepared, Phase::data, true);
    script_lines(lines, prepared, Phase::data, false);
    return lines;
}

std::expected<void, Errors> read_database(Prepared& prepared, const World& world, const Loaded& loaded,
                                          const Session& session, const Choices& choices) {
    prepared.owner = {loaded.project.name, loaded.environment.name, session.facts().database_id};
    auto ledger = Ledger(session.driver(), session.connection(), session.facts()).read(prepared.owner);
    if (!ledger) return fail_alone(std::move(ledger.error()));
    prepared.ledger = std::move(*ledger);

    auto history = migrations(world, loaded, session);
    if (history) {
        prepared.history_refused = history_objections(loaded, *history);
        if (*history) prepared.history = std::move(**history);
    } else if (choices.event == Event::afterMigrateError && history.error().kind == ErrorKind::refused) {
        prepared.history_refused.push_back(std::move(history.error()));  // the first migration of all may have failed
    } else {
        return fail_alone(std::move(history.error()));
    }
    prepared.event = event_of(choices, prepared.history);
    if (prepared.event == Event::afterMigrateError && prepared.history_refused.empty())
        prepared.history_refused.push_back({.kind = ErrorKind::refused,
                                            .message = "afterMigrateError was given: nothing declared is applied",
                                            .advice = "mend the migration, migrate, and apply again"});

    auto graph = session.driver().graph(session.connection(), session.facts());
    if (!graph) return fail_alone(std::move(graph.error()));
    prepared.before = std::move(*graph);
    return {};
}

std::expected<void, Errors> read_scripts(Prepared& prepared, const World& world, const Loaded& loaded,
                                         const Session& session) {
    const ScriptChoice choice{
        .event = prepared.event,
        .moved_on = prepared.history.rank != prepared.ledger.good_rank || prepared.event == Event::afterMigrateApplied,
        .version = prepared.history.version};
    auto scripts = ready_scripts(world, loaded, session.facts(), choice, prepared.findings);
    if (!scripts) return std::unexpected(std::move(scripts.error()));
    prepared.scripts = std::move(*scripts);
    for (ReadyScript& ready : prepared.scripts) {
        const auto last = prepared.ledger.good_scripts.find(ready.script->path);
        ready.known = last != prepared.ledger.good_scripts.end() && last->second == ready.checksum;
        for (const std::string& name : ready.script->directives.touches)
            prepared.touched.insert(name_in(prepared.before, session.driver().names.canonical(name).value_or(name)));
    }
    return {};
}

std::expected<void, Errors> make_declared(Prepared& prepared, const Loaded& loaded, const Session& session) {
    const Mark owner{loaded.project.name, loaded.environment.name, session.facts().database};
    const Names& names = session.driver().names;
    const auto known = [&](std::string_view name) {
        auto spelled = names.canonical(name);
        if (spelled) *spelled = name_in(prepared.before, *spelled);
        return spelled;
    };
    const Spelling spelling{known, names.of_role()};
    auto declared = declare(loaded.project, loaded.environment, owner, prepared.history.version, spelling,
                            session.facts().membership_options,
                            fmt::format("{} {}", session.driver().info.title, session.facts().version));
    if (!declared) return std::unexpected(std::move(declared.error()));
    prepared.declared = std::move(*declared);
    return {};
}

// Whether a script that can make principals holds a statement that is not understood.
bool may_make_principals(const std::vector<ReadyScript>& scripts) {
    return std::ranges::any_of(
        scripts, [](const ReadyScript& ready) { return ready.script->phase != Phase::data && has_opaque(ready); });
}

// Where nothing but marks is lacking, all is as declared: apply sets them on its way, and the plan only notes it.
void put_off_marks(Prepared& prepared, std::vector<PlanLine>& lines) {
    const bool marks_alone =
        std::ranges::all_of(lines, [](const PlanLine& line) { return std::holds_alternative<MarkRole>(*line.change); });
    const bool scripts_change = std::ranges::any_of(prepared.scripts, [](const ReadyScript& ready) {
        return std::ranges::any_of(ready.effects, [](const auto& changes) { return !changes.empty(); });
    });
    if (lines.empty() || !marks_alone || scripts_change) return;
    prepared.puts_off_marks = true;
    prepared.findings.push_back(
        {.code = "unmarked",
         .severity = Severity::note,
         .what = {.message = fmt::format("{} of the declared roles {} made by others and {} as declared: apply takes "
                                         "charge of {}",
                                         lines.size(), lines.size() == 1 ? "was" : "were",
                                         lines.size() == 1 ? "is" : "are", lines.size() == 1 ? "it" : "them")}});
    lines.clear();
}

std::expected<void, Errors> make_plan(Prepared& prepared, const Loaded& loaded, const Session& session,
                                      const Choices& choices) {
    Prediction prediction(prepared, session);
    prediction.play(Phase::roles);
    if (prepared.event == Event::afterMigrateError) {
        prediction.play(Phase::memberships);
        prediction.play(Phase::data);
        add_all(prepared.refused, foreign_or_untouchable(prepared.before, prepared.declared));
        prepared.plan = in_order(prepared, {});
        return {};
    }
    auto lines = diff(prediction.graph(), prepared.declared, rules_of(session.facts()));
    std::erase_if(lines, [](const PlanLine& line) { return !makes_role(line); });
    prediction.carry_out(lines);
    prediction.play(Phase::memberships);
    const RoleGraph expected = prediction.graph();
    const Declared target = wanted(prepared.declared, expected, guard_policy(loaded, choices));
    auto further = diff(expected, target, rules_of(session.facts()));
    prediction.carry_out(further);
    prediction.play(Phase::data);
    std::ranges::move(further, std::back_inserter(lines));
    auto against = contradictions(prepared.declared, statements_of(prepared.scripts));
    if (!against.empty()) return std::unexpected(std::move(against));

    GuardPolicy policy = guard_policy(loaded, choices);
    // A script that is not understood may still make a principal; apply asks again once it ran.
    const bool may_come = policy.missing_is_error && may_make_principals(prepared.scripts);
    if (may_come) policy.missing_is_error = false;
    auto objections = guard(prepared.before, expected, prepared.declared, lines, session.facts().own_roles, policy);
    add_all(prepared.refused, std::move(objections.refused));
    const bool taken_back = session.driver().info.transactional_role_ddl;
    add_all(taken_back ? prepared.would_fail : prepared.refused, foreseen_strays(prepared));
    add_all(prepared.refused, obstacle_errors(expected, prepared.declared, lines, session, prepared.findings));
    if (prepared.refused.empty())  // what scripts take counts as well
        add_all(prepared.refused, guard_errors(prepared.before, prediction.graph(), prepared, session.facts().own_roles,
                                               guard_policy(loaded, choices)));
    for (Error& warning : objections.warnings) {
        if (may_come)
            warning.advice = "a script that is not understood may make it; apply asks again once the scripts ran";
        prepared.findings.push_back(
            {.code = missing_principal, .severity = Severity::warning, .what = std::move(warning)});
    }
    if (!choices.adopt) put_off_marks(prepared, lines);
    prepared.plan = in_order(prepared, lines);
    return {};
}

}  // namespace

bool has_opaque(const ReadyScript& ready) {
    return std::ranges::any_of(ready.originals, [](const std::string& text) { return !text.empty(); });
}

std::vector<PlanLine> lines_of(const ReadyScript& ready) {
    std::vector<PlanLine> lines;
    for (std::size_t i = 0; i < ready.statements.size(); ++i) {
        const Place& place = ready.statements[i].place;
        if (!ready.originals[i].empty())
            lines.push_back({.evidence = Evidence::opaque,
                             .change = {},
                             .text = ready.originals[i],
                             .place = place,
                             .known = ready.known});
        for (const Change& change : ready.effects[i])
            lines.push_back({.evidence = Evidence::predicted, .change = change, .text = {}, .place = place});
    }
    return lines;
}

GuardPolicy guard_policy(const Loaded& loaded, const Choices& choices) {
    const Policy& policy = loaded.environment.policy;
    return {
        .max_revocations = policy.max_revocations, .adopt = choices.adopt, .missing_is_error = policy.missing_is_error};
}

Declared wanted(const Declared& declared, const RoleGraph& graph, const GuardPolicy& policy) {
    return in_names_of(graph, policy.missing_is_error ? declared : without_missing(declared, graph));
}

std::vector<ScriptStatement> statements_of(const std::vector<ReadyScript>& scripts) {
    std::vector<ScriptStatement> all;
    for (const ReadyScript& ready : scripts) std::ranges::copy(ready.recognised, std::back_inserter(all));
    return all;
}

bool differs(const Prepared& prepared) {
    return std::ranges::any_of(
               prepared.plan,
               [](const PlanLine& line) { return line.change || line.evidence == Evidence::rehearsed; }) ||
           std::ranges::any_of(prepared.scripts, [](const ReadyScript& ready) { return !ready.known; });
}

std::expected<Prepared, Errors> prepare(const World& world, const Loaded& loaded, const Session& session,
                                        const Choices& choices) {
    Prepared prepared;
    if (auto read = read_database(prepared, world, loaded, session, choices); !read)
        return std::unexpected(std::move(read.error()));
    if (auto read = read_scripts(prepared, world, loaded, session); !read)
        return std::unexpected(std::move(read.error()));
    if (auto made = make_declared(prepared, loaded, session); !made) return std::unexpected(std::move(made.error()));
    if (auto made = make_plan(prepared, loaded, session, choices); !made)
        return std::unexpected(std::move(made.error()));
    prepared.drift = diff(prepared.before, wanted(prepared.declared, prepared.before, guard_policy(loaded, choices)),
                          rules_of(session.facts()));
    note_circumstances(prepared, loaded, session, utc(world.now()).substr(0, 10));
    note_migrations(prepared, world, loaded, session);
    return prepared;
}

}  // namespace roost
