#include "core/splitter.hpp"

#include <doctest/doctest.h>

#include "core/change.hpp"

namespace splitter_test {
namespace {

using roost::Source;
using roost::SplitRules;
using roost::substitute;

constexpr SplitRules postgresql = {
    .nested_comments = true, .dollar_quotes = true, .escape_strings = true, .copy_data = true, .atomic_bodies = true};
constexpr SplitRules sqlite = {.bracket_names = true, .backtick_names = true, .trigger_bodies = true};

using Lines = std::vector<std::string>;

struct Row {
    std::string text;
    Lines expected;  // "line:column statement"; an error as "error line:column message"
};

// All statements. COPY data stays part of its statement's text, up to and with the \. that ends it.
roost::Result<std::vector<roost::Statement>> split(const Source& source, const SplitRules& rules) {
    std::vector<roost::Statement> statements;
    roost::Splitter splitter(source, rules);
    while (auto slice = splitter.next()) {
        if (!*slice) return roost::fail(std::move(slice->error()));
        const roost::Slice& found = **slice;
        const std::size_t end = found.data_end == 0 ? found.end : found.data_end + std::string_view("\\.").size();
        statements.push_back(
            {std::string(source.text().substr(found.begin, end - found.begin)), source.place(found.begin)});
    }
    return statements;
}

Lines statements(const Source& source, const SplitRules& rules) {
    Lines lines;
    const auto at = [](const roost::Place& place) {
        return std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
    };
    const auto found = split(source, rules);
    if (!found) {
        CHECK(found.error().place.file == "s.sql");
        CHECK(!found.error().advice.empty());
        return {"error " + at(found.error().place) + found.error().message};
    }
    for (const roost::Statement& statement : *found) lines.push_back(at(statement.place) + statement.sql);
    return lines;
}

std::string joined(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

void check(const std::vector<Row>& rows, const SplitRules& rules) {
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(joined(statements(Source("s.sql", row.text), rules)) == joined(row.expected));
    }
}

const std::vector<Row> plain = {
    {"", {}},
    {" \t\r\n\v\f", {}},
    {";", {}},
    {";;\n;", {}},
    {"a", {"1:1 a"}},
    {"a;", {"1:1 a"}},
    {"a;b", {"1:1 a", "1:3 b"}},
    {"a ;\n  b ;; c", {"1:1 a", "2:3 b", "2:8 c"}},
    {"a\r\n;\r\nb;\r\n", {"1:1 a", "3:1 b"}},
    {"\uFEFFa;b", {"1:1 a", "1:3 b"}},
    {"\uFEFF", {}},
    {"SELECT 'ä€;', ö; b", {"1:1 SELECT 'ä€;', ö", "1:18 b"}},
    {"-- only\n/* a ; comment */", {}},
    {"-- x;\na; -- y;\nb -- z;\n;", {"2:1 a", "3:1 b"}},
    {"a -- c", {"1:1 a"}},
    {"a --\nb", {"1:1 a --\nb"}},
    {"/* x */ a /* ; */ b /* y */;c", {"1:9 a /* ; */ b", "1:29 c"}},
    {"/**/a;/***/b", {"1:5 a", "1:12 b"}},
    {"-- it's\na", {"2:1 a"}},
    {"/* it's */ a", {"1:12 a"}},
    {"'-- x' ; '/* ' ; b", {"1:1 '-- x'", "1:10 '/* '", "1:18 b"}},
    {"SELECT 'a;b'; c", {"1:1 SELECT 'a;b'", "1:15 c"}},
    {"SELECT 'it''s;'; c", {"1:1 SELECT 'it''s;'", "1:18 c"}},
    {"SELECT ''; c", {"1:1 SELECT ''", "1:12 c"}},
    {"SELECT '\\'; c", {"1:1 SELECT '\\'", "1:13 c"}},
    {"SELECT \"a;\"\"b;\"; c", {"1:1 SELECT \"a;\"\"b;\"", "1:18 c"}},
    {"SELECT 'a\n;b';\nc", {"1:1 SELECT 'a\n;b'", "3:1 c"}},
    {"a - b / c; d", {"1:1 a - b / c", "1:12 d"}},
    {"f(a; b); c", {"1:1 f(a; b)", "1:10 c"}},
    {"a); b", {"1:1 a)", "1:5 b"}},
    {"BEGIN; a; END; b", {"1:1 BEGIN", "1:8 a", "1:11 END", "1:16 b"}},
    {"SELECT CASE WHEN a THEN b END; c", {"1:1 SELECT CASE WHEN a THEN b END", "1:32 c"}},
    {"a$b$c; d$$; e$$", {"1:1 a$b$c", "1:8 d$$", "1:13 e$$"}},
    {"SELECT 'a", {"error 1:8 a string that is never closed"}},
    {"a;\n  SELECT 'it''s", {"error 2:10 a string that is never closed"}},
    {"ä \"b", {"error 1:3 a quoted name that is never closed"}},
    {"a /* b", {"error 1:3 a comment that is never closed"}},
    {"a /*", {"error 1:3 a comment that is never closed"}},
    {"a /*/", {"error 1:3 a comment that is never closed"}},
    {"a; f(b, (c); d", {"error 1:5 a parenthesis that is never closed"}},
};

TEST_CASE("what every engine has splits alike") {
    check(plain, postgresql);
    check(plain, sqlite);
    check(plain, SplitRules{});
}

TEST_CASE("PostgreSQL scripts split into statements at their places") {
    check(
        {
            // comments
            {"/* a /* b; */ c; */ d; e", {"1:21 d", "1:24 e"}},
            {"/*/**/;*/a", {"1:10 a"}},
            {"/* a /* b */ c", {"error 1:1 a comment that is never closed"}},
            {"5*/*c;*/3; d", {"1:1 5*/*c;*/3", "1:12 d"}},
            {"a --x\rb; c", {"1:1 a --x\rb", "1:10 c"}},
            // escape strings
            {"SELECT E'\\'; ', 1; b", {"1:1 SELECT E'\\'; ', 1", "1:20 b"}},
            {"SELECT e'\\\\'; b", {"1:1 SELECT e'\\\\'", "1:15 b"}},
            {"SELECT E'a''b;'; c", {"1:1 SELECT E'a''b;'", "1:18 c"}},
            {"SELECT nameE'\\'; b", {"1:1 SELECT nameE'\\'", "1:18 b"}},
            {"SELECT E '\\'; b", {"1:1 SELECT E '\\'", "1:15 b"}},
            {"SELECT E'a'\n '\\';'; b", {"1:1 SELECT E'a'\n '\\';'", "2:9 b"}},
            {"SELECT E'a' -- it's\n '\\';'; b", {"1:1 SELECT E'a' -- it's\n '\\';'", "2:9 b"}},
            {"SELECT E'a' '\\'; b", {"1:1 SELECT E'a' '\\'", "1:18 b"}},
            {"SELECT 'a'\n'\\'; b", {"1:1 SELECT 'a'\n'\\'", "2:6 b"}},
            {"SELECT B'01', X'1F', U&'d\\0061', N'x;'; b", {"1:1 SELECT B'01', X'1F', U&'d\\0061', N'x;'", "1:41 b"}},
            {"SELECT E'\\'", {"error 1:8 a string that is never closed"}},
            {"SELECT E'\\", {"error 1:8 a string that is never closed"}},
            // dollar quotes
            {"DO $$ BEGIN a; b; END $$; c", {"1:1 DO $$ BEGIN a; b; END $$", "1:27 c"}},
            {"DO $a$ x; $b$ y; $$ z; $b$ $a$; c", {"1:1 DO $a$ x; $b$ y; $$ z; $b$ $a$", "1:33 c"}},
            {"DO $a$ $A$; $a$; c", {"1:1 DO $a$ $A$; $a$", "1:18 c"}},
            {"DO $_1é$;$_1é$; c", {"1:1 DO $_1é$;$_1é$", "1:17 c"}},
            {"DO $a$ ;$b$a$; c", {"1:1 DO $a$ ;$b$a$", "1:16 c"}},
            {"DO $$it's -- /* \"$$; c", {"1:1 DO $$it's -- /* \"$$", "1:22 c"}},
            {"SELECT $1; b $2", {"1:1 SELECT $1", "1:12 b $2"}},
            {"SELECT $1$2; b", {"1:1 SELECT $1$2", "1:14 b"}},
            {"SELECT $1$$;$$; b", {"1:1 SELECT $1$$;$$", "1:17 b"}},
            {"SELECT 1$$;$$; b", {"1:1 SELECT 1$$;$$", "1:16 b"}},
            {"SELECT a$$; b $ c", {"1:1 SELECT a$$", "1:13 b $ c"}},
            {"SELECT é$$; b", {"1:1 SELECT é$$", "1:13 b"}},
            {"SELECT '$$'; b; '$$'", {"1:1 SELECT '$$'", "1:14 b", "1:17 '$$'"}},
            {"-- $$\na; /* $$ */ b", {"2:1 a", "2:13 b"}},
            {"\nDO $a$ x; $b$", {"error 2:4 a text in $a$ that is never closed"}},
            // arrays and operators
            {"SELECT a[1]; b `c`; ']'", {"1:1 SELECT a[1]", "1:14 b `c`", "1:21 ']'"}},
            {"SELECT 1::text, a ->> 'b;', .5e-3; c", {"1:1 SELECT 1::text, a ->> 'b;', .5e-3", "1:36 c"}},
            // rules hold statements in parentheses
            {"CREATE RULE r AS ON INSERT TO t DO (a; b); c",
             {"1:1 CREATE RULE r AS ON INSERT TO t DO (a; b)", "1:44 c"}},
            // COPY
            {"COPY t FROM STDIN;\n1\ta;b\n2\t'\n\\.\nb;", {"1:1 COPY t FROM STDIN;\n1\ta;b\n2\t'\n\\.", "5:1 b"}},
            {"copy t (a, b) from stdin with (format csv);\r\n1;\r\n\\.\r\nb",
             {"1:1 copy t (a, b) from stdin with (format csv);\r\n1;\r\n\\.", "4:1 b"}},
            {"COPY t FROM STDIN; -- data;\n\\.\nb", {"1:1 COPY t FROM STDIN; -- data;\n\\.", "3:1 b"}},
            {"COPY t FROM STDIN;\nx\\.\n \\.\n\\.x\n\\.", {"1:1 COPY t FROM STDIN;\nx\\.\n \\.\n\\.x\n\\."}},
            {"COPY t FROM 'f;'; b", {"1:1 COPY t FROM 'f;'", "1:19 b"}},
            {"COPY t TO STDOUT; b", {"1:1 COPY t TO STDOUT", "1:19 b"}},
            {"COPY (SELECT a FROM stdin) TO 'f'; b", {"1:1 COPY (SELECT a FROM stdin) TO 'f'", "1:36 b"}},
            {"COPY t FROM \"stdin\"; b", {"1:1 COPY t FROM \"stdin\"", "1:22 b"}},
            {"SELECT a FROM stdin; b", {"1:1 SELECT a FROM stdin", "1:22 b"}},
            {"a;\nCOPY t FROM STDIN;\n1\n", {"error 2:1 COPY … FROM STDIN whose data has no end"}},
            {"COPY t FROM STDIN;", {"error 1:1 COPY … FROM STDIN whose data has no end"}},
            {"COPY t FROM STDIN", {"error 1:1 COPY … FROM STDIN without data"}},
            {"COPY t FROM STDIN; b;\n1\n\\.\n", {"error 1:20 more on the line of COPY … FROM STDIN"}},
            // SQL-standard bodies
            {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC a; b; END; c",
             {"1:1 CREATE FUNCTION f() RETURNS int BEGIN ATOMIC a; b; END", "1:57 c"}},
            {"create or replace procedure p(a int) begin atomic insert into t values (1); end; c",
             {"1:1 create or replace procedure p(a int) begin atomic insert into t values (1); end", "1:82 c"}},
            {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE a WHEN 1 THEN CASE WHEN b THEN 2 END END; END; "
             "c",
             {"1:1 CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE a WHEN 1 THEN CASE WHEN b THEN 2 END END; "
              "END",
              "1:105 c"}},
            {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; END; c",
             {"1:1 CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1 AS end; END", "1:68 c"}},
            {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END; c",
             {"1:1 CREATE FUNCTION f() RETURNS int BEGIN ATOMIC END", "1:51 c"}},
            {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC a; -- ; END;\nEND",
             {"1:1 CREATE FUNCTION f() RETURNS int BEGIN ATOMIC a; -- ; END;\nEND"}},
            {"CREATE FUNCTION f() RETURNS int AS $$ BEGIN a; END $$; c",
             {"1:1 CREATE FUNCTION f() RETURNS int AS $$ BEGIN a; END $$", "1:56 c"}},
            {"CREATE FUNCTION f(begin int) RETURNS int RETURN begin; c",
             {"1:1 CREATE FUNCTION f(begin int) RETURNS int RETURN begin", "1:56 c"}},
            {"CREATE TABLE t (a int); BEGIN; END;", {"1:1 CREATE TABLE t (a int)", "1:25 BEGIN", "1:32 END"}},
            {"CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f(); b",
             {"1:1 CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f()", "1:59 b"}},
            {"a;\nCREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC b; c;", {"error 3:1 a body that is never closed"}},
        },
        postgresql);
}

TEST_CASE("SQLite scripts split into statements at their places") {
    check(
        {
            {"/* a /* b */ c; d", {"1:14 c", "1:17 d"}},
            {"SELECT [a;b], `c;d`; e", {"1:1 SELECT [a;b], `c;d`", "1:22 e"}},
            {"SELECT `a``;b`; c", {"1:1 SELECT `a``;b`", "1:17 c"}},
            {"SELECT [a'b], \"c;\"; d", {"1:1 SELECT [a'b], \"c;\"", "1:21 d"}},
            {"SELECT [a]; b]; c", {"1:1 SELECT [a]", "1:13 b]", "1:17 c"}},
            {"SELECT $a, :b, @c, ?1; d", {"1:1 SELECT $a, :b, @c, ?1", "1:24 d"}},
            {"SELECT $$; b; $$", {"1:1 SELECT $$", "1:12 b", "1:15 $$"}},
            {"SELECT E'\\'; b", {"1:1 SELECT E'\\'", "1:14 b"}},
            {"SELECT x'00;'; b", {"1:1 SELECT x'00;'", "1:16 b"}},
            {"SELECT 'a'\n'b;'; c", {"1:1 SELECT 'a'\n'b;'", "2:7 c"}},
            {"CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END; c",
             {"1:1 CREATE TRIGGER t AFTER INSERT ON x BEGIN a; b; END", "1:53 c"}},
            {"CREATE TEMP TRIGGER t BEGIN a; END; b", {"1:1 CREATE TEMP TRIGGER t BEGIN a; END", "1:37 b"}},
            {"create temporary trigger if not exists t begin a; end; b",
             {"1:1 create temporary trigger if not exists t begin a; end", "1:56 b"}},
            {"CREATE TRIGGER t BEGIN SELECT CASE a WHEN 1 THEN 2 END; END; b",
             {"1:1 CREATE TRIGGER t BEGIN SELECT CASE a WHEN 1 THEN 2 END; END", "1:62 b"}},
            {"CREATE TRIGGER t BEGIN SELECT CASE WHEN CASE a WHEN 1 THEN 2 END THEN 3 END; END; b",
             {"1:1 CREATE TRIGGER t BEGIN SELECT CASE WHEN CASE a WHEN 1 THEN 2 END THEN 3 END; END", "1:83 b"}},
            {"CREATE TRIGGER t WHEN CASE a WHEN 1 THEN 1 END BEGIN b; END; c",
             {"1:1 CREATE TRIGGER t WHEN CASE a WHEN 1 THEN 1 END BEGIN b; END", "1:62 c"}},
            {"CREATE TRIGGER t BEGIN UPDATE x SET end = 1; END; b",
             {"1:1 CREATE TRIGGER t BEGIN UPDATE x SET end = 1; END", "1:51 b"}},
            {"CREATE TRIGGER t BEGIN SELECT 'END;'; END; b",
             {"1:1 CREATE TRIGGER t BEGIN SELECT 'END;'; END", "1:44 b"}},
            {"CREATE TRIGGER t BEGIN a; /* END; */ b; -- END;\nEND; c",
             {"1:1 CREATE TRIGGER t BEGIN a; /* END; */ b; -- END;\nEND", "2:6 c"}},
            {"CREATE TRIGGER t BEGIN a; END /* b */ ; c", {"1:1 CREATE TRIGGER t BEGIN a; END", "1:41 c"}},
            {"CREATE TRIGGER t BEGIN a; END", {"1:1 CREATE TRIGGER t BEGIN a; END"}},
            {"CREATE /* temp */ TRIGGER\r\n t BEGIN a;\r\nEND;\r\nb",
             {"1:1 CREATE /* temp */ TRIGGER\r\n t BEGIN a;\r\nEND", "4:1 b"}},
            {"CREATE TRIGGER \"begin\" BEGIN INSERT INTO y VALUES (1, ';'); END; b",
             {"1:1 CREATE TRIGGER \"begin\" BEGIN INSERT INTO y VALUES (1, ';'); END", "1:66 b"}},
            {"BEGIN IMMEDIATE; a; COMMIT; b", {"1:1 BEGIN IMMEDIATE", "1:18 a", "1:21 COMMIT", "1:29 b"}},
            {"BEGIN TRANSACTION; CREATE TRIGGER t BEGIN a; END; END TRANSACTION;",
             {"1:1 BEGIN TRANSACTION", "1:20 CREATE TRIGGER t BEGIN a; END", "1:51 END TRANSACTION"}},
            {"CREATE TABLE trigger_log (a); DROP TRIGGER t; b",
             {"1:1 CREATE TABLE trigger_log (a)", "1:31 DROP TRIGGER t", "1:47 b"}},
            {"COPY t FROM STDIN;\nb", {"1:1 COPY t FROM STDIN", "2:1 b"}},
            {"CREATE FUNCTION f BEGIN ATOMIC; b", {"1:1 CREATE FUNCTION f BEGIN ATOMIC", "1:33 b"}},
            {"a;\n CREATE TRIGGER t\n BEGIN b; c;", {"error 3:2 a body that is never closed"}},
            {"CREATE TRIGGER t BEGIN b; END c;", {"error 1:18 a body that is never closed"}},
            {"a; CREATE TRIGGER t;", {"error 1:4 a body that is never closed"}},
            {"SELECT [a;\nb", {"error 1:8 a quoted name that is never closed"}},
            {"SELECT `a``", {"error 1:8 a quoted name that is never closed"}},
        },
        sqlite);
}

TEST_CASE("places are those of the user's file after placeholders were replaced") {
    const roost::Placeholders values = {{"team", "human_resources"}, {"both", "a;\nb"}, {"quote", "'"}, {"none", ""}};
    const auto split_up = [&values](const char* text) {
        const auto source = substitute("s.sql", text, values);
        REQUIRE_MESSAGE(source.has_value(), text);
        return statements(*source, postgresql);
    };
    CHECK(split_up("GRANT ${team} TO x; GRANT y TO ${team};\nz") ==
          Lines{"1:1 GRANT human_resources TO x", "1:21 GRANT y TO human_resources", "2:1 z"});
    CHECK(split_up("${both}; c") == Lines{"1:1 a", "1:1 b", "1:10 c"});
    CHECK(split_up("${none}a;\n${none} b;${none}c") == Lines{"1:8 a", "2:9 b", "2:18 c"});
    CHECK(split_up("x '$${team}'; y") == Lines{"1:1 x '${team}'", "1:15 y"});
    CHECK(split_up("\n x ${quote}a") == Lines{"error 2:4 a string that is never closed"});
    CHECK(split_up("-- ${both}\nc") == Lines{"1:4 b\nc"});
}

TEST_CASE("a slice leads to the user's text and its COPY data") {
    const auto source = substitute("s.sql", "COPY ${t} FROM STDIN;\r\n1\r\n\\.\r\n b ;", {{"t", "table_of_things"}});
    REQUIRE(source.has_value());
    roost::Splitter splitter(*source, postgresql);
    const auto copy = splitter.next();
    REQUIRE((copy && *copy));
    const roost::Slice first = **copy;
    CHECK(source->original(first.begin, first.end) == "COPY ${t} FROM STDIN");
    CHECK(source->text().substr(first.end, first.data_end - first.end) == ";\r\n1\r\n");
    const auto plain_one = splitter.next();
    REQUIRE((plain_one && *plain_one));
    CHECK(source->original((*plain_one)->begin, (*plain_one)->end) == "b");
    CHECK((*plain_one)->data_end == 0);
    CHECK(!splitter.next());
    CHECK(!splitter.next());
}

TEST_CASE("after an error the splitter gives nothing more") {
    const Source source("s.sql", "a; 'b; c");
    roost::Splitter splitter(source, postgresql);
    CHECK(splitter.next()->has_value());
    const auto failed = splitter.next();
    REQUIRE(failed);
    REQUIRE(!*failed);
    CHECK(to_string(failed->error()) == "s.sql:1:4: a string that is never closed; close it with '");
    CHECK(!splitter.next());
}

TEST_CASE("an unclosed opening says what would close it") {
    const auto advice = [](const char* text, const SplitRules& rules) {
        const Source source("s.sql", text);
        const auto result = split(source, rules);
        REQUIRE(!result);
        return result.error().advice;
    };
    CHECK(advice("$tag$ x", postgresql) == "close it with $tag$");
    CHECK(advice("/* x", postgresql) == "close it with */");
    CHECK(advice("[x", sqlite) == "close it with ]");
    CHECK(advice("`x", sqlite) == "close it with `");
    CHECK(advice("\"x", sqlite) == "close it with \"");
    CHECK(advice("(x", sqlite) == "close it with )");
}

// "w:word q:name s:string n:number y:symbol b:body", blank after each.
std::string kinds(std::string_view sql, const SplitRules& rules) {
    std::string line;
    for (const roost::Token& token : tokens(sql, rules)) {
        if (!line.empty()) line += ' ';
        line += "wqsnyb"[static_cast<std::size_t>(token.kind)];
        line += ':' + token.value;
        CHECK(token.begin < token.end);
        CHECK(token.end <= sql.size());
    }
    return line;
}

TEST_CASE("tokens are read with their values") {
    CHECK(kinds("GRANT \"a\"\"b\" TO c_1$;", postgresql) == "w:GRANT q:a\"b w:TO w:c_1$ y:;");
    CHECK(kinds("/* x */ 'it''s' -- y\n 1.5e+3 0x1F a.b", postgresql) == "s:it's n:1.5e+3 n:0 w:x1F w:a y:. w:b");
    CHECK(kinds("E'a\\n\\x41\\101\\u00e4\\U0001F426\\'\\q\\xg' e''", postgresql) == "s:a\nAA\u00e4\U0001F426'qxg s:");
    CHECK(kinds("'a' -- it's\n 'b' 'c'", postgresql) == "s:ab s:c");
    CHECK(kinds("E'a\\t'\n'\\t'", postgresql) == "s:a\t\t");
    CHECK(kinds("'a'\n'b'", sqlite) == "s:a s:b");
    CHECK(kinds("DO $x$ a $$ b $x$ $1 $$$$", postgresql) == "w:DO b: a $$ b  y:$1 b:");
    CHECK(kinds("[a b] `c``d` \"e\" 'f'", sqlite) == "q:a b q:c`d q:e s:f");
    CHECK(kinds("[a", postgresql) == "y:[ w:a");
    CHECK(kinds("\u00e4\u00f6::x", postgresql) == "w:\u00e4\u00f6 y:: y:: w:x");
    CHECK(kinds("", postgresql).empty());
}

TEST_CASE("tokens of text that is cut off end with the text") {
    CHECK(kinds("a 'b", postgresql) == "w:a s:b");
    CHECK(kinds("a $x$b", postgresql).starts_with("w:a b:"));
    CHECK(kinds("a \"b", postgresql) == "w:a q:b");
    CHECK(kinds("a E'b\\", postgresql) == "w:a s:b");
    CHECK(kinds("a 'b'\n'c", postgresql) == "w:a s:bc");
    CHECK(kinds("a /* b", postgresql) == "w:a");
}

TEST_CASE("any text cut anywhere splits without a fault") {
    const std::string text =
        "\uFEFFCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE 1 WHEN 1 THEN E'\\'' '' END; END; /* /* */ */\n"
        "DO $a$ x $$ ; $a$; COPY t (a) FROM STDIN;\n1;\n\\.\nCREATE TRIGGER t BEGIN a; END; [b] `c``` 'd'\n'e' $1 f$$";
    for (const SplitRules& rules : {postgresql, sqlite, SplitRules{}}) {
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const Source source("s.sql", text.substr(0, size));
            const auto found = split(source, rules);
            CHECK((found.has_value() || found.error().place.line > 0));
            CHECK(tokens(text.substr(size), rules).size() <= text.size());
        }
    }
}

}  // namespace
}  // namespace splitter_test
