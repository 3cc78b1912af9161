#include <doctest/doctest.h>

#include "report/report.hpp"

namespace sql_test {

using namespace roost;

namespace {

constexpr ScriptForm form = {.client = "client FILE",
                             .opening = "\\stop on error",
                             .session_begin = "SET a",
                             .session_back = "RESET ALL;\nRESET ROLE;\n",
                             .tables = "CREATE TABLE IF NOT EXISTS roles",
                             .begin = "BEGIN",
                             .commit = "COMMIT"};

SqlStatement script(std::string sql, std::string about, bool in_transaction = true) {
    return {.sql = std::move(sql), .about = std::move(about), .script = true, .in_transaction = in_transaction};
}

Report report(std::vector<SqlStatement> sql, const ScriptForm& with = form) {
    return {.command = "plan",
            .header = {.project = "payroll",
                       .environment = "dev",
                       .engine = "Engine",
                       .engine_version = "1",
                       .database = "db"},
            .body = PlanBody{.lines = {}, .scripts = {}, .sql = std::move(sql), .script_form = with}};
}

std::string sql_of(const Report& of) { return to_sql(of).value(); }

constexpr auto head =
    "-- What `roost apply` would send: project payroll, environment dev, database db, Engine 1\n"
    "-- Run it as: client FILE\n"
    "-- It asks no guard, takes no lock and writes no ledger: to roost, what it does was done by hand\n";
constexpr auto start = "\\stop on error\nSET a;\nCREATE TABLE IF NOT EXISTS roles;\n";

}  // namespace

TEST_CASE("the script is what apply sends, in order, each statement with where it comes from") {
    CHECK(sql_of(report({script("CREATE ROLE a", "roles.sql:1:1"),
                         {.sql = "GRANT a TO b", .about = "grant a to b"},
                         script("INSERT x", "data.sql:3:1")})) ==
          std::string(head) + start +
              "\nBEGIN;\n"
              "\n-- roles.sql:1:1\nCREATE ROLE a;\n"
              "\n-- the session as it was before the script\nRESET ALL;\nRESET ROLE;\n"
              "\n-- grant a to b\nGRANT a TO b;\n"
              "\n-- data.sql:3:1\nINSERT x;\n"
              "\nCOMMIT;\n");
}

TEST_CASE("scripts outside of the transaction are outside of it, and each session is the same") {
    CHECK(sql_of(report({script("VACUUM", "before.sql:1:1", false), script("A", "a.sql:1:1"), script("B", "a.sql:2:1"),
                         script("VACUUM", "after.sql:1:1", false)})) ==
          std::string(head) + start +
              "\n-- before.sql:1:1\nVACUUM;\n"
              "\n-- the session as it was before the script\nRESET ALL;\nRESET ROLE;\n"
              "\nBEGIN;\n"
              "\n-- a.sql:1:1\nA;\n\n-- a.sql:2:1\nB;\n"
              "\n-- the session as it was before the script\nRESET ALL;\nRESET ROLE;\n"
              "\nCOMMIT;\n"
              "\n-- after.sql:1:1\nVACUUM;\n");
}

TEST_CASE("where nothing rolls back there is no transaction") {
    const std::string text =
        sql_of(report({{.sql = "GRANT a TO b", .about = "grant a to b"}}, {.client = "client FILE"}));
    CHECK(text == std::string(head) + "\n-- grant a to b\nGRANT a TO b;\n");
}

TEST_CASE("nothing to do is a script that does nothing") {
    const std::string text = sql_of(report({}));
    CHECK(text.ends_with("-- Nothing to do\n"));
    CHECK_FALSE(text.contains("BEGIN"));
}

TEST_CASE("a refused plan gives no script, and the reasons in comments") {
    Report refused = report({{.sql = "GRANT a TO b", .about = "grant a to b"}});
    refused.errors.push_back({.kind = ErrorKind::refused, .message = "no\nDROP TABLE x", .advice = "ask"});
    const std::string text = sql_of(refused);
    CHECK(text.contains("-- Refused: no\\u{a}DROP TABLE x; ask\n"));
    CHECK_FALSE(text.contains("GRANT"));
}

TEST_CASE("a run that failed before there was a plan gives its reason") {
    Report failed{.command = "plan", .errors = {{.message = "cannot connect"}}};
    CHECK(sql_of(failed).contains("-- Refused: cannot connect\n"));
}

TEST_CASE("names in the header and in comments bring no line of their own") {
    Report hostile = report({{.sql = "GRANT a TO b", .about = "grant a\n\\! ls\nto b"}});
    hostile.header.database = "db\nDROP DATABASE db;";
    const std::string text = sql_of(hostile);
    CHECK_FALSE(text.contains("\nDROP"));
    CHECK_FALSE(text.contains("\n\\!"));
}

TEST_CASE("a statement without its secret is told of in the header") {
    SqlStatement open = script("CREATE USER a IDENTIFIED BY '${env.PASSWORD}'", "a.sql:1:1");
    open.leaves_out = true;
    CHECK(sql_of(report({open}))
              .contains(
                  "-- Secrets are left out, as ${name} or ***: fill them in, then take away the first statement, which "
                  "fails\n"));
    CHECK_FALSE(sql_of(report({{.sql = "GRANT \"${x}\" TO b", .about = "grant"}})).contains("Secrets"));
}

TEST_CASE("a statement that the client cannot be given is an error with its place") {
    constexpr std::string_view words[] = {"delimiter "};
    const auto text =
        to_sql(report({script("SELECT delimiter FROM t", "a.sql:7:1")}, {.client = "client FILE", .anywhere = words}));
    REQUIRE_FALSE(text);
    CHECK(text.error().message == "a.sql:7:1 holds what the client would take for a command of its own");
}

TEST_CASE("other commands have no script") {
    const auto text = to_sql({.command = "member", .body = MemberBody{}});
    REQUIRE_FALSE(text);
    CHECK(text.error().kind == ErrorKind::usage);
}

}  // namespace sql_test
