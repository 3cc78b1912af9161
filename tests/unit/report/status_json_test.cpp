#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "report/report.hpp"

namespace status_json_test {

using namespace roost;
using nlohmann::json;

TEST_CASE("status has a run for each environment, those that could not be asked among them") {
    StatusBody body;
    body.environments.push_back({.header = {.environment = "dev"},
                                 .toggles = {{.name = "dark",
                                              .role = "d",
                                              .owner = "",
                                              .state = "on",
                                              .on = {"alice"},
                                              .users = 3,
                                              .not_effective = 1,
                                              .since = "2026-11-22T00:00:00Z",
                                              .expires = "2026-01-01",
                                              .stale = true}}});
    body.environments.push_back({.header = {.environment = "prod"}, .toggles = {}, .errors = {{.message = "no"}}});
    const json runs = json::parse(to_json({.command = "status", .body = body, .status = 1})).at("runs");
    REQUIRE(runs.size() == 2);
    CHECK(runs[0].at("environment") == "dev");
    CHECK(runs[0].at("status") == 0);
    CHECK(runs[0].at("toggles") ==
          json::parse(R"([{"name": "dark", "role": "d", "owner": "", "state": "on", "on": ["alice"],
        "users": 3, "not_effective": 1, "since": "2026-11-22T00:00:00Z", "expires": "2026-01-01", "stale": true}])"));
    CHECK(runs[1].at("environment") == "prod");
    CHECK(runs[1].at("status") == 1);
    CHECK(runs[1].at("errors").size() == 1);
    CHECK_FALSE(runs[1].contains("toggles"));
}

TEST_CASE("a plan has the statements, the graph by name, and what a rehearsal has shown") {
    PlanBody body;
    body.sql = {{.sql = "GRANT a TO b", .about = "grant a to b", .script = false, .in_transaction = true}};
    body.picture.nodes = {{.name = "a", .toggle = "t", .managed = true, .was = Picture::Was::added},
                          {.name = "b", .kind = PrincipalKind::user}};
    body.picture.edges = {{.role = 0, .member = 1, .was = Picture::Was::removed, .effective = false}};
    body.rehearsal = {.done = true, .proven = {"roles"}, .not_proven = {"data"}};
    const json run = json::parse(to_json({.command = "plan", .body = body})).at("runs").at(0);
    CHECK(
        run.at("sql") ==
        json::parse(R"([{"sql": "GRANT a TO b", "about": "grant a to b", "script": false, "in_transaction": true}])"));
    CHECK(run.at("picture") == json::parse(R"({"nodes": [
        {"name": "a", "kind": "role", "toggle": "t", "managed": true, "was": "added"},
        {"name": "b", "kind": "user", "toggle": "", "managed": false, "was": "kept"}],
        "edges": [{"role": "a", "member": "b", "was": "removed", "effective": false}]})"));
    CHECK(run.at("rehearsal") == json::parse(R"({"done": true, "proven": ["roles"], "not_proven": ["data"]})"));
}

}  // namespace status_json_test
