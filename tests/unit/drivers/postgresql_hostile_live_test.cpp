// Databases in which others may create what they like.
#include "db/holdings.hpp"
#include "unit/drivers/live.hpp"

namespace roost {
namespace {

using test::must;
using test::Postgresql;
using test::run;

// Every operator that a query uses, for every two types that could meet in one, but for those that are the catalogue's
// own: these are found first. And functions under the names that queries call.
constexpr std::string_view traps = R"sql(
DO $make$
DECLARE
    a text;
    b text;
    op text;
    body text := 'LANGUAGE plpgsql AS ''BEGIN RAISE EXCEPTION ''''hijacked''''; END''';
    types text[] := '{bool,"\"char\"",int2,int4,int8,oid,regclass,name,text,varchar,bpchar,inet,timestamp,timestamptz,numeric}';
    functions text[] := array[
        'now()', 'pg_backend_pid()', 'current_database()', 'inet_client_addr()', 'statement_timestamp()',
        'host(inet)', 'current_setting(text)', 'set_config(text, text, bool)', 'split_part(text, text, int4)',
        'to_char(timestamp, text)', 'timezone(text, timestamptz)', 'format(text, name)', 'format(text, text)',
        'concat(int8, text, oid)', 'pg_advisory_lock(int8)', 'pg_table_is_visible(oid)',
        'starts_with(text, text)', 'concat(text, text)', 'concat(text, text, text)', 'pg_get_userbyid(oid)',
        'regexp_replace(text, text, text)'];
BEGIN
    FOREACH a IN ARRAY types LOOP
        FOREACH b IN ARRAY types LOOP
            EXECUTE format('CREATE FUNCTION public.trap(%s, %s) RETURNS bool %s', a, b, body);
            FOREACH op IN ARRAY '{||,|,=,<>,<<,<,>,<=,>=,-,+}'::text[] LOOP
                IF NOT EXISTS (SELECT 1 FROM pg_operator
                               WHERE oprname = op AND oprleft = a::regtype AND oprright = b::regtype) THEN
                    EXECUTE format('CREATE OPERATOR public.%s (leftarg = %s, rightarg = %s, function = public.trap)',
                                   op, a, b);
                END IF;
            END LOOP;
        END LOOP;
    END LOOP;
    FOREACH a IN ARRAY functions LOOP
        EXECUTE format('CREATE FUNCTION public.%s RETURNS text %s', a, body);
    END LOOP;
END $make$
)sql";

TEST_CASE("operators and functions that others made in public are never called") {
    Postgresql server;
    run(*server.connection, fmt::format("CREATE DATABASE {}; ", server.quoted("trapped")));
    run(*server.connection, "CREATE ROLE " + server.quoted("r"));
    Target target = Postgresql::target(server.name("trapped"));
    target.lock_database = server.name("trapped");
    run(*test::open(server.driver, target), traps);
    const auto connection = test::open(server.driver, target);
    CHECK(connection->execute("SELECT 1::bigint || 'x'::text").error().message.contains("hijacked"));

    CHECK(must(server.driver.facts(*connection, target)).database == server.name("trapped"));
    CHECK(must(server.driver.graph(*connection, {})).find(server.name("r")));
    CHECK(!must(server.driver.is_member(*connection, {}, server.name("r"), "postgres")));
    must(server.driver.ledger_is_safe(*connection));
    CHECK(!must(server.driver.find_table(*connection, "roost", "ledger")));
    run(*connection, server.driver.ledger_ddl);
    run(*connection, server.driver.ledger_ddl);
    CHECK(must(server.driver.find_table(*connection, "roost", "ledger")));
    CHECK(!must(server.driver.find_table(*connection, "", "ledger")));
    must(server.driver.ledger_is_safe(*connection));
    CHECK(!must(read_holdings(server.driver, *connection)).empty());

    const SessionState before = must(server.driver.remember(*connection));
    run(*connection, "PREPARE p AS SELECT 1");
    must(server.driver.reset(*connection, before));

    const auto lock = must(server.driver.lock(target, {.holder = "a"}, server.driver.connect));
    must(lock->held());
    CHECK(server.driver.lock(target, {.holder = "b"}, server.driver.connect).error().kind == ErrorKind::refused);

    run(*connection,
        "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50), description "
        "varchar(200), type varchar(20), script varchar(1000), checksum int, installed_by varchar(100), installed_on "
        "timestamp DEFAULT pg_catalog.now(), execution_time int, success boolean);"
        "INSERT INTO flyway_schema_history VALUES (1, '1', 'd', 'SQL', 's', -5, 'me', '2026-01-02', 1, true)");
    std::string query(server.driver.history_query);
    query.replace(query.find("{table}"), 7, "\"public\".\"flyway_schema_history\"");
    CHECK(test::rows(*connection, query) == "1|1|d|SQL|s|-5|me|2026-01-02T00:00:00.000|1\n");
}

TEST_CASE("a ledger is safe where it belongs to the account, to a role that it is a member of, or to a superuser") {
    Postgresql server;
    const std::string mallory = server.quoted("mallory"), runner = server.quoted("runner"), group = server.quoted("g");
    run(*server.connection, "CREATE DATABASE " + server.quoted("pay"));
    const auto owner = test::open(server.driver, Postgresql::target(server.name("pay")));
    run(*owner,
        fmt::format("CREATE ROLE {0}; CREATE ROLE {1} LOGIN; CREATE ROLE {2}; CREATE ROLE {3}; GRANT {2} TO {3}; "
                    "GRANT {3} TO {1}",
                    mallory, runner, group, server.quoted("between")));
    const auto account = test::open(server.driver, Postgresql::target(server.name("pay"), server.name("runner")));
    const auto safe = [&](Connection& connection) { return server.driver.ledger_is_safe(connection); };
    must(safe(*account));
    run(*owner, server.driver.ledger_ddl);
    run(*owner, "CREATE VIEW roost.v AS SELECT 1");
    must(safe(*account));
    for (const std::string& fine : {runner, group, std::string("postgres")}) {
        run(*owner, fmt::format("ALTER SCHEMA roost OWNER TO {0}; ALTER TABLE roost.run OWNER TO {0}", fine));
        must(safe(*account));
    }
    for (const std::string_view part : {"SCHEMA roost", "TABLE roost.run", "VIEW roost.v"}) {
        run(*owner, fmt::format("ALTER {} OWNER TO {}", part, mallory));
        for (Connection* connection : {owner.get(), account.get()}) {
            const auto found = safe(*connection);
            REQUIRE(!found.has_value());
            CHECK(found.error().kind == ErrorKind::refused);
            CHECK(found.error().message.contains("belongs to " + server.name("mallory")));
            CHECK(found.error().advice.contains(fmt::format("ALTER {} OWNER TO", part)));
        }
        run(*owner, fmt::format("ALTER {} OWNER TO postgres", part));
    }
    must(safe(*account));
    // A superuser is a member of every role as pg_has_role() sees it.
    run(*owner, fmt::format("ALTER SCHEMA roost OWNER TO {}", group));
    CHECK(!safe(*owner).has_value());
}

}  // namespace
}  // namespace roost
