#include "core/script.hpp"

#include <doctest/doctest.h>

#include "core/checksum.hpp"
#include "core/utf8.hpp"

namespace script_test {
namespace {

using roost::discover;
using roost::Script;
using roost::ScriptFile;

const std::vector<std::string> engines = {"postgresql", "sqlite"};
const std::vector<std::string> environments = {"dev", "prod", "staging"};

std::vector<ScriptFile> empty_files(const std::vector<std::string>& paths) {
    std::vector<ScriptFile> files;
    for (const std::string& path : paths) files.push_back({"callbacks/" + path, ""});
    return files;
}

// Paths in the order in which they run, or the errors.
std::vector<std::string> read_all(const std::vector<ScriptFile>& files, std::string_view environment = "dev") {
    const auto scripts = discover(files, "postgresql", environment, engines, environments);
    std::vector<std::string> lines;
    if (!scripts) {
        for (const roost::Error& error : scripts.error()) {
            CHECK(error.kind == roost::ErrorKind::usage);
            lines.push_back(to_string(error));
        }
        return lines;
    }
    for (const Script& script : *scripts) lines.push_back(script.path);
    return lines;
}

std::vector<std::string> order(const std::vector<std::string>& paths, std::string_view environment = "dev") {
    return read_all(empty_files(paths), environment);
}

Script read(std::string text, std::string path = "callbacks/postgresql/roles/afterMigrate__a.sql") {
    const auto scripts = discover({{std::move(path), std::move(text)}}, "postgresql", "dev", engines, environments);
    if (!scripts) FAIL(to_string(scripts.error().front()));
    REQUIRE(scripts->size() == 1);
    return scripts->front();
}

// Errors without the path of the one script.
std::vector<std::string> errors(std::string text, std::string path = "callbacks/any/roles/afterMigrate__a.sql") {
    std::vector<std::string> lines = read_all({{path, std::move(text)}});
    for (std::string& line : lines) {
        if (line.starts_with(path + ":")) line.erase(0, path.size() + 1);
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("a script is read from its path") {
    const Script script = read("SELECT 1;\n", "callbacks/any/data/dev/afterMigrateApplied__010_first_names.sql");
    CHECK(script.phase == roost::Phase::data);
    CHECK(script.event == roost::Event::afterMigrateApplied);
    CHECK(script.description == "010 first names");
    CHECK(script.path == "callbacks/any/data/dev/afterMigrateApplied__010_first_names.sql");
    CHECK(script.text == "SELECT 1;\n");
    CHECK(read("").description.empty() == false);
    CHECK(read("", "callbacks/any/roles/afterMigrate.sql").description.empty());
    CHECK(read("", "callbacks/any/roles/afterMigrate___a__b.sql").description == " a  b");
}

// As Flyway 11.8.2 and 13.0.0 were seen to do; tests/flyway/callbacks_order.py asks the real one.
TEST_CASE("scripts run by phase, event and description, one without a description first") {
    CHECK(order({"any/data/afterMigrate__000.sql", "any/memberships/afterMigrate__b.sql", "any/roles/afterMigrate.sql",
                 "any/roles/afterMigrate__020.sql", "any/roles/afterMigrateApplied__900.sql",
                 "any/roles/afterMigrateError__1.sql", "postgresql/memberships/afterMigrateApplied.sql",
                 "postgresql/memberships/dev/afterMigrate__a.sql", "postgresql/roles/afterMigrate__010.sql",
                 "postgresql/roles/afterMigrate__B.sql", "postgresql/roles/afterMigrate__a.sql",
                 "postgresql/roles/dev/afterMigrate__015.sql"}) ==
          Lines{"callbacks/any/roles/afterMigrateApplied__900.sql", "callbacks/any/roles/afterMigrate.sql",
                "callbacks/postgresql/roles/afterMigrate__010.sql",
                "callbacks/postgresql/roles/dev/afterMigrate__015.sql", "callbacks/any/roles/afterMigrate__020.sql",
                "callbacks/postgresql/roles/afterMigrate__B.sql", "callbacks/postgresql/roles/afterMigrate__a.sql",
                "callbacks/any/roles/afterMigrateError__1.sql",
                "callbacks/postgresql/memberships/afterMigrateApplied.sql",
                "callbacks/postgresql/memberships/dev/afterMigrate__a.sql",
                "callbacks/any/memberships/afterMigrate__b.sql", "callbacks/any/data/afterMigrate__000.sql"});
}

TEST_CASE("descriptions are in the order of UTF-16, and an ending is .sql in any case, as Flyway has it") {
    const Lines in_order = {"any/roles/afterMigrate__\U0001F600.sql", "any/roles/afterMigrate__\uFF21.SQL",
                            "any/roles/afterMigrate__\uFF22.Sql"};
    Lines expected;
    for (const auto& path : in_order) expected.push_back("callbacks/" + path);
    CHECK(order({in_order[1], in_order[2], in_order[0]}) == expected);
}

TEST_CASE("scripts of other engines and environments are left out") {
    const Lines paths = {"any/memberships/afterMigrate__1.sql", "any/memberships/dev/afterMigrate__2.sql",
                         "any/memberships/prod/afterMigrate__2.sql", "sqlite/memberships/afterMigrate__3.sql",
                         "sqlite/memberships/prod/afterMigrate__4.sql"};
    CHECK(order(paths) ==
          Lines{"callbacks/any/memberships/afterMigrate__1.sql", "callbacks/any/memberships/dev/afterMigrate__2.sql"});
    CHECK(order(paths, "prod") ==
          Lines{"callbacks/any/memberships/afterMigrate__1.sql", "callbacks/any/memberships/prod/afterMigrate__2.sql"});
    CHECK(order(paths, "staging") == Lines{"callbacks/any/memberships/afterMigrate__1.sql"});
}

TEST_CASE("two scripts of one phase may not share a name where a run would meet both") {
    CHECK(order({"any/roles/afterMigrate__a_b.sql", "postgresql/roles/afterMigrate__a_b.sql"}) ==
          Lines{"callbacks/postgresql/roles/afterMigrate__a_b.sql: the same name as "
                "callbacks/any/roles/afterMigrate__a_b.sql; give it a description of its own"});
    CHECK(order({"any/data/afterMigrate.sql", "any/data/prod/afterMigrate.sql"})
              .front()
              .starts_with(
                  "callbacks/any/data/prod/afterMigrate.sql: the same name as callbacks/any/data/afterMigrate.sql"));
    CHECK(order({"any/data/afterMigrate__a b.sql", "any/data/afterMigrate__a_b.sql"})
              .front()
              .contains("the same name as"));
    CHECK(order({"any/data/dev/afterMigrate__a.sql", "sqlite/data/afterMigrate__a.sql"})
              .front()
              .contains("the same name as"));
    CHECK(order({"any/roles/afterMigrate__a.sql", "any/data/afterMigrate__a.sql"}).size() == 2);
    CHECK(order({"any/roles/afterMigrate__a.sql", "any/roles/afterMigrateApplied__a.sql"}).size() == 2);
    CHECK(order({"postgresql/roles/afterMigrate__a.sql", "sqlite/roles/afterMigrate__a.sql"}).size() == 1);
    CHECK(order({"any/roles/dev/afterMigrate__a.sql", "any/roles/prod/afterMigrate__a.sql"}).size() == 1);
}

TEST_CASE("a folder that roost does not know is an error with the nearest name") {
    CHECK(
        order({"postgres/roles/afterMigrate.sql"}) ==
        Lines{"callbacks/postgres/roles/afterMigrate.sql: there is no engine \"postgres\"; did you mean postgresql?"});
    CHECK(order({"any/rolls/afterMigrate.sql"}) ==
          Lines{"callbacks/any/rolls/afterMigrate.sql: there is no phase \"rolls\"; did you mean roles?"});
    CHECK(
        order({"any/roles/stagin/afterMigrate.sql"}) ==
        Lines{
            "callbacks/any/roles/stagin/afterMigrate.sql: there is no environment \"stagin\"; did you mean staging?"});
    CHECK(order({"sqlite/roles/qa/afterMigrate.sql"}) ==
          Lines{"callbacks/sqlite/roles/qa/afterMigrate.sql: there is no environment \"qa\"; known are dev, prod and "
                "staging"});
    const std::string nowhere =
        "a script in no folder that roost reads; scripts stand in callbacks/<engine or any>/<roles, memberships or "
        "data>[/<environment>]";
    CHECK(order({"afterMigrate.sql", "any/afterMigrate.sql", "any/roles/dev/deep/afterMigrate.sql"}) ==
          Lines{"callbacks/afterMigrate.sql: " + nowhere, "callbacks/any/afterMigrate.sql: " + nowhere,
                "callbacks/any/roles/dev/deep/afterMigrate.sql: " + nowhere});
}

TEST_CASE("a name that is no callback of the three events is an error") {
    const std::string known = "; roost knows afterMigrate, afterMigrateApplied and afterMigrateError";
    const auto error = [](const std::string& name) {
        const Lines lines = order({"sqlite/roles/" + name});
        REQUIRE(lines.size() == 1);
        return lines.front().substr(std::string_view("callbacks/sqlite/roles/").size() + name.size() + 2);
    };
    CHECK(error("beforeMigrate__a.sql") == "\"beforeMigrate\" is no event that roost runs" + known);
    CHECK(error("aftermigrate.sql") == "\"aftermigrate\" is no event that roost runs" + known);
    CHECK(error("V1__a.sql") == "\"V1\" is no event that roost runs" + known);
    CHECK(error("afterMigrate_a.sql") ==
          "\"afterMigrate_a\" is no event that roost runs; put two underscores between event and description");
    CHECK(error("afterMigrate010__a.sql") == "\"afterMigrate010\" is no event that roost runs" + known);
    CHECK(error("afterMigrate__.sql") ==
          "a callback whose description is empty; write something after __, or leave __ out");
    const std::string other = "a file that is no SQL callback; name it <event>[__description].sql, or put it elsewhere";
    CHECK(error("afterMigrate__a.sh") == other);
    CHECK(error("afterMigrate__a.sql~") == other);
}

TEST_CASE("read-me files, Markdown and dot files are passed over") {
    CHECK(order({"README", "README.txt", "any/notes.md", "any/roles/.gitkeep", "nowhere/at/all/.keep",
                 "any/roles/._afterMigrate.sql", "any/roles/afterMigrate.sql"}) ==
          Lines{"callbacks/any/roles/afterMigrate.sql"});
}

TEST_CASE("all errors come at once, in the order of the paths") {
    CHECK(
        read_all({{"callbacks/any/roles/afterMigrate__a.sql", "-- roost: tuches = x\n-- roost: requires = x\n"},
                  {"callbacks/any/roles/beforeMigrate.sql", ""},
                  {"callbacks/oracl/roles/afterMigrate.sql", ""}}) ==
        Lines{"callbacks/any/roles/afterMigrate__a.sql:1:11: unknown directive \"tuches\"; did you mean touches?",
              "callbacks/any/roles/afterMigrate__a.sql:2:22: \"x\" is no version; a version is digits between dots or "
              "underscores, such as 5.2",
              "callbacks/any/roles/beforeMigrate.sql: \"beforeMigrate\" is no event that roost runs; roost knows "
              "afterMigrate, afterMigrateApplied and afterMigrateError",
              "callbacks/oracl/roles/afterMigrate.sql: there is no engine \"oracl\"; known are postgresql and sqlite"});
}

TEST_CASE("directives are read from the leading comments") {
    const roost::Directives directives = read(R"(
/* Copyright
   of nobody */
-- Some words first.
-- roost: environments = !prod, !staging
--roost:requires="5.2"
  -- Roost : touches = bob, "Weird, ""name""" , carol@%
-- roost: transaction = off
CREATE ROLE a;
)")
                                             .directives;
    CHECK(directives.environments == Lines{"!prod", "!staging"});
    CHECK(directives.needs == "5.2");
    CHECK(directives.touches == Lines{"bob", "Weird, \"name\"", "carol@%"});
    CHECK(directives.transaction == false);
}

TEST_CASE("a script without directives runs everywhere, in the run's transaction") {
    const roost::Directives directives = read("-- about roost: nothing\n-- roosts\nSELECT 1;").directives;
    CHECK(directives.environments.empty());
    CHECK(directives.needs == std::nullopt);
    CHECK(directives.touches.empty());
    CHECK(directives.transaction);
    CHECK(read("-- roost: transaction = on\r\n-- roost: requires = 5_10\r\n").directives.needs == "5_10");
}

TEST_CASE("a wrong directive is an error at its place") {
    const struct {
        const char* text;
        Lines expected;
    } rows[] = {
        {"-- roost: enviroments = dev", {"1:11: unknown directive \"enviroments\"; did you mean environments?"}},
        {"\n\n  --  roost:  when = dev",
         {"3:15: unknown directive \"when\"; known are environments, requires, touches and transaction"}},
        {"-- roost: transaction", {"1:11: the directive transaction without a value; write -- roost: transaction = …"}},
        {"-- roost:", {"1:10: unknown directive \"\"; known are environments, requires, touches and transaction"}},
        {"-- roost: touches =", {"1:20: an empty value; name something, or leave the directive out"}},
        {"-- roost: touches = a,,b", {"1:23: an empty value; name something, or leave the directive out"}},
        {"-- roost: touches = \"a", {"1:21: a quoted value that is never closed; close it with \" on the same line"}},
        {"-- roost: touches = \"a\" b", {"1:25: more after the closing quote; put a comma between values"}},
        {"-- roost: environments = stagign", {"1:26: there is no environment \"stagign\"; did you mean staging?"}},
        {"/* ä */ \n-- roost: environments = !dev, !prd",
         {"2:32: there is no environment \"prd\"; did you mean prod?"}},
        {"-- roost: environments = dev, !prod",
         {"1:31: environments with and without ! together; name either those that run the script, or with ! those that "
          "do not"}},
        {"-- roost: requires = \"5.x\"",
         {"1:22: \"5.x\" is no version; a version is digits between dots or underscores, such as 5.2"}},
        {"-- roost: requires = 1, 2", {"1:25: the directive requires takes one value; leave out the others"}},
        {"-- roost: transaction = no", {"1:25: transaction = no; it is off or on"}},
        {"-- roost: touches = ä\n-- roost: touches = b",
         {"2:11: the directive touches stands here twice; say it once, lists with commas"}},
        {"SELECT 1;\n-- roost: touches = b",
         {"2:1: a directive that is not in the leading comments; move it above the first statement, on a line that "
          "begins with --"}},
        {"/*\n-- roost: touches = b\n*/",
         {"2:1: a directive that is not in the leading comments; move it above the first statement, on a line that "
          "begins with --"}},
        {"/* roost: requires = 99 */\nSELECT 1;",
         {"1:1: a directive in a block comment; write it on a line of its own that begins with --"}},
        {"/*\n * roost: environments = !prod\n */\nSELECT 1;",
         {"2:2: a directive in a block comment; write it on a line of its own that begins with --"}},
        {"/* a */ SELECT 1;\n-- roost: touches = b",
         {"2:1: a directive that is not in the leading comments; move it above the first statement, on a line that "
          "begins with --"}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(errors(row.text) == row.expected);
    }
}

TEST_CASE("a membership script may not run outside the transaction") {
    const std::string path = "callbacks/any/memberships/afterMigrate__a.sql";
    CHECK(errors("-- roost: transaction = off", path) ==
          Lines{"1:25: transaction = off in a membership script; only role and data scripts may run outside the "
                "transaction"});
    CHECK(read("-- roost: transaction = on", path).directives.transaction);
    CHECK(read("-- roost: transaction = off", "callbacks/any/data/afterMigrate__a.sql").directives.transaction ==
          false);
}

TEST_CASE("text that is not UTF-8 is an error at its place") {
    CHECK(errors("-- \u00e4\nS\xE4x") == Lines{"2:2: text that is not UTF-8; save the file as UTF-8"});
    CHECK(errors("\xFF\xFES\x01") == Lines{"1:1: text that is not UTF-8; save the file as UTF-8"});
    CHECK(errors(std::string("SELECT 1;\0", 10)) == Lines{"1:10: a NUL character; save the file as UTF-8"});
    for (const char* bad :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8", "\xE2\x82"}) {
        CHECK(roost::invalid_utf8(bad) == 0);
    }
    for (const char* good : {"", "a", "\u00e4", "\u20ac", "\uFFFF", "\U0001F426", "\U0010FFFF"}) {
        CHECK(roost::invalid_utf8(good) == std::nullopt);
    }
}

TEST_CASE("a byte-order mark is dropped and hides no directive") {
    const Script script = read("\uFEFF-- roost: requires = 5\nx");
    CHECK(script.text == "-- roost: requires = 5\nx");
    CHECK(script.directives.needs == "5");
}

TEST_CASE("the checksum is Flyway's, whatever ends the lines") {
    CHECK(roost::flyway_checksum("") == 0);
    CHECK(roost::flyway_checksum("123456789") == 0xCBF43926);
    CHECK(roost::flyway_checksum("123\n456\r\n789\n") == 0xCBF43926);
    CHECK(roost::flyway_checksum("\uFEFF123\r456789") == 0xCBF43926);
    CHECK(roost::flyway_checksum("123 456789") != 0xCBF43926);
    CHECK(roost::flyway_checksum("1234\n56789") == 0xCBF43926);
}

TEST_CASE("the directive environments says where a script runs") {
    const auto runs = [](const char* names, const char* environment) {
        return runs_in(read(std::string("-- roost: environments = ") + names), environment);
    };
    CHECK(runs_in(read(""), "dev"));
    CHECK(runs("dev, staging", "dev"));
    CHECK(!runs("dev, staging", "prod"));
    CHECK(runs("!prod", "dev"));
    CHECK(!runs("!prod, !dev", "dev"));
    CHECK(!runs("!prod", "prod"));
}

TEST_CASE("phases and events are named as in paths") {
    CHECK(to_string(roost::Phase::roles) == "roles");
    CHECK(to_string(roost::Phase::memberships) == "memberships");
    CHECK(to_string(roost::Phase::data) == "data");
    for (const auto event :
         {roost::Event::afterMigrate, roost::Event::afterMigrateApplied, roost::Event::afterMigrateError}) {
        CHECK(roost::event_named(to_string(event)) == event);
    }
    CHECK(roost::event_named("afterMigrateX") == std::nullopt);
}

}  // namespace
}  // namespace script_test
