#include "unit/core/split_table.hpp"

namespace splitter_oracle_test {
namespace {

using namespace roost::test;

TEST_CASE("Oracle scripts split into statements at their places") {
    const std::string stray = " a / that belongs to no statement";
    check(
        {
            {"no statement at all", " \r\n-- a;\n/* b; */\n", {}},
            {"SQL goes without its semicolon", "SELECT 1 FROM dual;\nb ;\n", {"1:1 SELECT 1 FROM dual", "2:1 b"}},
            {"several statements on a line", "a; b;c", {"1:1 a", "1:4 b", "1:6 c"}},
            {"no last semicolon and no last line's end", "a;\nb", {"1:1 a", "2:1 b"}},
            {"CRLF", "a;\r\nBEGIN\r\n b;\r\nEND;\r\n/\r\nc;\r\n", {"1:1 a", "2:1 BEGIN\r\n b;\r\nEND;", "6:1 c"}},
            {"a byte-order mark", "\uFEFFBEGIN a; END;\n/\nb", {"1:1 BEGIN a; END;", "3:1 b"}},
            {"columns count code points",
             "SELECT 'ä€', q'[é]' FROM \"Ö\"; a",
             {"1:1 SELECT 'ä€', q'[é]' FROM \"Ö\"", "1:31 a"}},
            {"a slash ends SQL without a semicolon",
             "SELECT 1\nFROM dual\n/\nb\n  / \t\nc",
             {"1:1 SELECT 1\nFROM dual", "4:1 b", "6:1 c"}},
            {"a slash within a line divides",
             "SELECT 4 / 2\n  / 1, 6 /\n3 FROM dual;\nb",
             {"1:1 SELECT 4 / 2\n  / 1, 6 /\n3 FROM dual", "4:1 b"}},
            {"a slash after a semicolon would run it twice", "a;\n/\nb", {"error 2:1" + stray}},
            {"a slash after a slash would run it twice", "BEGIN a; END;\n/\n\n /\n", {"error 4:2" + stray}},
            {"a slash before any statement", "-- a\n/\n", {"error 2:1" + stray}},
            {"a block runs to the slash", "BEGIN\n  a;\n  b;\nEND;\n/\nc;", {"1:1 BEGIN\n  a;\n  b;\nEND;", "6:1 c"}},
            {"a block with declarations",
             "DECLARE\n  n NUMBER;\nBEGIN\n  a;\nEND;\n/\nb;",
             {"1:1 DECLARE\n  n NUMBER;\nBEGIN\n  a;\nEND;", "7:1 b"}},
            {"a block in lower case at the end of the file", "a;\nbegin b; end;\n", {"1:1 a", "2:1 begin b; end;"}},
            {"a block with a label",
             "<<outer>>\nBEGIN a; END outer;\n/\nb",
             {"1:1 <<outer>>\nBEGIN a; END outer;", "4:1 b"}},
            {"blocks in blocks",
             "BEGIN\n BEGIN a; EXCEPTION WHEN OTHERS THEN b; END;\n IF c THEN d; END IF;\nEND;\n/\ne",
             {"1:1 BEGIN\n BEGIN a; EXCEPTION WHEN OTHERS THEN b; END;\n IF c THEN d; END IF;\nEND;", "6:1 e"}},
            {"comments after a block are no part of it",
             "BEGIN a; END; -- b\n/* c */\n/\nd",
             {"1:1 BEGIN a; END;", "4:1 d"}},
            {"a slash in a block's comment or string",
             "BEGIN /*\n/\n*/ a := '\n/\n'; END;\n/\nb",
             {"1:1 BEGIN /*\n/\n*/ a := '\n/\n'; END;", "7:1 b"}},
            {"a slash in a block's line divides",
             "BEGIN a := 4 /\n 2; b := 4\n / 2; END;\n/\n",
             {"1:1 BEGIN a := 4 /\n 2; b := 4\n / 2; END;"}},
            {"a procedure",
             "CREATE PROCEDURE p AS\nBEGIN a; END;\n/\nb;",
             {"1:1 CREATE PROCEDURE p AS\nBEGIN a; END;", "4:1 b"}},
            {"a function, replaced and editionable",
             "CREATE OR REPLACE EDITIONABLE FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END f;\n/\nb;",
             {"1:1 CREATE OR REPLACE EDITIONABLE FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END f;", "3:1 b"}},
            {"a package and its body",
             "create or replace noneditionable package k as\n procedure p;\nend k;\n/\n"
             "create or replace package body k as\n procedure p is begin null; end;\nbegin\n null;\nend k;\n/\n",
             {"1:1 create or replace noneditionable package k as\n procedure p;\nend k;",
              "5:1 create or replace package body k as\n procedure p is begin null; end;\nbegin\n null;\nend k;"}},
            {"a trigger",
             "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN :new.a := 1; END;\n/\nb",
             {"1:1 CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW BEGIN :new.a := 1; END;", "3:1 b"}},
            {"a compound trigger",
             "CREATE OR REPLACE TRIGGER t FOR UPDATE ON x COMPOUND TRIGGER\n  n NUMBER := 0;\n"
             "  BEFORE STATEMENT IS BEGIN n := 1; END BEFORE STATEMENT;\n"
             "  AFTER EACH ROW IS BEGIN n := n + 1; END AFTER EACH ROW;\nEND t;\n/\nb;",
             {"1:1 CREATE OR REPLACE TRIGGER t FOR UPDATE ON x COMPOUND TRIGGER\n  n NUMBER := 0;\n"
              "  BEFORE STATEMENT IS BEGIN n := 1; END BEFORE STATEMENT;\n"
              "  AFTER EACH ROW IS BEGIN n := n + 1; END AFTER EACH ROW;\nEND t;",
              "7:1 b"}},
            {"a type without a body, and with one",
             "CREATE TYPE t AS OBJECT (a NUMBER);\n/\nCREATE TYPE BODY t AS MEMBER PROCEDURE p IS BEGIN a; END; "
             "END;\n/\n",
             {"1:1 CREATE TYPE t AS OBJECT (a NUMBER);",
              "3:1 CREATE TYPE BODY t AS MEMBER PROCEDURE p IS BEGIN a; END; END;"}},
            {"a library", "CREATE LIBRARY l AS 'f.so';\n/\na", {"1:1 CREATE LIBRARY l AS 'f.so';", "3:1 a"}},
            {"Java, whose quotes are its own",
             "CREATE OR REPLACE AND COMPILE JAVA SOURCE NAMED \"J\" AS\nclass J { // it's; \"\n  int a = 4 / "
             "2;\n}\n/\nb;",
             {"1:1 CREATE OR REPLACE AND COMPILE JAVA SOURCE NAMED \"J\" AS\nclass J { // it's; \"\n  int a = 4 / "
              "2;\n}",
              "6:1 b"}},
            {"WITH FUNCTION runs to the slash and is SQL",
             "WITH FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END;\nSELECT f FROM dual;\n/\nb;",
             {"1:1 WITH FUNCTION f RETURN NUMBER IS BEGIN RETURN 1; END;\nSELECT f FROM dual", "4:1 b"}},
            {"WITH PROCEDURE in an INSERT",
             "INSERT /*+ WITH_PLSQL */ INTO t WITH PROCEDURE p IS BEGIN a; END;\nSELECT 1\n/\nb",
             {"1:1 INSERT /*+ WITH_PLSQL */ INTO t WITH PROCEDURE p IS BEGIN a; END;\nSELECT 1", "4:1 b"}},
            {"WITH of a query ends at its semicolon",
             "WITH q AS (SELECT 1 FROM dual) SELECT * FROM q; b",
             {"1:1 WITH q AS (SELECT 1 FROM dual) SELECT * FROM q", "1:49 b"}},
            {"a table or view is no block",
             "CREATE TABLE t (a NUMBER); CREATE OR REPLACE FORCE VIEW v AS SELECT 1 FROM t;b",
             {"1:1 CREATE TABLE t (a NUMBER)", "1:28 CREATE OR REPLACE FORCE VIEW v AS SELECT 1 FROM t", "1:78 b"}},
            {"ALTER and DROP of a procedure are no blocks",
             "ALTER PROCEDURE p COMPILE; DROP TYPE t; CALL p(); b",
             {"1:1 ALTER PROCEDURE p COMPILE", "1:28 DROP TYPE t", "1:41 CALL p()", "1:51 b"}},
            {"quotes in strings",
             "SELECT 'it''s;', '\\' FROM dual; b",
             {"1:1 SELECT 'it''s;', '\\' FROM dual", "1:33 b"}},
            {"q-quotes with brackets",
             "SELECT q'[it's; ]x]', Q'{a'}', q'(b;')', q'<c'>' FROM d; e",
             {"1:1 SELECT q'[it's; ]x]', Q'{a'}', q'(b;')', q'<c'>' FROM d", "1:58 e"}},
            {"q-quotes with any sign",
             "SELECT q'!it's;!', q'Xa';X', q'\"b';\"', q'éc';é' FROM d; e",
             {"1:1 SELECT q'!it's;!', q'Xa';X', q'\"b';\"', q'éc';é' FROM d", "1:57 e"}},
            {"national q-quotes",
             "SELECT nq'{it's;}', NQ'|a';|', N'b;' FROM d; e",
             {"1:1 SELECT nq'{it's;}', NQ'|a';|', N'b;' FROM d", "1:46 e"}},
            {"a q-quote in a block",
             "BEGIN EXECUTE IMMEDIATE q'[GRANT a TO b;\n/\n]'; END;\n/\nc",
             {"1:1 BEGIN EXECUTE IMMEDIATE q'[GRANT a TO b;\n/\n]'; END;", "5:1 c"}},
            {"a word that ends in q begins no q-quote", "SELECT aq'[;'; b", {"1:1 SELECT aq'[;'", "1:16 b"}},
            {"quoted names",
             "SELECT \"a;'b\", \"/\" FROM \"T\"; c",
             {"1:1 SELECT \"a;'b\", \"/\" FROM \"T\"", "1:30 c"}},
            {"names with $ and #", "SELECT v$a#, c## FROM sys.x$y; b", {"1:1 SELECT v$a#, c## FROM sys.x$y", "1:32 b"}},
            {"comments do not nest", "/* a /* b; */ c; d", {"1:15 c", "1:18 d"}},
            {"quotes in comments open nothing", "-- it's\na /* \" */; b", {"2:1 a", "2:12 b"}},
            {"brackets, backticks and dollars quote nothing",
             "SELECT a[1], $$; b `c;",
             {"1:1 SELECT a[1], $$", "1:18 b `c"}},
            {"a string that is not closed", "a;\n SELECT 'b;\n/\n", {"error 2:9 a string that is never closed"}},
            {"a q-quote that is not closed", "SELECT q'[a]; b'", {"error 1:8 a string that is never closed"}},
            {"a parenthesis that is not closed", "a;\nf(b\n/\nc", {"error 2:2 a parenthesis that is never closed"}},
        },
        oracle);
}

TEST_CASE("lines of SQL*Plus are carried out, passed over, or refused at their place") {
    const std::string refused = " is a line of the command-line client that cannot be followed";
    check(
        {
            {"settings and titles are passed over",
             "SET ECHO OFF\nset serveroutput on size unlimited;\nPROMPT it's \"open; /*\nREM it's\nremark \"\nSHOW "
             "USER\n"
             "TIMING START x\nCLEAR SCREEN\nCOLUMN a FORMAT a10\na;",
             {"10:1 a"}},
            {"they are recognised where a statement begins alone",
             "SELECT 1,\nprompt\nFROM dual;\nPROMPT a\nb;",
             {"1:1 SELECT 1,\nprompt\nFROM dual", "5:1 b"}},
            {"no line of the client within a block",
             "BEGIN\nSET x = 1;\nEXIT;\nEND;\n/\n",
             {"1:1 BEGIN\nSET x = 1;\nEXIT;\nEND;"}},
            {"a line that goes on", "PROMPT a -\n it's b\nc;", {"3:1 c"}},
            {"SET ROLE, SET TRANSACTION and SET CONSTRAINTS are SQL",
             "SET ROLE a;\nset transaction read only;\nSET CONSTRAINTS ALL IMMEDIATE;\nSET CONSTRAINT c DEFERRED;",
             {"1:1 SET ROLE a", "2:1 set transaction read only", "3:1 SET CONSTRAINTS ALL IMMEDIATE",
              "4:1 SET CONSTRAINT c DEFERRED"}},
            {"a statement that begins like a command",
             "REVOKE a FROM b;\nSAVEPOINT c;\nCOMMENT ON TABLE t IS 'x';\nDELETE FROM t;\nCALL p();\nALTER USER "
             "u;\nRENAME a TO b;\nLOCK TABLE t;\nINSERT x;",
             {"1:1 REVOKE a FROM b", "2:1 SAVEPOINT c", "3:1 COMMENT ON TABLE t IS 'x'", "4:1 DELETE FROM t",
              "5:1 CALL p()", "6:1 ALTER USER u", "7:1 RENAME a TO b", "8:1 LOCK TABLE t", "9:1 INSERT x"}},
            {"WHENEVER … EXIT",
             "WHENEVER SQLERROR EXIT SQL.SQLCODE ROLLBACK\nwhenever oserror exit failure\na;",
             {"3:1 a"}},
            {"WHENEVER … CONTINUE", "a;\nWHENEVER SQLERROR CONTINUE\n", {"error 2:1 WHENEVER" + refused}},
            {"a variable",
             "DEFINE r = guineapigs\nCREATE ROLE &r;\nGRANT &&R TO a;",
             {"2:1 CREATE ROLE guineapigs", "3:1 GRANT guineapigs TO a"}},
            {"a value in quotes",
             "define a = 'x y'\ndef b = \"it's\"\nDEFINE c=z;\nSELECT '&a', q'[&b]', &c FROM dual;",
             {"4:1 SELECT 'x y', q'[it's]', z FROM dual"}},
            {"a full stop ends a name",
             "DEFINE s = hr\nSELECT * FROM &s..t, &s.x, &s.;",
             {"2:1 SELECT * FROM hr.t, hrx, hr"}},
            {"a variable in a block and in a name",
             "DEFINE v = x\nBEGIN a('&v', \"&v\"); END;\n/\nb &v;",
             {"2:1 BEGIN a('x', \"x\"); END;", "4:1 b x"}},
            {"blanks after the sign", "DEFINE v = x\na & v;", {"2:1 a x"}},
            {"variables in comments stay", "-- &a\nb /* &c */ d;", {"2:1 b /* &c */ d"}},
            {"places after a long value",
             "DEFINE v = 'a long value'\n &v b; &v\n/\nc",
             {"2:2 a long value b", "2:8 a long value", "4:1 c"}},
            {"a variable of another variable", "DEFINE a = x\nDEFINE b = &a._y\nc &b;", {"3:1 c x_y"}},
            {"a variable that was taken away",
             "DEFINE a = x\nUNDEFINE a b\nc '&a';",
             {"error 3:4 the variable a has no value"}},
            {"a variable without a value in a string",
             "a;\nSELECT 'Marks & Spencer' FROM dual;",
             {"error 2:15 the variable Spencer has no value"}},
            {"a numbered variable", "a &1;", {"error 1:3 the variable 1 has no value"}},
            {"SET DEFINE OFF",
             "SET DEFINE OFF\nSELECT 'a&b', '& c' FROM d;\nset def on\nSELECT '&e' FROM d;",
             {"error 4:9 the variable e has no value"}},
            {"SET DEFINE OFF among others, SET SCAN OFF",
             "SET ECHO OFF DEFINE OFF\n'&a';\nSET DEFINE ON\nSET SCAN OFF\n'&b';",
             {"2:1 '&a'", "5:1 '&b'"}},
            {"another sign", "SET DEFINE ^\nDEFINE a = x\nb '^a', '&c';", {"3:1 b 'x', '&c'"}},
            {"a sign alone is text", "SELECT '&', 'a &', '&&' FROM dual;", {"1:1 SELECT '&', 'a &', '&&' FROM dual"}},
            {"DEFINE that shows", "DEFINE\nDEFINE a\nb;", {"3:1 b"}},
            {"a value of several words", "DEFINE a = x y\n", {"error 1:1 the value of a is no single word"}},
            {"a value that ends the statement",
             "DEFINE a = 'b; c'\n &a;",
             {"error 2:2 the values of its variables let this statement end elsewhere"}},
            {"a value that opens a block",
             "DEFINE a = BEGIN\n &a b; END;\n/\n",
             {"error 2:2 the values of its variables let this statement end elsewhere"}},
            {"EXECUTE becomes a block",
             "EXEC p(1, 'a;b')\nexecute q;\n  exec r ;\na;",
             {"1:1 BEGIN p(1, 'a;b'); END;", "2:1 BEGIN q; END;", "3:3 BEGIN r; END;", "4:1 a"}},
            {"EXECUTE over several lines, with a variable",
             "DEFINE v = x\nEXEC p(a, -\n  '&v')\nb;",
             {"2:1 BEGIN p(a,    'x'); END;", "4:1 b"}},
            {"EXECUTE of nothing", "a;\n EXEC ;\n", {"error 2:2 nothing to execute"}},
            {"EXECUTE with a variable without a value", "EXEC p('&v')\n", {"error 1:9 the variable v has no value"}},
            {"SPOOL", "a;\n spool f.log\n", {"error 2:2 spool" + refused}},
            {"ACCEPT", "ACCEPT x PROMPT 'x'\n", {"error 1:1 ACCEPT" + refused}},
            {"CONNECT does not show its words", "CONN scott/tiger\n", {"error 1:1 CONN" + refused}},
            {"HOST and !", "HOST ls\n", {"error 1:1 HOST" + refused}},
            {"an exclamation mark", "!ls\n", {"error 1:1 !" + refused}},
            {"@file", "a;\n@other.sql\n", {"error 2:1 @" + refused}},
            {"@@file", "@@other.sql\n", {"error 1:1 @" + refused}},
            {"START", "start other\n", {"error 1:1 start" + refused}},
            {"EXIT", "a;\nEXIT;\n", {"error 2:1 EXIT" + refused}},
            {"QUIT", "QUIT\n", {"error 1:1 QUIT" + refused}},
            {"PAUSE", "PAUSE go on\n", {"error 1:1 PAUSE" + refused}},
            {"EDIT", "EDIT\n", {"error 1:1 EDIT" + refused}},
            {"VARIABLE", "VARIABLE x NUMBER\n", {"error 1:1 VARIABLE" + refused}},
            {"settings that would change how the script is read",
             "SET ECHO OFF\nSET ESCAPE ON\n",
             {"error 2:1 SET" + refused}},
        },
        oracle);
}

TEST_CASE("what is wrong in such a script says what would be right") {
    CHECK(advice("a;\n/", oracle) == "take the line out: the client would run the statement before it once more");
    CHECK(advice("a q'[b", oracle) == "close it with ]'");
    CHECK(advice("a nq'!b", oracle) == "close it with !'");
    CHECK(advice("a &b", oracle) == "write DEFINE b = … before it, or SET DEFINE OFF where & is text");
    CHECK(advice("@f", oracle) == "put the statements into a script of their own");
}

TEST_CASE("q-quotes are read as tokens") {
    CHECK(kinds("q'[it's]' nq'{a}' Q'!b!!' q'éc'dé' N'e''f' c##x v$y", oracle) ==
          "s:it's s:a s:b! s:c'd s:e'f w:c##x w:v$y");
    CHECK(kinds("q' a' q 'b' q'[c", oracle) == "s: a w:q s:b s:c");
}

}  // namespace
}  // namespace splitter_oracle_test
