#include "unit/core/split_table.hpp"

namespace splitter_test {
namespace {

using namespace roost::test;
using roost::Source;
using roost::SplitRules;
using roost::substitute;

using Lines = std::vector<std::string>;

struct Row {
    std::string text;
    std::vector<std::string> expected;
};

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
    for (const Row& row : plain) {
        CAPTURE(row.text);
        for (const SplitRules& rules : {SplitRules{}, postgresql, sqlite})
            CHECK(joined(statements(Source("s.sql", row.text), rules)) == joined(row.expected));
    }
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
    CHECK(advice("$tag$ x", postgresql) == "close it with $tag$");
    CHECK(advice("/* x", postgresql) == "close it with */");
    CHECK(advice("[x", sqlite) == "close it with ]");
    CHECK(advice("`x", sqlite) == "close it with `");
    CHECK(advice("\"x", sqlite) == "close it with \"");
    CHECK(advice("(x", sqlite) == "close it with )");
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
        "DO $a$ x $$ ; $a$; COPY t (a) FROM STDIN;\n1;\n\\.\nCREATE TRIGGER t BEGIN a; END; [b] `c``` 'd'\n'e' $1 f$$\n"
        "GO 2 -- x\n:setvar V \"w\"\n$(V) N'$(V)' [a]]b]\nGO\nDEFINE x = 'y'\nEXEC p(&x., -\n q'[z]')\nBEGIN &&x; "
        "END;\n/\n"
        "DELIMITER //\n/*!50003 CREATE PROCEDURE p() # c\nBEGIN IF a THEN b; END IF; END */ \\G \"c\\\"\" //\n";
    for (const SplitRules& rules : {postgresql, sqlite, sqlserver, oracle, mariadb, SplitRules{}}) {
        for (std::size_t size = 0; size <= text.size(); ++size) {
            for (const std::string& part : {text.substr(0, size), text.substr(size)}) {
                const auto found = statements(Source("s.sql", part), rules);
                CHECK(found.size() <= part.size());
                CHECK(tokens(part, rules).size() <= part.size());
            }
        }
    }
}

}  // namespace
}  // namespace splitter_test
