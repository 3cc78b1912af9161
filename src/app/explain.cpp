#include "core/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands.hpp"
#include "app/open.hpp"
#include "core/describe.hpp"
#include "core/nearest.hpp"

namespace roost {
namespace {

ExplainBody::Edge edge_of(const RoleGraph& graph, const Membership& membership) {
    return {std::string(graph.name(membership.role)), std::string(graph.name(membership.member)),
            (membership.options & option::inherit) != 0};
}

std::vector<ExplainBody::Edge> edges_of(const RoleGraph& graph, const std::vector<Membership>& memberships) {
    std::vector<ExplainBody::Edge> edges;
    for (const Membership& membership : memberships) edges.push_back(edge_of(graph, membership));
    return edges;
}

Result<PrincipalId> found(const RoleGraph& graph, const std::string& name) {
    if (const auto id = graph.find(name)) return *id;
    return fail({.message = fmt::format("there is no user or role {} in this database", shown(name)),
                 .advice = "names are compared exactly as the database spells them"});
}

// What roost.toml says of the toggle, or of the role.
std::string about(const Project& project, const ExplainBody& body) {
    if (const ToggleSetting* toggle = project.toggle(body.toggle)) {
        const std::string owner = toggle->owner.empty() ? "" : fmt::format("owner: {}", toggle->owner);
        const std::string needs = toggle->needs ? fmt::format("requires schema version {}", toggle->needs->text()) : "";
        std::vector<std::string> parts = {toggle->description, owner, needs};
        std::erase(parts, "");
        return fmt::format("{}", fmt::join(parts, "; "));
    }
    const auto role = std::ranges::find(project.roles, body.role, &RoleSetting::name);
    return role == project.roles.end() ? std::string{} : role->description;
}

// Neither a toggle nor a role of the database; or a toggle whose role is not there yet.
Error unknown(const Project& project, const ExplainBody& body, const RoleGraph& graph) {
    if (!body.toggle.empty())
        return {.message = fmt::format("the role {} of toggle {} does not exist in this database", shown(body.role),
                                       shown(body.toggle)),
                .advice = "`roost apply` makes it"};
    std::vector<std::string> known;
    for (const ToggleSetting& toggle : project.toggles) known.push_back(toggle.name);
    for (const Principal& principal : graph.principals()) known.push_back(principal.name);
    const auto near = nearest(body.role, known);
    return usage_error(
        fmt::format("there is no toggle {0} in roost.toml, and no role {0} in this database", shown(body.role)),
        near ? fmt::format("did you mean {}?", shown(*near))
             : "names are compared exactly as the database spells them");
}

void fill(ExplainBody& body, const RoleGraph& graph, PrincipalId user, PrincipalId role) {
    const Explanation explanation = explain(graph, user, role);
    body.superuser = graph.principal(user).superuser;
    body.effective = explanation.effective;
    body.more = explanation.more;
    for (const RolePath& path : explanation.paths) body.paths.push_back({edges_of(graph, path.edges), path.effective});
    body.cuts = edges_of(graph, explanation.cuts);
    body.all_of = edges_of(graph, explanation.all_of);
}

}  // namespace

Report explain_membership(const World& world, const Common& common, const std::string& user, const std::string& what) {
    Report report{.command = "explain"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    const ToggleSetting* toggle = opened->loaded->project.toggle(what);
    ExplainBody body{.user = user, .toggle = toggle ? what : std::string{}, .role = toggle ? toggle->role : what};

    body.about = about(opened->loaded->project, body);

    auto graph = opened->session->driver().graph(opened->session->connection(), opened->session->facts());
    if (!graph) return closed(world, std::move(report), *opened, {std::move(graph.error())});
    const auto whom = principal_named(*opened, user);
    if (!whom) return closed(world, std::move(report), *opened, {whom.error()});
    const auto from = found(*graph, *whom);
    if (!from) return closed(world, std::move(report), *opened, {from.error()});
    const auto of = principal_named(*opened, body.role);
    if (!of) return closed(world, std::move(report), *opened, {of.error()});
    const auto to = graph->find(*of);
    if (!to) return closed(world, std::move(report), *opened, {unknown(opened->loaded->project, body, *graph)});
    fill(body, *graph, *from, *to);
    report.status = body.paths.empty() ? 2 : 0;
    report.body = std::move(body);
    return closed(world, std::move(report), *opened, {});
}

}  // namespace roost
