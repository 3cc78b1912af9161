#include <doctest/doctest.h>

#include "core/describe.hpp"
#include "report/report.hpp"
#include "unit/report/hostile.hpp"

using namespace roost;

namespace {

Report plan_report(PlanBody body) {
    return {.command = "plan",
            .header = {.project = "payroll",
                       .environment = "dev",
                       .engine = "PostgreSQL",
                       .engine_version = "15.18",
                       .roles = "native",
                       .database = "payroll",
                       .account = "roost",
                       .schema_version = "5.2"},
            .body = std::move(body)};
}

PlanLine line(Change change, std::string why = {}) {
    return {.evidence = Evidence::declared,
            .change = std::move(change),
            .text = {},
            .place = {"environments/dev.toml", 7, 3},
            .why = std::move(why)};
}

}  // namespace

TEST_CASE("a plan names what would be done, how it is known and where it was written") {
    PlanBody body{.lines = {line(CreateRole{"guineapigs", ""}),
                            line(Grant{"guineapigs", "hr", {}}, "toggle new_payroll"),
                            line(AlterMembership{"hr", "ann", "", {option::admin, 0}}),
                            line(Revoke{"hr", "Bob Smith", "postgres"}, "not declared here"),
                            {.evidence = Evidence::opaque,
                             .change = {},
                             .text = "DO $$ BEGIN",
                             .place = {"callbacks/a.sql", 3, 1}}},
                  .scripts = {},
                  .differs = true};
    CHECK(to_text(plan_report(body), {}) ==
          "payroll/dev: PostgreSQL 15.18, database payroll, schema version 5.2\n"
          "\n"
          "  + create role guineapigs                           declared, environments/dev.toml:7:3\n"
          "  + grant guineapigs to hr                           declared, environments/dev.toml:7:3 (toggle "
          "new_payroll)\n"
          "  ~ alter hr for ann: admin off                      declared, environments/dev.toml:7:3\n"
          "  - revoke hr from \"Bob Smith\", granted by postgres  declared, environments/dev.toml:7:3 (not declared "
          "here)\n"
          "  ? DO $$ BEGIN                                      opaque, callbacks/a.sql:3:1\n"
          "\n"
          "Plan: 1 to create, 1 to grant, 1 to alter, 1 to revoke, 1 opaque statement.\n");
}

TEST_CASE("a plan without lines says that there is nothing to do") {
    CHECK(to_text(plan_report({}), {}) ==
          "payroll/dev: PostgreSQL 15.18, database payroll, schema version 5.2\n"
          "Nothing to do: the database is as declared.\n");
}

TEST_CASE("a plan that would be refused does not read as one that is in sync") {
    Report report = plan_report({});
    report.errors.push_back({.kind = ErrorKind::refused, .message = "migration 2 has failed"});
    CHECK(to_text(report, {}).ends_with("Would be refused.\n"));
}

TEST_CASE("a long statement is cut to one line's width and keeps whole characters") {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "é";
    PlanBody body{.lines = {{.evidence = Evidence::opaque, .change = {}, .text = text, .place = {}}},
                  .scripts = {},
                  .differs = true};
    const std::string shown_text = to_text(plan_report(body), {});
    std::string expected;
    for (int i = 0; i < 55; ++i) expected += "é";
    CHECK(shown_text.contains("? " + expected + "…  opaque"));
}

TEST_CASE("names that hold terminal escapes or markup are harmless in text") {
    PlanBody body{.lines = {line(Grant{"\x1b[31mred", "<script>alert(1)</script>\n\u202Egnihton", {}})},
                  .scripts = {},
                  .differs = true};
    const std::string text = to_text(plan_report(body), {});
    CHECK_FALSE(text.contains('\x1b'));
    CHECK_FALSE(text.contains("\u202E"));
    CHECK(text.contains("grant \"\\u{1b}[31mred\" to \"<script>alert(1)</script>\\u{a}\\u{202e}gnihton\""));
}

TEST_CASE("a name is quoted unless it is plain") {
    CHECK(shown("alice@example.com") == "alice@example.com");
    CHECK(shown("日本") == "日本");
    CHECK(shown("two words") == "\"two words\"");
    CHECK(shown("") == "\"\"");
    CHECK(shown("bad\xff") == "\"bad\\u{ff}\"");
}

TEST_CASE("colour is there only where it is asked for") {
    const PlanBody body{.lines = {line(CreateRole{"r", ""})}, .scripts = {}, .differs = true};
    CHECK_FALSE(to_text(plan_report(body), {.colour = false}).contains("\033["));
    CHECK(to_text(plan_report(body), {.colour = true}).contains("\033[32m+ create role r\033[0m"));
}

TEST_CASE("an explanation shows every path and what would end it") {
    Report report{.command = "explain",
                  .body = ExplainBody{
                      .user = "bob",
                      .toggle = "new_payroll",
                      .role = "guineapigs",
                      .paths = {{{{"guineapigs", "bob"}}, true}, {{{"hr", "bob", false}, {"guineapigs", "hr"}}, false}},
                      .effective = true,
                      .all_of = {{"guineapigs", "bob"}, {"guineapigs", "hr"}}}};
    CHECK(to_text(report, {}) ==
          "bob is in new_payroll (role guineapigs)\n"
          "  bob -> guineapigs\n"
          "  bob -> hr (not inherited) -> guineapigs   not effective until SET ROLE\n"
          "no single revoke ends it; all of these do: revoke guineapigs from bob, revoke guineapigs from hr\n");
}

TEST_CASE("a superuser who is no member is told apart from a member") {
    const Report report{.command = "explain",
                        .body = ExplainBody{.user = "root", .toggle = "", .role = "hr", .superuser = true}};
    CHECK(to_text(report, {}) ==
          "root is not in hr\n"
          "  a superuser has the rights of every role, but is a member of none by that\n");
}

TEST_CASE("on a narrow terminal what a line rests on stands below it, and nothing is wider than the terminal") {
    PlanBody body{.lines = {line(Grant{"guineapigs", "hr", {}}),
                            line(Revoke{"hr", "Bob Smith", "postgres"}, "not declared here, and nobody else wants it"),
                            {.evidence = Evidence::opaque,
                             .change = {},
                             .text = "DO $$ BEGIN EXECUTE 'CREATE ROLE a'; EXECUTE 'CREATE ROLE b'; END $$",
                             .place = {"callbacks/a.sql", 3, 1}}},
                  .scripts = {{"callbacks/postgresql/memberships/staging/afterMigrate__010_hr.sql", false}},
                  .differs = true};
    body.rehearsal = {
        true, {"roles, memberships, rights and settings: run twice, the second time changed nothing"}, {}};
    const std::string text = to_text(plan_report(body), {.columns = 80});
    CHECK(text ==
          "payroll/dev: PostgreSQL 15.18, database payroll, schema version 5.2\n"
          "\n"
          "  + grant guineapigs to hr  declared, environments/dev.toml:7:3\n"
          "  - revoke hr from \"Bob Smith\", granted by postgres\n"
          "      declared, environments/dev.toml:7:3 (not declared here, and nobody else\n"
          "      wants it)\n"
          "  ? DO $$ BEGIN EXECUTE 'CREATE ROLE a'; EXECUTE 'CREATE RO…\n"
          "      opaque, callbacks/a.sql:3:1\n"
          "  > run callbacks/postgresql/memberships/staging/afterMigrate__010_hr.sql  (new\n"
          "      or changed)\n"
          "\n"
          "Rehearsed, and rolled back:\n"
          "  proven      roles, memberships, rights and settings: run twice, the second\n"
          "              time changed nothing\n"
          "\n"
          "Plan: 1 to grant, 1 to revoke, 1 opaque statement.\n");
}

TEST_CASE("wide names keep the columns of a plan in line") {
    const PlanBody body{
        .lines = {line(CreateRole{"日本語", ""}), line(CreateRole{"abcdef", ""})}, .scripts = {}, .differs = true};
    const std::string text = to_text(plan_report(body), {});
    CHECK(text.contains("+ create role 日本語  declared"));
    CHECK(text.contains("+ create role abcdef  declared"));
}

TEST_CASE("a plan whose scripts cannot be rehearsed says why") {
    PlanBody body;
    body.rehearsal.not_proven = {"MariaDB commits at each CREATE ROLE"};
    CHECK(
        to_text(plan_report(body), {}).contains("Not rehearsed:\n              MariaDB commits at each CREATE ROLE\n"));
}

TEST_CASE("a report in a file has its errors and findings, by severity and code, with what mends them") {
    Report report = plan_report({});
    report.errors = {{.kind = ErrorKind::refused, .message = "no", .advice = "do", .place = {"f", 1, 2}}};
    report.findings = {{"b", Severity::note, {.message = "n"}},
                       {"a", Severity::warning, {.message = "w", .advice = "mend"}},
                       {"a", Severity::warning, {.message = "v"}}};
    CHECK(to_text(report, {.whole = true})
              .ends_with("\nErrors\n"
                         "  f:1:2: no\n"
                         "    do\n"
                         "\n"
                         "Findings: 2 warnings, 1 note\n"
                         "  warning a\n"
                         "    w\n"
                         "      mend\n"
                         "    v\n"
                         "  note b\n"
                         "    n\n"));
    CHECK_FALSE(to_text(report, {}).contains("Findings"));
}

TEST_CASE("text that is hostile steers no terminal, in any command") {
    for (const TextStyle& style : {TextStyle{}, TextStyle{.columns = 40, .whole = true}}) {
        const std::string text = to_text(test::hostile_report(), style);
        for (const char* bad : {"\x1b", "\x07", "\u202E", "\u2066", "\r", "\xff"}) CHECK_FALSE(text.contains(bad));
    }
}

namespace {

StatusBody::Toggle toggle(std::string name, std::string state) {
    return {.name = std::move(name),
            .role = "r",
            .owner = {},
            .state = std::move(state),
            .on = {},
            .since = {},
            .expires = {}};
}

StatusBody::Environment environment(std::string name, std::vector<StatusBody::Toggle> toggles) {
    return {.header = {.project = "payroll", .environment = std::move(name), .engine = "SQLite", .engine_version = "3"},
            .toggles = std::move(toggles)};
}

}  // namespace

TEST_CASE("the status of an environment says which toggles are on, for whom, since when, and which are stale") {
    auto on = toggle("new_payroll", "on");
    on.on = {"hr", "Bob Smith"};
    on.users = 12;
    on.not_effective = 2;
    on.since = "2026-11-01T10:00:00Z";
    on.expires = "2026-03-31";
    on.stale = true;
    on.owner = "payroll team";
    const Report report{.command = "status",
                        .body = StatusBody{{environment("dev", {on, toggle("old", "missing"), toggle("x", "unset")})}}};
    CHECK(to_text(report, {}) ==
          "payroll/dev: SQLite 3\n"
          "  toggle       state    users  since                 until\n"
          "  new_payroll  on       12     2026-11-01T10:00:00Z  2026-03-31, stale\n"
          "      on for hr, \"Bob Smith\"; 2 of them not effective; owner: payroll team\n"
          "  old          missing  -      -                     -\n"
          "      role r does not exist\n"
          "  x            unset    -      -                     -\n");
}

TEST_CASE("the status of all environments begins with toggles by environment") {
    auto on = toggle("t", "on");
    on.users = 3;
    StatusBody body{{environment("dev", {on}), environment("prod", {toggle("t", "off"), toggle("u", "unset")}),
                     environment("qa", {})}};
    body.environments[2].errors = {{.message = "no server there"}};
    const std::string text = to_text({.command = "status", .body = body}, {});
    CHECK(
        text.starts_with("toggle  dev   prod   qa\n"
                         "t       on 3  off    ?\n"
                         "u       -     unset  ?\n"
                         "\n"
                         "payroll/dev: SQLite 3\n"));
    CHECK(text.contains("payroll/qa: SQLite 3\n  not asked: no server there\n"));
    CHECK(to_text({.command = "status", .body = body}, {.columns = 15}).starts_with("payroll/dev"));
}
