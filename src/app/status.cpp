// The toggles of one environment, or of all.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/commands.hpp"
#include "app/open.hpp"
#include "core/reach.hpp"
#include "ledger/ledger.hpp"

namespace roost {
namespace {

using Times = std::map<std::string, std::string>;  // role -> when its members last changed

struct Asked {
    const Opened& opened;
    const RoleGraph& graph;
    const Times& changed;
    std::string today;
};

StatusBody::Toggle toggle_row(const Asked& asked, const ToggleSetting& toggle) {
    const auto as_role = asked.opened.session->driver().names.of_role();
    const std::string role = as_role(toggle.role).value_or(toggle.role);
    StatusBody::Toggle row{.name = toggle.name,
                           .role = role,
                           .owner = toggle.owner,
                           .state = "missing",
                           .on = {},
                           .since = {},
                           .expires = toggle.expires,
                           .stale = !toggle.expires.empty() && asked.today >= toggle.expires};
    const auto id = asked.graph.find(role);
    if (!id) return row;
    const auto members = asked.graph.members_of(*id);
    for (const Membership& membership : members)
        if (const auto name = asked.graph.name(membership.member); row.on.empty() || row.on.back() != name)
            row.on.emplace_back(name);
    const Reach reached = reach(asked.graph, *id);
    row.users = reached.users;
    row.not_effective = reached.not_effective;
    if (const auto found = asked.changed.find(role); found != asked.changed.end()) row.since = found->second;
    row.state = !is_set(asked.opened.loaded->environment, toggle, as_role) ? "unset" : members.empty() ? "off" : "on";
    return row;
}

Result<Times> times_of(const Opened& opened) {
    const Session& session = *opened.session;
    const Ledger ledger(session.driver(), session.connection(), session.facts());
    const Loaded& loaded = *opened.loaded;
    const auto state = ledger.read({loaded.project.name, loaded.environment.name, session.facts().database_id});
    if (!state) return fail(state.error());
    return state->owner ? ledger.membership_changes() : Times{};
}

// A fixed number of queries.
Result<std::vector<StatusBody::Toggle>> toggles_in(const World& world, const Opened& opened) {
    const auto changed = times_of(opened);
    if (!changed) return fail(changed.error());
    const auto graph = opened.session->driver().graph(opened.session->connection(), opened.session->facts());
    if (!graph) return fail(graph.error());
    const Asked asked{opened, *graph, *changed, utc(world.now()).substr(0, 10)};
    std::vector<StatusBody::Toggle> rows;
    for (const ToggleSetting& toggle : opened.loaded->project.toggles) rows.push_back(toggle_row(asked, toggle));
    return rows;
}

// A report of its own, whose header, findings and errors are the environment's.
Report ask(const World& world, const Common& common) {
    Report report{.command = "status"};
    const auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    auto toggles = toggles_in(world, *opened);
    if (!toggles) return closed(world, std::move(report), *opened, {std::move(toggles.error())});
    report.body = StatusBody{{{.header = {}, .toggles = std::move(*toggles)}}};
    if (!opened->session->facts().unseen.empty())
        report.findings.push_back({.code = "partial-graph",
                                   .severity = Severity::warning,
                                   .what = {.message = fmt::format("{}: the account does not see every role and "
                                                                   "membership: there may be more who are on",
                                                                   common.environment),
                                            .advice = opened->session->facts().unseen}});
    report = closed(world, std::move(report), *opened, {});
    auto& asked = std::get<StatusBody>(report.body).environments.front();
    asked.header = report.header;
    asked.findings = report.findings;
    return report;
}

Report all_of_them(const World& world, const Common& common, const std::vector<std::string>& names) {
    Report report{.command = "status"};
    StatusBody body;
    for (const std::string& name : names) {
        Report one = ask(world, {.directory = common.directory, .environment = name, .lock_wait = common.lock_wait});
        if (one.status == 130) return one;
        report.header.project = one.header.project.empty() ? report.header.project : one.header.project;
        report.status = std::max(report.status, one.errors.empty() ? 0 : 1);
        std::ranges::move(one.findings, std::back_inserter(report.findings));
        if (auto* asked = std::get_if<StatusBody>(&one.body))
            body.environments.push_back(std::move(asked->environments.front()));
        else
            body.environments.push_back({.header = one.header, .toggles = {}, .errors = std::move(one.errors)});
    }
    report.body = std::move(body);
    return report;
}

}  // namespace

Report status(const World& world, const Common& common, bool all) {
    if (!all) return ask(world, common);
    const auto root = project_folder(common.directory);
    const auto names = root ? environment_names(*root) : std::vector<std::string>{};
    if (!names.empty()) return all_of_them(world, common, names);
    Report report{.command = "status"};
    report.errors.push_back(
        root ? usage_error("there are no environments", "write environments/ENV.toml; `roost init` lays one out")
             : usage_error(fmt::format("there is no roost.toml in {} nor above it", common.directory.string()),
                           "run `roost init` to lay one out, or give the folder with -C"));
    report.status = status_of(report.errors);
    return report;
}

}  // namespace roost
