#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "db/driver.hpp"
#include "report/client_text.hpp"

namespace script_form_test {

using namespace roost;

namespace {

std::string written(std::string_view engine, std::string_view statement) {
    const auto text = client_text(statement, driver_named(engine)->info.script_form);
    return text ? *text : "error: " + text.error().message;
}

struct Case {
    std::string_view title, engine, statement, text;
};

const Case cases[] = {
    {"a plain statement ends as the client has it", "postgresql", "GRANT a TO b", "GRANT a TO b;"},
    {"a plain statement ends as the client has it", "mariadb", "GRANT a TO b", "GRANT a TO b;"},
    {"a plain statement ends as the client has it", "sqlite", "SELECT 1", "SELECT 1;"},
    {"a plain statement ends as the client has it", "oracle", "GRANT a TO b", "GRANT a TO b;"},
    {"a batch ends with GO on a line", "sqlserver", "SELECT 1; SELECT 2", "SELECT 1; SELECT 2\nGO"},
    {"a comment at the end hides no end", "postgresql", "SELECT 1 -- one", "SELECT 1 -- one\n;"},
    {"a comment at the end hides no end", "mariadb", "SELECT 1 # one", "SELECT 1 # one\n;"},

    {"psql ends dollar quotes itself", "postgresql", "DO $$ BEGIN NULL; END $$", "DO $$ BEGIN NULL; END $$;"},
    {"psql replaces no variable", "postgresql", "SELECT a[1:PORT]", "SELECT 'SELECT a[1:PORT]' \\gexec"},
    {"psql replaces no variable", "postgresql", "SELECT :'x'", "SELECT 'SELECT :''x''' \\gexec"},
    {"a cast is no variable", "postgresql", "SELECT '1'::text, a := b", "SELECT '1'::text, a := b;"},
    {"a mark is no variable", "postgresql", "COMMENT ON ROLE a IS 'roost: p/e/d'",
     "COMMENT ON ROLE a IS 'roost: p/e/d';"},
    {"psql runs no command", "postgresql", "CREATE ROLE \"\\! ls\"", "SELECT 'CREATE ROLE \"\\! ls\"' \\gexec"},

    {"the mariadb client is given another delimiter", "mariadb", "BEGIN NOT ATOMIC SELECT 1; END",
     "DELIMITER $roost$\nBEGIN NOT ATOMIC SELECT 1; END\n$roost$\nDELIMITER ;"},
    {"a delimiter that the statement does not hold", "mariadb", "SELECT '$roost$; roost1'",
     "DELIMITER $roost2$\nSELECT '$roost$; roost1'\n$roost2$\nDELIMITER ;"},
    {"the mariadb client would change the delimiter", "mariadb", "SELECT Delimiter FROM t",
     "error: holds what the client would take for a command of its own"},

    {"sqlcmd finds no GO", "sqlserver", "CREATE ROLE [a\ngo\nb]",
     "DECLARE @roost nvarchar(max) = CONVERT(nvarchar(max), N'') + N'CREATE ROLE [a' + NCHAR(10) +\nN'go' + NCHAR(10) "
     "+\n"
     "N'b]'\nEXEC sys.sp_executesql @roost\nGO"},
    {"sqlcmd finds no command", "sqlserver", "PRINT '\r:!! dir'",
     "DECLARE @roost nvarchar(max) = CONVERT(nvarchar(max), N'') + N'PRINT ''' + NCHAR(13) +\nN':!! dir'''\n"
     "EXEC sys.sp_executesql @roost\nGO"},
    {"a word that only begins as one does not count", "sqlserver", "SELECT\ngone", "SELECT\ngone\nGO"},

    {"a block ends with a slash", "oracle", "BEGIN NULL; END;", "BEGIN NULL; END;\n/"},
    {"the lines of a block may end so", "oracle", "BEGIN\nNULL;\nEND;", "BEGIN\nNULL;\nEND;\n/"},
    {"SQL*Plus finds no slash", "oracle", "CREATE ROLE \"a\n/\nb\"",
     "BEGIN\nEXECUTE IMMEDIATE 'CREATE ROLE \"a' || CHR(10) ||\n'/' || CHR(10) ||\n'b\"';\nEND;\n/"},
    {"SQL*Plus finds no end", "oracle", "SELECT 'a;\nb' FROM DUAL",
     "BEGIN\nEXECUTE IMMEDIATE 'SELECT ''a;' || CHR(10) ||\n'b'' FROM DUAL';\nEND;\n/"},
    {"SQL*Plus takes no minus sign", "oracle", "SELECT 2 -\n1 FROM DUAL",
     "BEGIN\nEXECUTE IMMEDIATE 'SELECT 2 -' || CHR(10) ||\n'1 FROM DUAL';\nEND;\n/"},
    {"a comment's first sign is no slash", "oracle", "SELECT 1\n/* one */ FROM DUAL", "SELECT 1\n/* one */ FROM DUAL;"},
};

}  // namespace

TEST_CASE("a statement is written so that the client takes nothing in it for its own") {
    for (const Case& c : cases) {
        CAPTURE(c.title);
        CAPTURE(c.engine);
        CHECK(written(c.engine, c.statement) == c.text);
    }
}

TEST_CASE("every engine says how its script is run") {
    for (const Driver* driver : drivers()) {
        const ScriptForm& form = driver->info.script_form;
        CAPTURE(driver->info.name);
        CHECK(form.client.contains("FILE"));
        CHECK(form.begin.empty() == !driver->info.transactional_role_ddl);
        CHECK(form.begin.empty() == form.commit.empty());
    }
}

TEST_CASE("no line of a name is a command of the client's") {
    const std::pair<std::string_view, std::vector<std::string>> hostile[] = {
        {"sqlserver", {"a\nGO\nb", "a\r\nGO 2\r\n", "a\n  go\n", "\n:r x\n", "\n!!dir\n", "\nQUIT\n"}},
        {"oracle", {"\n/\n", "\n / \n", "\n.\n", "\n!dir\n", "\n@x\n", "\n#host\n", "a;\n", "a-\nb"}}};
    for (const auto& [engine, names] : hostile)
        for (const std::string& name : names) {
            const std::string statement = "CREATE ROLE " + driver_named(engine)->names.quote(name);
            const std::string text = written(engine, statement);
            CAPTURE(text);
            CHECK(text.starts_with(driver_named(engine)->info.script_form.text_begin));
            // Each of its lines is within a string that begins and ends on it.
            CHECK_FALSE(text.contains(name.substr(0, name.find('\n') + 1) + name.substr(name.find('\n') + 1, 2)));
        }
}

TEST_CASE("a comment is one line, whatever it holds") {
    CHECK(client_comment("a\n\\! ls\r\nb") == "-- a\\u{a}\\! ls\\u{d}\\u{a}b\n");
    CHECK(client_comment("ends in -") == "-- ends in - |\n");
    CHECK(client_comment(std::string(300, 'x')) == "-- " + std::string(200, 'x') + " …\n");
}

TEST_CASE("a long statement is broken after commas, and in no name") {
    std::string list, name = std::string(150, 'x') + ", y";
    for (int i = 0; i < 50; ++i) list += (i ? ", " : "") + std::string("\"member") + std::to_string(i) + "\"";
    const std::string text =
        in_short_lines("GRANT a TO " + list + ", \"" + name + "\", `" + name + "`, [" + name + "], b");
    CHECK(text.contains("\"" + name + "\""));
    CHECK(text.contains("`" + name + "`"));
    CHECK(text.contains("[" + name + "]"));
    CHECK(std::ranges::count(text, '\n') > 5);
    CHECK(in_short_lines("GRANT a TO b, c") == "GRANT a TO b, c");
}

}  // namespace script_form_test
