// What each engine grants and sets beside memberships, read in one query.
#include "db/holdings.hpp"

#include <algorithm>

#include "unit/drivers/mariadb_live.hpp"
#include "unit/drivers/oracle_live.hpp"

namespace roost {
namespace {

using test::must;
using test::run;

// A line for each row that holds one of the names, which are left as they are but for the suffix.
std::string held(const Holdings& holdings, const std::string& suffix, std::string_view only = {}) {
    std::string text;
    for (const Holding& row : holdings) {
        if (!only.empty() && row.kind != only) continue;
        std::string line = fmt::format("{}: {} | {} | {} | {} | {}", row.kind, row.holder, row.schema, row.object,
                                       row.what, row.grantor);
        if (!line.contains(suffix)) continue;
        for (auto at = line.find(suffix); !suffix.empty() && at != line.npos; at = line.find(suffix))
            line.erase(at, suffix.size());
        text += line + "\n";
    }
    return text;
}

TEST_CASE("rights, defaults, settings and policies of PostgreSQL are read, those of roost's own schema are not") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("d"));
    const auto owner = test::open(server.driver, test::Postgresql::target(server.name("d")));
    const std::string hr = server.quoted("hr"), ann = server.quoted("ann");
    run(*owner,
        fmt::format("CREATE ROLE {0}; CREATE ROLE {1} LOGIN; CREATE SCHEMA roost; CREATE TABLE roost.run (a int);"
                    "GRANT SELECT ON roost.run TO {0}; CREATE SCHEMA pay AUTHORIZATION {1};"
                    "CREATE TABLE pay.slip (a int, b int); ALTER TABLE pay.slip OWNER TO {1};"
                    "GRANT SELECT ON pay.slip TO {0} WITH GRANT OPTION; GRANT UPDATE (b) ON pay.slip TO {0};"
                    "REVOKE TRUNCATE ON pay.slip FROM {1}; GRANT SET ON PARAMETER log_statement TO {0};"
                    "GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO {0};"
                    "CREATE FUNCTION pay.f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    "ALTER DEFAULT PRIVILEGES FOR ROLE {1} IN SCHEMA pay GRANT SELECT ON TABLES TO {0};"
                    "ALTER ROLE {1} SET search_path = pay; ALTER TABLE pay.slip ENABLE ROW LEVEL SECURITY;"
                    "CREATE POLICY mine ON pay.slip FOR SELECT TO {0} USING (a = 1)",
                    hr, ann));
    const auto account = test::open(server.driver, test::Postgresql::target(server.name("d"), server.name("ann")));
    const Holdings found = must(read_holdings(server.driver, *account));
    CHECK(std::ranges::is_sorted(found));
    CHECK(held(found, server.suffix(), "right") ==
          "right: PUBLIC |  | database d | CONNECT | postgres\n"
          "right: PUBLIC |  | database d | TEMPORARY | postgres\n"
          "right: hr |  | parameter log_statement | SET | postgres\n"
          "right: hr | pay | column slip.b | UPDATE | ann\n"
          "right: hr | pay | table slip | SELECT with grant option | ann\n"
          "right: hr | pg_catalog | function pg_read_file(text) | EXECUTE | postgres\n");
    const std::string owned = held(found, server.suffix(), "owner");
    CHECK(owned.contains("owner: ann |  | schema pay |  | \n"));
    CHECK(owned.contains("owner: ann | pay | table slip | has only DELETE, INSERT, "));
    CHECK(held(found, server.suffix(), "default right") ==
          "default right: hr | pay | tables made by ann | SELECT | ann\n");
    CHECK(held(found, server.suffix(), "setting") == "setting: ann |  |  | search_path = pay | \n");
    CHECK(held(found, server.suffix(), "definition") ==
          "definition: hr | pay | policy mine on slip | for SELECT using (a = 1) | \n");
    CHECK(held(found, "slip", "definition").contains("definition:  | pay | table  | row security | \n"));
    CHECK(held(found, "pay", "right").contains("right: PUBLIC |  | function f(a integer) | EXECUTE | postgres\n"));
    CHECK(held(found, "roost").empty());
    CHECK(held(found, "information_schema").empty());
}

TEST_CASE("a list of rights that nearly fills its row is told by PostgreSQL") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("d"));
    const auto connection = test::open(server.driver, test::Postgresql::target(server.name("d")));
    run(*connection, "CREATE TABLE few (a int); CREATE TABLE many (a int); GRANT SELECT ON few TO PUBLIC");
    run(*connection,  // of roles that there are not: making so many takes long
        "UPDATE pg_class SET relacl = (SELECT array_agg(makeaclitem((100000 + i * i * 31)::oid, 10, 'SELECT', false)) "
        "FROM generate_series(1, 1500) i) WHERE relname = 'many'");
    const std::string near = held(must(read_holdings(server.driver, *connection)), "", "limit");
    CHECK(near.starts_with("limit:  | public | table many | its list of rights has "));
    CHECK(near.ends_with(" bytes of the 8160 that a row can have | \n"));
    CHECK(std::ranges::count(near, '\n') == 1);
}

TEST_CASE("what SQLite's objects are made of is read, but for roost's own tables") {
    test::Sqlite file;
    run(*file.connection, "CREATE TABLE payslip (amount INTEGER UNIQUE); CREATE INDEX i ON payslip (amount)");
    CHECK(held(must(read_holdings(file.driver, *file.connection)), "") ==
          "definition:  | main | index i | CREATE INDEX i ON payslip (amount) | \n"
          "definition:  | main | table payslip | CREATE TABLE payslip (amount INTEGER UNIQUE) | \n");
}

// The statements of `roost init --grants`, for an account and a database of the test's.
std::vector<std::string> least_rights(const test::Mariadb& server) {
    std::string text;
    for (std::string_view rest = server.driver.grants; !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        text += std::string(line.substr(0, line.find("--"))) + ' ';
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    }
    for (const std::string_view name : {"roost_runner", "payroll"})
        for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1))
            text.replace(at, name.size(), server.name(name == "payroll" ? "d" : name));
    std::vector<std::string> statements;
    for (std::size_t end = text.find(';'); end != text.npos; text.erase(0, end + 1), end = text.find(';'))
        statements.push_back(text.substr(0, end));
    return statements;
}

TEST_CASE("rights of MariaDB are read for each right, object and account, by an account with the least rights") {
    test::Mariadb server;
    const std::string hr = server.quoted("hr"), ann = server.quoted("ann");
    run(*server.connection, fmt::format("CREATE ROLE {}", hr));
    for (const std::string& account : {ann + "@'%'", ann + "@'localhost'", server.quoted("hr") + "@'%'"})
        run(*server.connection, "CREATE USER " + account);
    run(*server.connection, "CREATE TABLE t (a int, b int)");
    run(*server.connection, "CREATE FUNCTION f() RETURNS int RETURN 1");
    for (const std::string& grant :
         {"SELECT, INSERT ON t TO " + hr, "UPDATE (b) ON t TO " + ann + "@'%'", "PROCESS ON *.* TO " + hr,
          "EXECUTE ON FUNCTION f TO " + ann + "@'localhost' WITH GRANT OPTION",
          "SHOW VIEW ON " + server.quoted("d") + ".* TO " + hr + "@'%'"})
        run(*server.connection, "GRANT " + grant);
    const Holdings found = must(read_holdings(server.driver, *server.connection));
    CHECK(std::ranges::is_sorted(found));
    run(*server.connection, "CREATE TABLE flyway_schema_history (a int)");
    for (const std::string& statement : least_rights(server)) run(*server.connection, statement);
    const auto runner = test::open(server.driver, test::Mariadb::target(server.name("d"), server.name("roost_runner")));
    CHECK(held(must(read_holdings(server.driver, *runner)), server.suffix(), "right")
              .contains("right: hr | d | table t | SELECT | \n"));
    CHECK(held(must(read_holdings(server.driver, *runner)), "", "right") ==
          held(must(read_holdings(server.driver, *server.connection)), "", "right"));
    CHECK(held(found, server.suffix(), "right") ==
          "right: ann | d | column t.b | UPDATE | \n"
          "right: ann@localhost | d | function f | EXECUTE | \n"
          "right: ann@localhost | d | function f | GRANT OPTION | \n"
          "right: hr |  | *.* | PROCESS | \n"
          "right: hr | d | table t | INSERT | \n"
          "right: hr | d | table t | SELECT | \n"
          "right: hr@% |  | database d | SHOW VIEW | \n");
    const auto table = std::ranges::find(found, "table t", &Holding::object);
    REQUIRE(table != found.end());
    CHECK(table->kind == "owner");
    CHECK(table->created.size() == std::string_view("2026-11-22T01:33:08Z").size());
}

TEST_CASE("rights and owners of Oracle are read, but for the ledger's and Oracle's own") {
    test::OracleServer server;
    server.owner();
    server.account("PAYROLL_APP", {"CREATE SESSION", "CREATE TABLE", "UNLIMITED TABLESPACE"});
    server.account("ANN", {"CREATE SESSION"});
    server.role("HR");
    const auto connection = server.as("ROOST");
    run(*server.as("PAYROLL_APP"), "CREATE TABLE slip (a NUMBER)");
    run(*server.as("PAYROLL_APP"), "GRANT SELECT ON slip TO hr");
    run(*server.as("PAYROLL_APP"), "GRANT INSERT ON slip TO ann WITH GRANT OPTION");
    run(*server.admin, "GRANT CREATE ROLE TO hr");
    const Holdings found = must(read_holdings(server.driver, *connection));
    CHECK(held(found, "HR") ==
          "right:  |  | database | CREATE ROLE | \nright:  | PAYROLL_APP | table SLIP | SELECT | PAYROLL_APP\n");
    CHECK(held(found, "ANN").contains("right:  | PAYROLL_APP | table SLIP | INSERT with grant option | PAYROLL_APP\n"));
    CHECK(held(found, "SLIP", "owner") == "owner: PAYROLL_APP | PAYROLL_APP | table  |  | \n");
    CHECK(held(found, "SYS").empty());
}

}  // namespace
}  // namespace roost
