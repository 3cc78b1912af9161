#include "unit/core/split_table.hpp"

namespace splitter_mariadb_test {
namespace {

using namespace roost::test;

TEST_CASE("MariaDB scripts split into statements at their places") {
    check(
        {
            {"no statement at all", " \r\n-- a;\n# b;\n/* c; */\n;;", {}},
            {"statements end at semicolons", "a; b\n;c", {"1:1 a", "1:4 b", "2:2 c"}},
            {"no last line's end", "a;\nb", {"1:1 a", "2:1 b"}},
            {"CRLF", "a;\r\n# b;\r\n-- c;\r\nd;\r\n", {"1:1 a", "4:1 d"}},
            {"a byte-order mark", "\uFEFFa;b", {"1:1 a", "1:3 b"}},
            {"columns count code points", "SELECT 'ä€', `ö`; b", {"1:1 SELECT 'ä€', `ö`", "1:19 b"}},
            {"a backslash escapes a quote", "SELECT 'it\\'s;'; b", {"1:1 SELECT 'it\\'s;'", "1:18 b"}},
            {"a backslash escapes a backslash", "SELECT 'a\\\\'; b", {"1:1 SELECT 'a\\\\'", "1:15 b"}},
            {"a doubled quote", "SELECT 'it''s;'; b", {"1:1 SELECT 'it''s;'", "1:18 b"}},
            {"double quotes hold strings with escapes",
             "SELECT \"a;\\\"b;\"\"c;'\"; d",
             {"1:1 SELECT \"a;\\\"b;\"\"c;'\"", "1:23 d"}},
            {"a string over two lines", "SELECT 'a;\n;b';\nc", {"1:1 SELECT 'a;\n;b'", "3:1 c"}},
            {"national, binary and introduced strings",
             "SELECT N'a;', x'0;', b'1', _utf8'c;'; d",
             {"1:1 SELECT N'a;', x'0;', b'1', _utf8'c;'", "1:39 d"}},
            {"backticks quote names without escapes", "SELECT `a;``b'\\`; c", {"1:1 SELECT `a;``b'\\`", "1:19 c"}},
            {"a comment of two dashes needs a blank",
             "SELECT 5--1; b -- c;\n; --d;\n--\ne",
             {"1:1 SELECT 5--1", "1:14 b", "2:3 --d", "4:1 e"}},
            {"two dashes and a tab, and at the end", "a --\tb;\n; c --", {"1:1 a", "2:3 c"}},
            {"a comment of a hash", "a # b; it's\n; c#d;\n;e", {"1:1 a", "2:3 c", "3:2 e"}},
            {"a comment does not nest", "/* a /* b; */ c; d", {"1:15 c", "1:18 d"}},
            {"comments in strings are text",
             "'-- a' ; '# b' ; \"/* c\" ; d",
             {"1:1 '-- a'", "1:10 '# b'", "1:18 \"/* c\"", "1:27 d"}},
            {"quotes in comments open nothing", "-- it's\n# \"\na /* ` */; b", {"3:1 a", "3:12 b"}},
            {"an executed comment is a statement",
             "/*!40101 SET NAMES utf8mb4 */;\nb",
             {"1:1 /*!40101 SET NAMES utf8mb4 */", "2:1 b"}},
            {"an executed comment of MariaDB's own",
             "/*M!100100 SET x = 1 */; b",
             {"1:1 /*M!100100 SET x = 1 */", "1:26 b"}},
            {"an executed comment within a statement",
             "CREATE /*!50700 OR REPLACE */ TABLE t (a INT) /*! COMMENT='x;' */; b",
             {"1:1 CREATE /*!50700 OR REPLACE */ TABLE t (a INT) /*! COMMENT='x;' */", "1:68 b"}},
            {"quotes in an executed comment hold its end",
             "/*! SELECT '*/;', \"*/\", `*/` */; b",
             {"1:1 /*! SELECT '*/;', \"*/\", `*/` */", "1:34 b"}},
            {"a semicolon in an executed comment ends nothing", "/*! a; b */; c", {"1:1 /*! a; b */", "1:14 c"}},
            {"a comment in an executed comment", "/*! a /* b; */ c */; d", {"1:1 /*! a /* b; */ c */", "1:22 d"}},
            {"*/ outside a comment is text", "SELECT 2*/* a */3; b", {"1:1 SELECT 2*/* a */3", "1:20 b"}},
            {"an executed comment that is not closed",
             "a;\n /*!50000 b;",
             {"error 2:2 a comment that is never closed"}},
            {"\\g and \\G end statements", "a\\g b \\G\nc\\G", {"1:1 a", "1:5 b", "2:1 c"}},
            {"\\N is a value", "SELECT \\N; b", {"1:1 SELECT \\N", "1:12 b"}},
            {"a dump's first line keeps the client in a sandbox",
             "/*!999999\\- enable the sandbox mode */\na; b",
             {"1:1 /*!999999\\- enable the sandbox mode */\na", "2:4 b"}},
            {"\\- elsewhere", "a \\- b", {"error 1:3 \\- is a command of the client that cannot be followed"}},
            {"\\g in a string is text", "SELECT '\\g;'; b", {"1:1 SELECT '\\g;'", "1:15 b"}},
            {"USE is a statement", "USE a;\nb", {"1:1 USE a", "2:1 b"}},
            {"BEGIN and COMMIT are statements",
             "BEGIN; a; COMMIT; BEGIN WORK; END",
             {"1:1 BEGIN", "1:8 a", "1:11 COMMIT", "1:19 BEGIN WORK", "1:31 END"}},
            {"a string that is not closed", "a;\n 'b\\';", {"error 2:2 a string that is never closed"}},
            {"double quotes that are not closed", "a; \"b\\\";", {"error 1:4 a string that is never closed"}},
            {"a backtick that is not closed", "a; `b``;", {"error 1:4 a quoted name that is never closed"}},
            {"a comment that is not closed", "a;\n/* b", {"error 2:1 a comment that is never closed"}},
            {"a parenthesis that is not closed", "a; f(b;", {"error 1:5 a parenthesis that is never closed"}},
        },
        mariadb);
}

TEST_CASE("DELIMITER ends statements as the client does") {
    const std::string refused = " is a line of the command-line client that cannot be followed";
    check(
        {
            {"another delimiter and back",
             "DELIMITER //\na; b;\nEND //\nc//\nDELIMITER ;\nd; e",
             {"2:1 a; b;\nEND", "4:1 c", "6:1 d", "6:4 e"}},
            {"in lower case, with CRLF", "delimiter $$\r\na;$$\r\ndelimiter ;\r\nb;", {"2:1 a;", "4:1 b"}},
            {"a delimiter touches a word or a number",
             "DELIMITER $$\na END$$\nb 1$$ c$$",
             {"2:1 a END", "3:1 b 1", "3:7 c"}},
            {"a delimiter of two semicolons",
             "DELIMITER ;;\na; b;; c;;\nDELIMITER ;\nd;",
             {"2:1 a; b", "2:8 c", "4:1 d"}},
            {"a delimiter of a word", "DELIMITER EOS\na; EOS\nbEOS", {"2:1 a;", "3:1 b"}},
            {"a delimiter of one sign", "DELIMITER |\na; b | c |", {"2:1 a; b", "2:8 c"}},
            {"a delimiter in strings, names and comments",
             "DELIMITER //\n'a//' \"b//\" `c//` /* d// */ e -- f//\n# g//\n//h",
             {"2:1 'a//' \"b//\" `c//` /* d// */ e", "4:3 h"}},
            {"a comment after the delimiter's line is none of it", "DELIMITER // -- two\na; // b", {"2:1 a;", "2:7 b"}},
            {"a last statement without its delimiter", "DELIMITER //\na; b;\n", {"2:1 a; b;"}},
            {"\\G ends a statement under any delimiter", "DELIMITER //\na; \\G b //", {"2:1 a;", "2:7 b"}},
            {"DELIMITER ends the statement before it", "a\nDELIMITER //\nb; //", {"1:1 a", "3:1 b;"}},
            {"DELIMITER within a line is a name",
             "SELECT delimiter FROM t; b",
             {"1:1 SELECT delimiter FROM t", "1:26 b"}},
            {"DELIMITER without a delimiter", "a;\n DELIMITER\nb", {"error 2:2 DELIMITER without a delimiter"}},
            {"a dump's trigger",
             "DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR "
             "EACH ROW\n"
             "BEGIN a; b; END */;;\nDELIMITER ;\n/*!50003 SET sql_mode = @m */ ;",
             {"2:1 /*!50003 CREATE*/ /*!50017 DEFINER=`a`@`%`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW\n"
              "BEGIN a; b; END */",
              "5:1 /*!50003 SET sql_mode = @m */"}},
            {"source", "a;\nsource f.sql\n", {"error 2:1 source" + refused}},
            {"\\.", "\\. f.sql\n", {"error 1:1 \\." + refused}},
            {"system", "system ls;\n", {"error 1:1 system" + refused}},
            {"\\!", " \\! ls\n", {"error 1:2 \\!" + refused}},
            {"tee", "tee f\n", {"error 1:1 tee" + refused}},
            {"pager", "a; pager less\n", {"error 1:4 pager" + refused}},
            {"edit", "EDIT\n", {"error 1:1 EDIT" + refused}},
            {"a command in the middle of a statement",
             "a\n \\! ls\n",
             {"error 2:2 \\! is a command of the client that cannot be followed"}},
            {"a command's word elsewhere is a name",
             "SELECT source, system FROM tee;\nb",
             {"1:1 SELECT source, system FROM tee", "2:1 b"}},
            {"what shows warnings is passed over", "warnings;\nnowarning\na;", {"3:1 a"}},
        },
        mariadb);
}

TEST_CASE("compound statements are kept together without DELIMITER") {
    const auto whole = [](const std::string& title, const std::string& statement) {
        return SplitCase{title, statement + ";\nz;", {"1:1 " + statement, "2:1 z"}};
    };
    check(
        {
            whole("a block", "BEGIN NOT ATOMIC a; b; END"),
            whole("blocks in a block", "begin not atomic begin a; end; begin b; end; end"),
            whole("a condition on its own", "IF a THEN b; ELSEIF c THEN d; ELSE e; END IF"),
            whole("loops on their own", "WHILE a DO b; LOOP c; END LOOP; REPEAT d; UNTIL e > 1 END REPEAT; END WHILE"),
            whole("a loop over numbers", "FOR i IN 1..3 DO a; FOR j IN (SELECT 1) DO b; END FOR; END FOR"),
            whole("a procedure", "CREATE PROCEDURE p(IN a INT, OUT b INT) BEGIN c; d; END"),
            whole("a procedure with characteristics",
                  "CREATE OR REPLACE DEFINER=`a`@'%' PROCEDURE IF NOT EXISTS p() COMMENT 'x;' MODIFIES SQL DATA BEGIN "
                  "c; END"),
            whole("a definer without quotes",
                  "CREATE DEFINER = root@localhost FUNCTION f() RETURNS INT BEGIN RETURN 1; END"),
            whole("a function with a character set",
                  "CREATE AGGREGATE FUNCTION f(a INT) RETURNS VARCHAR(9) CHARACTER SET utf8 DETERMINISTIC BEGIN a; "
                  "RETURN b; END"),
            whole("a trigger", "CREATE TRIGGER t BEFORE INSERT ON x FOR EACH ROW FOLLOWS u BEGIN a; b; END"),
            whole("a trigger that is one condition",
                  "CREATE TRIGGER t AFTER UPDATE ON x FOR EACH ROW IF (a) THEN b; c; END IF"),
            whole("an event", "CREATE EVENT e ON SCHEDULE EVERY 1 DAY ON COMPLETION PRESERVE DO BEGIN a; b; END"),
            whole("a plain body", "CREATE PROCEDURE p() SELECT IF(a, b, c), CASE d WHEN 1 THEN 2 END"),
            whole("a plain trigger", "CREATE TRIGGER t BEFORE UPDATE ON x FOR EACH ROW SET NEW.a = IF(b, 1, 2)"),
            whole("a plain event", "CREATE EVENT e ON SCHEDULE AT NOW() + INTERVAL 1 HOUR DO DELETE FROM t"),
            whole("a label", "CREATE PROCEDURE p() l: BEGIN m: LOOP LEAVE m; END LOOP m; ITERATE l; END l"),
            whole("a handler with a block",
                  "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN a; b; END; "
                  "DECLARE CONTINUE HANDLER FOR SQLSTATE '02000' SET c = 1; d; END"),
            whole("a cursor", "CREATE PROCEDURE p() BEGIN DECLARE c CURSOR FOR SELECT a FROM t; OPEN c; END"),
            whole("CASE as a statement", "BEGIN NOT ATOMIC CASE a WHEN 1 THEN b; ELSE BEGIN c; END; END CASE; d; END"),
            whole("CASE as an expression",
                  "BEGIN NOT ATOMIC SELECT CASE WHEN a THEN IF(b, 1, 2) ELSE CASE c WHEN 1 THEN 2 END END; d; END"),
            whole("CASE within a condition", "BEGIN NOT ATOMIC IF CASE a WHEN 1 THEN 2 END THEN b; END IF; c; END"),
            whole("CASE after UNTIL", "BEGIN NOT ATOMIC REPEAT a; UNTIL CASE b WHEN 1 THEN 2 END END REPEAT; c; END"),
            whole("functions named as statements",
                  "BEGIN NOT ATOMIC SET a = IF(b, REPEAT('x', 2), REPLACE(c, 'd', 'e')); f; END"),
            whole("an empty block", "CREATE PROCEDURE p() BEGIN END"),
            {"END in strings, names and comments",
             "BEGIN NOT ATOMIC SELECT 'END;', `end`, a.end /* END; */; # END;\nb; END; z",
             {"1:1 BEGIN NOT ATOMIC SELECT 'END;', `end`, a.end /* END; */; # END;\nb; END", "2:9 z"}},
            whole("in an executed comment", "/*!50003 CREATE PROCEDURE p() BEGIN a; b; END */"),
            {"CRLF and places",
             "\r\n  BEGIN NOT ATOMIC\r\n a;\r\nEND;\r\n b;",
             {"2:3 BEGIN NOT ATOMIC\r\n a;\r\nEND", "5:2 b"}},
            {"no last semicolon", "BEGIN NOT ATOMIC a; END", {"1:1 BEGIN NOT ATOMIC a; END"}},
            {"a table or a view has no body",
             "CREATE TABLE begin (a INT); CREATE DEFINER=`a`@`%` SQL SECURITY INVOKER VIEW v AS SELECT 1; b",
             {"1:1 CREATE TABLE begin (a INT)", "1:29 CREATE DEFINER=`a`@`%` SQL SECURITY INVOKER VIEW v AS SELECT 1",
              "1:93 b"}},
            {"other statements on routines",
             "DROP PROCEDURE p; ALTER EVENT e DISABLE; CALL p(); b",
             {"1:1 DROP PROCEDURE p", "1:19 ALTER EVENT e DISABLE", "1:42 CALL p()", "1:52 b"}},
            {"a block that is not closed",
             "a;\n BEGIN NOT ATOMIC b; IF c THEN d; END IF;",
             {"error 2:2 a body that is never closed"}},
            {"a procedure that is not closed",
             "CREATE PROCEDURE p()\nBEGIN a; IF b THEN c; END;",
             {"error 2:1 a body that is never closed"}},
            {"a package",
             "a; CREATE PACKAGE p AS PROCEDURE q(); END;",
             {"error 1:4 the ; inside a package would end it"}},
            {"a package with a delimiter",
             "DELIMITER /\nCREATE OR REPLACE PACKAGE BODY p AS a; END;\n/\nb/",
             {"2:1 CREATE OR REPLACE PACKAGE BODY p AS a; END;", "4:1 b"}},
        },
        mariadb);
}

TEST_CASE("what is wrong in a script for it says what would be right") {
    CHECK(advice("\"a", mariadb) == "close it with \"");
    CHECK(advice("N'a", mariadb) == "close it with '");
    CHECK(advice("DELIMITER", mariadb) == "write what ends a statement, such as //");
    CHECK(advice("CREATE PACKAGE p AS a;", mariadb) == "set another DELIMITER before it");
}

TEST_CASE("strings with escapes and hash comments are read as tokens") {
    CHECK(kinds("'it\\'s' \"a\\\"b\"\"c'\" N'd\\\\' # 'e\n`f``g`", mariadb) == "s:it's s:a\"b\"c' s:d\\ q:f`g");
    CHECK(kinds("'\\n\\t\\%\\_\\q\\x41'", mariadb) == "s:\n\t\\%\\_qx41");
    CHECK(kinds("5--6 -- 7\n'u'@'h' --", mariadb) == "n:5 y:- y:- n:6 s:u y:@ s:h");
    CHECK(kinds("/*!50001 a */ b /*M! c */ d /* e */", mariadb) == "y:/*!50001 w:a y:*/ w:b y:/*M! w:c y:*/ w:d");
}

}  // namespace
}  // namespace splitter_mariadb_test
