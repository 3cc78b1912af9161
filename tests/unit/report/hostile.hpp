// A plan whose every text wants to be more than text.
#pragma once

#include <string>
#include <vector>

#include "core/after.hpp"
#include "report/report.hpp"

namespace roost::test {

inline const std::vector<std::string> hostile_names{"<script>alert(1)</script>",
                                                    "</style></title></pre>]]>-->",
                                                    "\x1b]0;owned\x07\x1b[31m",
                                                    "\u202Egnihton\u2066",
                                                    "' onload='alert(1)\" onload=\"alert(2)",
                                                    "a|b`c``d<b>@team #1 \\|",
                                                    "https://evil.example/?a=1&b=2",
                                                    "line\nend\r\n---\n# head",
                                                    "![x](http://evil.example) [y](javascript:alert(1))",
                                                    "\xff\xfe no text",
                                                    "${env.SECRET} {{ x }}",
                                                    ""};

inline Report hostile_report() {
    std::vector<Principal> principals;
    std::vector<Membership> memberships;
    PlanBody body;
    for (const std::string& name : hostile_names) {
        const auto id = static_cast<PrincipalId>(principals.size());
        principals.push_back({.name = name, .kind = id ? PrincipalKind::user : PrincipalKind::role});
        if (id) memberships.push_back({.role = 0, .member = id});
        const Place place{"environments/" + name + ".toml", 3, 1};
        if (id)
            body.lines.push_back({.evidence = Evidence::declared,
                                  .change = Grant{hostile_names.front(), name, {}},
                                  .text = {},
                                  .place = place,
                                  .why = "for " + name + " and others"});
        body.lines.push_back({.evidence = Evidence::opaque, .change = {}, .text = name, .place = place});
        body.scripts.push_back({name, false});
        body.sql.push_back({.sql = "GRANT \"" + name + "\" TO x", .about = name});
        body.rehearsal.proven.push_back("of " + name);
        body.rehearsal.not_proven.push_back("of " + name);
        body.history.entries.push_back({.id = 1,
                                        .state = "failed",
                                        .event = name,
                                        .actor = name,
                                        .account = "x" + name,
                                        .host = name,
                                        .roost = "0",
                                        .schema_version = name,
                                        .started_at = name,
                                        .ended_at = name,
                                        .error = name,
                                        .steps = {}});
    }
    Declared declared;
    declared.roles.push_back({.name = hostile_names.front(),
                              .toggle = "</text><script>alert(3)</script>",
                              .members = std::vector<DeclaredMember>{},
                              .reason = {},
                              .place = {},
                              .members_place = {}});
    body.differs = true;
    body.picture = picture(RoleGraph(principals, {}), RoleGraph(principals, memberships), declared);
    body.script_form = {.client = "psql"};
    Report report{
        .command = "plan", .header = {.engine = "PostgreSQL", .engine_version = "1"}, .body = std::move(body)};
    for (const std::string& name : hostile_names) {
        report.header.project += name;
        report.findings.push_back({name, Severity::note, {.message = name, .advice = name, .place = {name, 1, 1}}});
        report.errors.push_back({.message = name, .advice = name, .place = {name, 1, 1}, .sqlstate = name});
    }
    report.header.environment = report.header.database = report.header.account = report.header.schema_version =
        report.header.project;
    return report;
}

}  // namespace roost::test
