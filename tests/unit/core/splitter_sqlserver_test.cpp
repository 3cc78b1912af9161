#include "unit/core/split_table.hpp"

namespace splitter_sqlserver_test {
namespace {

using namespace roost::test;

TEST_CASE("SQL Server scripts split into batches at their places") {
    check(
        {
            {"no statement at all", " \r\n-- GO\n/* GO */\n", {}},
            {"one batch without GO", "SELECT 1;\nSELECT 2", {"1:1 SELECT 1;\nSELECT 2"}},
            {"a batch of several statements stays whole", "a; b\nc;\nGO\nd;", {"1:1 a; b\nc;", "4:1 d;"}},
            {"GO in any case, blanks before and after", "a\n \tgO \t\nb\nGo\nc", {"1:1 a", "3:1 b", "5:1 c"}},
            {"GO in the last line without a line's end", "a\nGO", {"1:1 a"}},
            {"CRLF", "a\r\nGO\r\n  b\r\nGO\r\n", {"1:1 a", "3:3 b"}},
            {"a byte-order mark before a statement", "\uFEFFa\nGO\nb", {"1:1 a", "3:1 b"}},
            {"a byte-order mark before GO", "\uFEFFGO\nb", {"2:1 b"}},
            {"columns count code points", "/* größe */ N'ä€', 'x'\nGO\n\t[ä] é", {"1:13 N'ä€', 'x'", "3:2 [ä] é"}},
            {"empty batches are none", "GO\nGO\n\n-- c\nGO\na\nGO\nGO 5\n", {"6:1 a"}},
            {"GO with a count", "INSERT t DEFAULT VALUES\nGO 3\nb", {"1:1 x3 INSERT t DEFAULT VALUES", "3:1 b"}},
            {"a count counts for its batch alone", "a\nGO 2\nb\nGO\nc\nGO 1", {"1:1 x2 a", "3:1 b", "5:1 c"}},
            {"a comment after GO", "a\nGO -- the end; GO\nb\nGO/* x */\nc", {"1:1 a", "3:1 b", "5:1 c"}},
            {"a comment after the count",
             "a\nGO 3 -- times\nb\nGO 2 /* times */ -- x\nc",
             {"1:1 x3 a", "3:1 x2 b", "5:1 c"}},
            {"GO in a string", "SELECT 'a\nGO\nb'\nGO\nc", {"1:1 SELECT 'a\nGO\nb'", "5:1 c"}},
            {"GO in a string after a doubled quote", "SELECT 'it''s\nGO\n'\nGO", {"1:1 SELECT 'it''s\nGO\n'"}},
            {"GO in a national string", "SELECT N'\nGO\n'\nGO", {"1:1 SELECT N'\nGO\n'"}},
            {"GO in a quoted name", "SELECT \"a\nGO\n\"\nGO\nb", {"1:1 SELECT \"a\nGO\n\"", "5:1 b"}},
            {"GO in brackets", "SELECT [a\nGO\n]\nGO\nb", {"1:1 SELECT [a\nGO\n]", "5:1 b"}},
            {"a doubled bracket closes no name", "SELECT [a]]\nGO\n]\nGO\nb", {"1:1 SELECT [a]]\nGO\n]", "5:1 b"}},
            {"an opening bracket within a name is text", "SELECT [a[b]\nGO\nc", {"1:1 SELECT [a[b]", "3:1 c"}},
            {"GO in a comment", "a /*\nGO\n*/ b\nGO\nc", {"1:1 a /*\nGO\n*/ b", "5:1 c"}},
            {"GO in a nested comment", "a /* /*\nGO\n*/\nGO\n*/ b\nGO\nc", {"1:1 a /* /*\nGO\n*/\nGO\n*/ b", "7:1 c"}},
            {"GO in a line comment", "a --\n-- GO\nb", {"1:1 a --\n-- GO\nb"}},
            {"quotes in comments open nothing", "-- it's\na /* \" [ */\nGO\nb", {"2:1 a", "4:1 b"}},
            {"GO within a line is a name", "SELECT 1 GO\nGO\nb", {"1:1 SELECT 1 GO", "3:1 b"}},
            {"a word that begins with go", "a\nGOTO x\ngo_on\nGO", {"1:1 a\nGOTO x\ngo_on"}},
            {"a name in quotes is no GO", "SELECT\n[GO]\n\"GO\"\nGO", {"1:1 SELECT\n[GO]\n\"GO\""}},
            {"GO with a semicolon", "a\nGO;\nb", {"error 2:3 more on the line of GO"}},
            {"GO with another word", "a\n GO b", {"error 2:5 more on the line of GO"}},
            {"GO with a comment that goes on", "a\nGO /* b\n*/", {"error 2:4 more on the line of GO"}},
            {"GO with two counts", "a\nGO 2 3", {"error 2:6 more on the line of GO"}},
            {"GO with a minus", "a\nGO -1", {"error 2:4 more on the line of GO"}},
            {"GO with nought", "a\nGO 0", {"error 2:4 GO with a count that cannot be followed"}},
            {"GO with a fraction", "a\nGO 1.5", {"error 2:4 GO with a count that cannot be followed"}},
            {"GO with a count beyond reason", "a\nGO 10001", {"error 2:4 GO with a count that cannot be followed"}},
            {"GO after a comment on its line", "a\n/* b */ GO\n", {"error 2:9 GO after a comment on its line"}},
            {"a procedure's body",
             "CREATE PROCEDURE p AS\nBEGIN\n  a;\n  b;\nEND;\nGO\nEXEC p",
             {"1:1 CREATE PROCEDURE p AS\nBEGIN\n  a;\n  b;\nEND;", "7:1 EXEC p"}},
            {"a parenthesis may stay open", "f(a\nGO\nb", {"1:1 f(a", "3:1 b"}},
            {"dollars and backticks quote nothing", "$$ `\nGO\n$$ `", {"1:1 $$ `", "3:1 $$ `"}},
            {"variables and temporary tables", "SELECT @a, @@b FROM #c\nGO", {"1:1 SELECT @a, @@b FROM #c"}},
            {"a string that is not closed", "a\nGO\nb 'c\nGO", {"error 3:3 a string that is never closed"}},
            {"a national string that is not closed", "b N'c\nGO", {"error 1:3 a string that is never closed"}},
            {"a bracket that is not closed", " [a]]\nGO", {"error 1:2 a quoted name that is never closed"}},
            {"a nested comment that is not closed", "a\n /* /* */\nGO", {"error 2:2 a comment that is never closed"}},
        },
        sqlserver);
}

TEST_CASE("lines of sqlcmd are carried out, or refused at their place") {
    const std::string refused = " is a line of the command-line client that cannot be followed";
    check(
        {
            {"a variable", ":setvar V \"x y\"\nSELECT $(V)\nGO", {"2:1 SELECT x y"}},
            {"a variable without quotes, in any case", ":SETVAR v x\nSELECT $(V);$(v)", {"2:1 SELECT x;x"}},
            {"a doubled quote in a value", ":setvar V \"a\"\"b\"\n[$(V)]", {"2:1 [a\"b]"}},
            {"a variable in strings and names",
             ":setvar V x\nSELECT 'a$(V)b', N'$(V)', [$(V)], \"$(V)\"",
             {"2:1 SELECT 'axb', N'x', [x], \"x\""}},
            {"a variable after a word", ":setvar V x\nSELECT a$(V)b.$(V)", {"2:1 SELECT axb.x"}},
            {"a variable at the end and at the beginning", ":setvar V x\n$(V)\nGO\na $(V)\nGO", {"2:1 x", "4:1 a x"}},
            {"variables in comments stay", "-- $(V)\na /* $(W) */ b", {"2:1 a /* $(W) */ b"}},
            {"places after a long value",
             ":setvar V \"a long value\"\n  $(V) b\nGO\n $(V)\nGO\nc",
             {"2:3 a long value b", "4:2 a long value", "6:1 c"}},
            {"a variable that changes within a batch", ":setvar V 1\na$(V)\n:setvar V 2\nb$(V)\nGO", {"2:1 a1\n\nb2"}},
            {"a variable is kept for later batches", ":setvar V 1\na\nGO\nb$(V)", {"2:1 a", "4:1 b1"}},
            {"a value that names a variable without a value",
             ":setvar V \"$(W)\"\n:setvar W 2\na",
             {"error 1:12 the variable W has no value"}},
            {"a value that names another variable", ":setvar W 2\n:setvar V \"$(W)1\"\na$(V)", {"3:1 a21"}},
            {"an empty value", ":setvar V \"\"\nSELECT '$(V)' $(V)", {"2:1 SELECT ''"}},
            {"a variable without a value", "a\nGO\nSELECT 'x $(V)'", {"error 3:11 the variable V has no value"}},
            {"a variable that was taken away",
             ":setvar V 1\n:setvar V\n$(V)",
             {"error 3:1 the variable V has no value"}},
            {"money is no variable", "SELECT $5, $(5.0), $ (V)", {"1:1 SELECT $5, $(5.0), $ (V)"}},
            {"a value of several words without quotes",
             ":setvar V a b\n",
             {"error 1:1 the value of V is no single word"}},
            {"a variable without a name", "a\n  :setvar\n", {"error 2:3 a variable without a name"}},
            {"a value that opens a quote",
             ":setvar V \"it's\"\na\nGO\n b $(V)",
             {"error 4:2 the values of its variables let this statement end elsewhere"}},
            {":on error exit is what is done anyway", ":on error exit\na\n:ON ERROR EXIT\nGO", {"2:1 a"}},
            {":on error ignore", "a\nGO\n:on error ignore\nb", {"error 3:1 :on" + refused}},
            {":r", "a\n :r other.sql\n", {"error 2:2 :r" + refused}},
            {"!!", "!!dir\n", {"error 1:1 !!" + refused}},
            {":!!", ":!!dir\n", {"error 1:1 :!!" + refused}},
            {":connect does not show its words", ":connect srv -P pw\n", {"error 1:1 :connect" + refused}},
            {":out", ":OUT f\n", {"error 1:1 :OUT" + refused}},
            {":error", ":Error f\n", {"error 1:1 :Error" + refused}},
            {":quit", "a\nGO\n:quit\n", {"error 3:1 :quit" + refused}},
            {"EXIT without a colon", "a\nEXIT\n", {"error 2:1 EXIT" + refused}},
            {"ED", "ED\n", {"error 1:1 ED" + refused}},
            {"a command within a line is none", "a :r b\nGO\nSELECT 1 exit", {"1:1 a :r b", "3:1 SELECT 1 exit"}},
            {"a command in a string or comment is none",
             "'\n:r a\n' /*\n:quit\n*/ b",
             {"1:1 '\n:r a\n' /*\n:quit\n*/ b"}},
            {"two colons are a call", "SELECT * FROM\n::fn_x()", {"1:1 SELECT * FROM\n::fn_x()"}},
        },
        sqlserver);
}

TEST_CASE("what is wrong in a batch says what would be right") {
    CHECK(advice("[a]]", sqlserver) == "close it with ]");
    CHECK(advice("a\nGO;", sqlserver) == "write GO, or GO and a count, on a line of its own");
    CHECK(advice("$(V)", sqlserver) == "write :setvar V \"…\" on a line before it");
    CHECK(advice(":on error ignore", sqlserver) == "take the line out: roost stops at the first error");
}

TEST_CASE("national strings and brackets are read as tokens") {
    CHECK(kinds("EXEC sp_x N'it''s', [a]]b], \"c\", @d, #e, f#g@h", sqlserver) ==
          "w:EXEC w:sp_x s:it's y:, q:a]b y:, q:c y:, y:@ w:d y:, y:# w:e y:, w:f#g@h");
    CHECK(kinds("n 'a' N'b", sqlserver) == "w:n s:a s:b");
}

}  // namespace
}  // namespace splitter_sqlserver_test
