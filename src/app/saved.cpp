#include "app/saved.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/files.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

std::string membership_in_words(const RoleGraph& graph, const Membership& membership, std::uint32_t options) {
    const std::string by =
        membership.grantor == no_principal ? "" : fmt::format(", granted by {}", shown(graph.name(membership.grantor)));
    const std::string how = describe(Options{options, membership.options});
    return fmt::format("{}{}{}", shown(graph.name(membership.member)), how.empty() ? "" : fmt::format(" ({})", how),
                       by);
}

std::string kind_of(const Principal& principal) {
    const std::string kind = principal.kind == PrincipalKind::user ? "user" : "role";
    return principal.superuser ? kind + ", superuser" : kind;
}

// What there is of a managed role: nothing where it is to be made.
std::vector<std::string> role_as_found(const RoleGraph& graph, const std::string& name, std::uint32_t options) {
    const auto id = graph.find(name);
    if (!id) return {};
    const Principal& role = graph.principal(*id);
    std::vector<std::string> found{fmt::format("{}, attributes {:x}", kind_of(role), role.attributes)};
    if (const auto mark = mark_in(role.comment)) found.push_back(to_string(*mark));
    for (const Membership& membership : graph.members_of(*id))
        found.push_back(membership_in_words(graph, membership, options));
    return found;
}

void add_principal(SavedPlan& plan, const RoleGraph& graph, const std::string& name) {
    if (name.empty() || plan.roles.contains(name)) return;
    const auto id = graph.find(name);
    plan.principals[name] = id ? kind_of(graph.principal(*id)) : "not there";
}

// Managed roles, and whomever the declaration or a script names.
void add_found(SavedPlan& plan, const Prepared& prepared, std::uint32_t options) {
    for (const DeclaredRole& role : prepared.declared.roles)
        plan.roles[role.name] = role_as_found(prepared.before, role.name, options);
    for (const DeclaredRole& role : prepared.declared.roles)
        if (role.members)
            for (const DeclaredMember& member : *role.members) add_principal(plan, prepared.before, member.member);
    for (const PlanLine& line : prepared.plan) {
        if (!line.change) continue;
        add_principal(plan, prepared.before, role_of(*line.change));
        add_principal(plan, prepared.before, member_of(*line.change));
    }
}

// A name may hold one, where a placeholder put it into a script.
SavedPlan without_secrets(SavedPlan plan, const Redactor& redact) {
    std::map<std::string, std::vector<std::string>> roles;
    for (auto& [name, found] : plan.roles)
        for (const std::string& each : found) roles[redact(name)].push_back(redact(each));
    for (const auto& [name, found] : plan.roles) roles[redact(name)];
    std::map<std::string, std::string> principals;
    for (const auto& [name, kind] : plan.principals) principals[redact(name)] = kind;
    for (SavedPlan::Statement& statement : plan.statements)
        statement = {redact(statement.about), redact(statement.sql)};
    plan.roles = std::move(roles);
    plan.principals = std::move(principals);
    return plan;
}

}  // namespace

Errors unsaveable(const Prepared& prepared) {
    Errors errors;
    for (const ReadyScript& ready : prepared.scripts)
        for (std::size_t i = 0; i < ready.hidden.size(); ++i)
            if (ready.hidden[i] == Hidden::sql)
                errors.push_back(
                    {.kind = ErrorKind::refused,
                     .message = "no plan can hold this statement: a placeholder puts something secret where names or "
                                "SQL may stand, and what is applied could not be compared",
                     .advice = "keep ${env.…} to passwords, in quotes; write what is no secret into [placeholders]",
                     .place = ready.statements[i].place});
    return errors;
}

SavedPlan saved_plan(const World& world, const Opened& opened, const Prepared& prepared, const PlanBody& body,
                     const PlanOptions& options) {
    const RunHeader header = header_of(*opened.loaded, *opened.session);
    SavedPlan plan{.made_at = utc(world.now()),
                   .made_by = actor(world, options.actor),
                   .expires_at = utc(world.now() + options.valid),
                   .project = header.project,
                   .environment = header.environment,
                   .engine = header.engine,
                   .database = header.database,
                   .database_id = opened.session->facts().database_id,
                   .account = header.account,
                   .event = std::string(to_string(prepared.event)),
                   .adopt = options.choices.adopt,
                   .schema_version = prepared.history.at,
                   .history_rank = prepared.history.rank,
                   .holds = prepared.ledger.holds};
    add_found(plan, prepared, opened.session->facts().membership_options);
    for (const ReadyScript& ready : prepared.scripts) plan.scripts.push_back({ready.script->path, ready.checksum});
    for (const SqlStatement& statement : body.sql) plan.statements.push_back({statement.about, statement.sql});
    return without_secrets(plan, opened.loaded->redact);
}

Result<SavedPlan> load_saved_plan(const std::filesystem::path& file) {
    const auto text = contents(file, file.string());
    if (!text) return fail(text.error());
    return read_saved_plan(*text, file.string());
}

Errors saved_plan_errors(const Opened& opened, const Prepared& prepared, const SavedPlan& saved, const SavedPlan& now) {
    const Session& session = *opened.session;
    if (prepared.ledger.owner) {
        const auto used = Ledger(session.driver(), session.connection(), session.facts()).run_of_plan(id_of(saved));
        if (!used) return {used.error()};
        if (*used != 0)
            return {{.kind = ErrorKind::refused,
                     .message = fmt::format("the plan was used: run {} applied it", *used),
                     .advice = "a plan is applied once; make a new one: roost plan --out"}};
    }
    return stale(saved, now);
}

}  // namespace roost
