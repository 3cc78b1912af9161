#include <doctest/doctest.h>

#include "core/describe.hpp"
#include "report/report.hpp"

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
