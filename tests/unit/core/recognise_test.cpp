#include "core/recognise.hpp"

#include <doctest/doctest.h>

#include "support/deeds_text.hpp"
#include "unit/core/split_rules.hpp"

namespace recognise_test {

using namespace roost;
using roost::test::lines;

namespace {

std::string read(std::string_view sql, Folding folding = Folding::lower, const SplitRules& rules = test::postgresql) {
    return test::text(recognise(sql, rules, folding));
}

}  // namespace

TEST_CASE("a grant of roles is read for every role and member") {
    CHECK(read("GRANT hr TO alice") == "grant hr to alice\n");
    CHECK(read("grant Hr, \"Payroll X\" to Alice, \"Bob\" ;") == lines(R"(
        grant hr to alice
        grant hr to Bob
        grant Payroll X to alice
        grant Payroll X to Bob
    )"));
    CHECK(read("GRANT/* a -- b */hr -- c\n TO alice") == "grant hr to alice\n");
    CHECK(read("GRANT hr TO alice /*! , bob */") == "grant hr to alice\n");  // MariaDB alone runs that
    CHECK(read("GRANT \"a\"\"b\" TO alice") == "grant a\"b to alice\n");
}

TEST_CASE("the options of a grant are read") {
    CHECK(read("GRANT hr TO alice WITH ADMIN OPTION") == "grant hr to alice (admin)\n");
    CHECK(read("GRANT hr TO alice WITH INHERIT FALSE, SET TRUE") == "grant hr to alice (inherit off, set)\n");
    CHECK(read("GRANT hr TO alice WITH ADMIN TRUE, ADMIN FALSE") == "grant hr to alice (admin off)\n");
}

TEST_CASE("names fold as the engine folds them, quoted ones never") {
    CHECK(read("GRANT Hr TO \"Alice\"", Folding::lower) == "grant hr to Alice\n");
    CHECK(read("GRANT Hr TO \"Alice\"", Folding::upper) == "grant HR to Alice\n");
    CHECK(read("GRANT Hr TO `Alice`", Folding::none, {.backtick_names = true}) == "grant Hr to Alice\n");
    CHECK(read("GRANT größe TO É", Folding::lower) == "grant größe to É\n");
    CHECK(read("GRANT größe TO alice", Folding::upper) == "opaque");
}

TEST_CASE("a revocation is read with its grantor") {
    CHECK(read("REVOKE hr, staff FROM alice") == "revoke hr from alice\nrevoke staff from alice\n");
    CHECK(read("REVOKE hr FROM alice, bob GRANTED BY boss RESTRICT") ==
          "revoke hr from alice by boss\nrevoke hr from bob by boss\n");
    CHECK(read("REVOKE admin FROM bob") == "revoke admin from bob\n");
    CHECK(read("REVOKE hr FROM alice CASCADE") == "opaque");
}

TEST_CASE("a revocation of an option alters the membership") {
    CHECK(read("REVOKE ADMIN OPTION FOR hr FROM alice") == "alter hr for alice (admin off)\n");
    CHECK(read("REVOKE INHERIT OPTION FOR hr FROM alice GRANTED BY boss") ==
          "alter hr for alice by boss (inherit off)\n");
    CHECK(read("REVOKE SET OPTION FOR hr FROM alice") == "alter hr for alice (set off)\n");
}

TEST_CASE("a member or role that stands for somebody else is not guessed") {
    for (const std::string_view name :
         {"CURRENT_USER", "session_user", "Current_Role", "PUBLIC", "\"public\"", "user"}) {
        CAPTURE(name);
        CHECK(read("GRANT hr TO " + std::string(name)) == "opaque");
        CHECK(read("GRANT hr TO alice, " + std::string(name)) == "opaque");
        CHECK(read("REVOKE hr FROM " + std::string(name)) == "opaque");
        CHECK(read("ALTER GROUP hr ADD USER " + std::string(name)) == "opaque");
    }
    CHECK(read("GRANT hr TO alice GRANTED BY CURRENT_USER") == "opaque");
    CHECK(read("GRANT hr TO alice GRANTED BY \"Boss\"") == "opaque");
    CHECK(read("GRANT hr TO alice WITH ADMIN OPTION GRANTED BY boss") == "opaque");
    CHECK(read("GRANT hr TO \"current_user\"") == "grant hr to current_user\n");
}

TEST_CASE("creating a role or user is read with its log-in") {
    CHECK(read("CREATE ROLE guineapigs") == "create guineapigs\n");
    CHECK(read("CREATE GROUP hr NOLOGIN") == "create hr\n");
    CHECK(read("CREATE USER alice") == "create user alice\n");
    CHECK(read("CREATE USER svc NOLOGIN") == "create svc\n");
    CHECK(read("CREATE ROLE alice WITH LOGIN PASSWORD 's;e' CONNECTION LIMIT -1 VALID UNTIL 'infinity' NOSUPERUSER") ==
          "create user alice\n");
    CHECK(read("CREATE ROLE a ENCRYPTED PASSWORD NULL CREATEDB SYSID 7") == "create a\n");
}

TEST_CASE("memberships inside CREATE ROLE are read") {
    CHECK(read("CREATE ROLE hr IN ROLE staff, \"All\" ROLE alice, bob ADMIN boss USER carol NOINHERIT") == lines(R"(
        create hr
        grant staff to hr (inherit off)
        grant All to hr (inherit off)
        grant hr to boss (admin)
        grant hr to alice
        grant hr to bob
        grant hr to carol
    )"));
    CHECK(read("CREATE USER u IN GROUP staff") == "create user u\ngrant staff to u\n");
}

TEST_CASE("dropping roles is read") {
    CHECK(read("DROP ROLE hr, \"Staff\"") == "drop hr\ndrop Staff\n");
    CHECK(read("DROP USER IF EXISTS alice") == "drop alice [if needed]\n");
    CHECK(read("DROP GROUP hr") == "drop hr\n");
    CHECK(read("DROP USER alice CASCADE") == "opaque");
}

TEST_CASE("a group's members are altered") {
    CHECK(read("ALTER GROUP hr ADD USER alice, bob") == "grant hr to alice\ngrant hr to bob\n");
    CHECK(read("ALTER GROUP hr DROP USER alice") == "revoke hr from alice\n");
}

TEST_CASE("rights on objects change no role and no membership, and need those that they are about") {
    for (const std::string_view sql :
         {"GRANT EXECUTE ON FUNCTION f(int, text) TO CURRENT_USER", "GRANT SELECT ON t TO PUBLIC WITH GRANT OPTION"}) {
        CAPTURE(sql);
        CHECK(read(sql) == "");
    }
    for (const std::string_view sql :
         {"GRANT SELECT, INSERT ON payroll TO hr",
          "GRANT SELECT (name, \"to\") ON s.payroll TO PUBLIC, hr WITH GRANT OPTION",
          "GRANT ALL PRIVILEGES ON ALL TABLES IN SCHEMA pay TO hr", "GRANT EXECUTE ON FUNCTION f(to text) TO hr",
          "REVOKE SELECT ON payroll FROM hr CASCADE",
          "REVOKE GRANT OPTION FOR ALL ON t FROM hr GRANTED BY boss RESTRICT"}) {
        CAPTURE(sql);
        CHECK(read(sql) == "needs hr\n");
    }
}

TEST_CASE("comments, and queries for what they say themselves, change no role and no membership") {
    for (const std::string_view sql :
         {"COMMENT ON FUNCTION f(int) IS NULL", "SELECT 1", "SELECT 1, 'f(x)';", "", "-- nothing"}) {
        CAPTURE(sql);
        CHECK(read(sql) == "");
    }
}

// A script's COMMENT ON ROLE replaces the whole comment, and with it the line that says whose the role is.
TEST_CASE("a comment on a role is read") {
    CHECK(read("COMMENT ON ROLE hr IS 'GRANT'") == "mark hr = GRANT\n");
    CHECK(read("comment on role \"Hr\" is E'it''s\\nours';") == "mark Hr = it's\nours\n");
    CHECK(read("COMMENT ON ROLE Hr IS NULL") == "mark hr = \n");
    CHECK(read("COMMENT ON ROLE U&\"h\\0072\" IS 'x'") == "opaque");
    CHECK(read("COMMENT ON ROLE hr IS U&'\\0061'") == "opaque");
    CHECK(read("COMMENT ON ROLE hr IS 'a' 'b'") == "opaque");
    CHECK(read("COMMENT ON ROLE hr IS x") == "opaque");
}

TEST_CASE("what may do anything is opaque") {
    for (const std::string_view sql : {"SELECT f(1)",
                                       "SELECT 1 GRANT hr TO alice",
                                       "DO $$ BEGIN PERFORM f(); END $$",
                                       "DO LANGUAGE plperl $$ BEGIN NULL; END $$",
                                       "CREATE ROLE IF NOT EXISTS hr",
                                       "CREATE ROLE boss SUPERUSER",
                                       "CREATE ROLE pg_mine",
                                       "CALL p()",
                                       "CALL p",
                                       "INSERT INTO t VALUES (1)",
                                       "WITH x AS (DELETE FROM t) SELECT 1",
                                       "SET ROLE hr",
                                       "EXECUTE IMMEDIATE 'GRANT hr TO alice'",
                                       "BEGIN",
                                       "VACUUM",
                                       "ALTER ROLE hr RENAME TO h",
                                       "ALTER ROLE hr SUPERUSER",
                                       "ALTER USER alice NOLOGIN",
                                       "ALTER GROUP hr RENAME TO h",
                                       "ALTER TABLE t OWNER TO hr",
                                       "CREATE TABLE t (a int)",
                                       "CREATE OR REPLACE ROLE hr",
                                       "DROP TABLE t",
                                       "DROP OWNED BY hr",
                                       "REASSIGN OWNED BY a TO b",
                                       "COMMENT ON ROLE hr",
                                       "COMMENT ON ROLE hr IS 'a' GRANT hr TO alice"}) {
        CAPTURE(sql);
        CHECK(read(sql) == "opaque");
    }
}

TEST_CASE("a statement that is understood only in part is opaque") {
    for (const std::string_view sql : {"GRANT hr TO alice bob",
                                       "GRANT hr TO alice,",
                                       "GRANT hr alice",
                                       "GRANT hr",
                                       "GRANT",
                                       "GRANT hr TO 'alice'",
                                       "GRANT hr TO a.b",
                                       "GRANT hr TO alice WITH",
                                       "GRANT hr TO alice WITH GRANT OPTION",
                                       "GRANT hr TO alice WITH ADMIN",
                                       "GRANT hr TO alice GRANTED BY",
                                       "GRANT hr TO alice WITH ADMIN OPTION REVOKE x FROM y",
                                       "GRANT hr TO alice; GRANT staff TO alice",
                                       "GRANT CREATE SESSION TO alice",
                                       "GRANT EXECUTE TO alice",
                                       "GRANT hr TO alice IDENTIFIED BY x",
                                       "GRANT hr TO U&\"d\\0061ta\"",
                                       "GRANT hr TO alice@localhost",
                                       "GRANT SELECT ON t TO alice GRANT hr TO bob",
                                       "GRANT SELECT ON t",
                                       "GRANT hr TO alice ON t",
                                       "GRANT hr TO \"\"",
                                       "REVOKE hr FROM alice EXTRA",
                                       "REVOKE hr TO alice",
                                       "REVOKE ALL PRIVILEGES, GRANT OPTION FROM a",
                                       "REVOKE ADMIN OPTION hr FROM alice",
                                       "CREATE ROLE",
                                       "CREATE ROLE hr EXTRA",
                                       "CREATE ROLE hr PASSWORD",
                                       "CREATE ROLE hr IN ROLE",
                                       "CREATE ROLE hr CONNECTION LIMIT",
                                       "CREATE ROLE a, b",
                                       "CREATE USER MAPPING FOR a SERVER s",
                                       "CREATE USER alice IDENTIFIED BY 'x'",
                                       "DROP ROLE",
                                       "DROP ROLE hr,",
                                       "ALTER GROUP hr ADD alice",
                                       "ALTER GROUP hr ADD USER alice bob"}) {
        CAPTURE(sql);
        CHECK(read(sql) == "opaque");
    }
}

}  // namespace recognise_test
