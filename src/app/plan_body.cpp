// The plan as a report holds it: lines, statements, the graph before and after.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/open.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

void add_scripts(std::vector<SqlStatement>& sql, const Prepared& prepared, Phase phase, bool in_transaction) {
    for (const ReadyScript& ready : prepared.scripts) {
        if (ready.script->phase != phase || ready.script->directives.transaction != in_transaction) continue;
        for (std::size_t i = 0; i < ready.statements.size(); ++i)
            sql.push_back({.sql = ready.shown[i],
                           .about = to_string(ready.statements[i].place),
                           .script = true,
                           .in_transaction = ready.script->directives.transaction,
                           .leaves_out = ready.hidden[i] != Hidden::nothing});
    }
}

// The change without the mark where that is no part of a script.
std::optional<Change> without_mark(const Change& change, const ScriptForm& form) {
    if (form.has_marks) return change;
    if (const auto* create = std::get_if<CreateRole>(&change)) return CreateRole{create->role, {}};
    return std::holds_alternative<MarkRole>(change) ? std::nullopt : std::optional(change);
}

// Of the declared lines those that make roles, or those that do not.
std::vector<Change> declared_changes(const Prepared& prepared, bool roles) {
    std::vector<Change> changes;
    for (const PlanLine& line : prepared.plan)
        if (line.evidence == Evidence::declared && makes_role(line) == roles) changes.push_back(*line.change);
    return changes;
}

void add_declared(std::vector<SqlStatement>& sql, const Opened& opened, const Prepared& prepared, bool roles) {
    std::vector<Change> changes;
    for (const Change& declared : declared_changes(prepared, roles))
        if (auto change = without_mark(declared, opened.session->driver().info.script_form))
            changes.push_back(std::move(*change));
    for (Statement& statement : opened.session->driver().write(changes, opened.session->facts())) {
        std::vector<std::string> about;
        for (const std::uint32_t index : statement.covers) about.push_back(describe(changes[index]));
        sql.push_back({.sql = std::move(statement.sql), .about = fmt::format("{}", fmt::join(about, ", "))});
    }
}

// In the order in which they run.
std::vector<SqlStatement> statements(const Opened& opened, const Prepared& prepared) {
    std::vector<SqlStatement> sql;
    add_scripts(sql, prepared, Phase::roles, false);
    add_scripts(sql, prepared, Phase::roles, true);
    add_declared(sql, opened, prepared, true);
    add_scripts(sql, prepared, Phase::memberships, true);
    add_declared(sql, opened, prepared, false);
    add_scripts(sql, prepared, Phase::data, true);
    add_scripts(sql, prepared, Phase::data, false);
    return sql;
}

}  // namespace

std::vector<std::string> declared_statements(const Opened& opened, const Prepared& prepared) {
    std::vector<std::string> sql;
    for (const bool roles : {true, false})
        for (Statement& statement :
             opened.session->driver().write(declared_changes(prepared, roles), opened.session->facts()))
            sql.push_back(std::move(statement.sql));
    return sql;
}

void add_history(PlanBody& body, Errors& errors, const Opened& opened, const Prepared& prepared) {
    if (!opened.with_history) return;
    auto latest = latest_runs(opened, prepared.ledger.owner.has_value(), {.limit = 10, .steps = true});
    if (latest)
        body.history = std::move(*latest);
    else
        errors.push_back(std::move(latest.error()));
}

PlanBody plan_body(const Opened& opened, const Prepared& prepared) {
    PlanBody body{
        .lines = prepared.plan,
        .scripts = {},
        .differs = differs(prepared),
        .declares = prepared.event != Event::afterMigrateError,
        .picture = picture(prepared.before, after(prepared.before, changes_of(prepared.plan)), prepared.declared),
        .sql = statements(opened, prepared),
        .script_form = opened.session->driver().info.script_form};
    for (const ReadyScript& ready : prepared.scripts) body.scripts.push_back({ready.script->path, ready.known});
    return body;
}

}  // namespace roost
