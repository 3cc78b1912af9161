#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <fstream>
#include <sstream>

#include "drivers/sqlserver/parts.hpp"

namespace roost {
namespace {

const Driver& tds_driver() { return *driver_named("sqlserver"); }

Target tds_url(std::string_view rest) { return {.url = Secret("jdbc:sqlserver:" + std::string(rest))}; }
Target tds_odbc(std::string odbc) { return {.odbc = Secret(std::move(odbc))}; }

std::string tds_string(const Target& target) {
    const auto parts = sqlserver::wanted(target);
    REQUIRE_MESSAGE(parts.has_value(), parts.error().message);
    return sqlserver::connection_string(*parts);
}

TEST_CASE("SQL Server takes a name as it is, or refuses it") {
    struct Case {
        std::string name;
        bool taken;
    };
    std::string many;
    for (int i = 0; i < 128; ++i) many += "é";
    const Case cases[] = {
        {"guineapigs", true},
        {"Mixed Case; ]quoted[", true},
        {" blank before", true},
        {"blank behind ", false},
        {"CORP\\ann", true},
        {"db_executor", true},
        {"日本", true},
        {std::string(128, 'x'), true},
        {std::string(129, 'x'), false},
        {many, true},
        {many + "é", false},
        {std::string(126, 'x') + "🐦", true},
        {std::string(127, 'x') + "🐦", false},
        {"", false},
        {"public", false},
        {"Public", false},
        {"dbo", false},
        {"DBO", false},
        {"guest", false},
        {"sys", false},
        {"information_schema", false},
        {"db_owner", false},
        {"DB_DataReader", false},
        {"a\xff", false},
        {std::string("a\0b", 3), false},
    };
    for (const Case& test : cases) {
        INFO(test.name);
        const auto canonical = tds_driver().names.canonical(test.name);
        CHECK(canonical.has_value() == test.taken);
        if (canonical) {
            CHECK(*canonical == test.name);
        } else {
            CHECK(canonical.error().kind == ErrorKind::usage);
        }
    }
}

TEST_CASE("SQL Server's names and literals are quoted so that nothing in them is read as SQL") {
    CHECK(tds_driver().names.quote("a]b") == "[a]]b]");
    CHECK(tds_driver().names.quote("a[b'; DROP") == "[a[b'; DROP]");
    CHECK(tds_driver().names.literal("it's 日本") == "N'it''s 日本'");
}

TEST_CASE("a SQL Server URL becomes an ODBC connection string that means the same") {
    constexpr std::string_view version = "TDS_Version=7.4;ClientCharset=UTF-8;";
    constexpr std::string_view checked = "Encryption=require;ServerCertificate=system;";
    struct Case {
        std::string_view url;
        std::string odbc;
    };
    const Case cases[] = {
        {"//h:1444;databaseName=d;user=u;password=p",
         fmt::format("Server=h;Port=1444;Database=d;UID=u;PWD=p;{}{}", version, checked)},
        {"//h", fmt::format("Server=h;Port=1433;{}{}", version, checked)},
        {"//h/;", fmt::format("Server=h;Port=1433;{}{}", version, checked)},
        {"//;serverName=h;portNumber=1;DATABASENAME=d",
         fmt::format("Server=h;Port=1;Database=d;{}{}", version, checked)},
        {"//;", fmt::format("Server=localhost;Port=1433;{}{}", version, checked)},
        {"//[::1]:1444;", fmt::format("Server=::1;Port=1444;{}{}", version, checked)},
        {"//h\\inst;", fmt::format("Server=h\\inst;{}{}", version, checked)},
        {"//h;instanceName=inst", fmt::format("Server=h\\inst;{}{}", version, checked)},
        {"//h\\inst:1444;", fmt::format("Server=h;Port=1444;{}{}", version, checked)},  // a port beats an instance
        {"//h;password={a;b=c}", fmt::format("Server=h;Port=1433;PWD={{a;b=c}};{}{}", version, checked)},
        // FreeTDS 1.3 takes no doubled brace for one.
        {"//h;password={a}}b}", fmt::format("Server=h;Port=1433;PWD=a}}b;{}{}", version, checked)},
        {"//h;database={pay roll};applicationName=x",
         fmt::format("Server=h;Port=1433;Database=pay roll;APP=x;{}{}", version, checked)},
    };
    for (const Case& test : cases) {
        INFO(test.url);
        CHECK(tds_string(tds_url(test.url)) == "Driver={FreeTDS};" + test.odbc);
    }
}

TEST_CASE("TLS to SQL Server is never weaker than the URL asks for") {
    struct Case {
        std::string_view properties;
        std::string_view odbc;
        bool asked;
    };
    const Case cases[] = {
        {"", "Encryption=require;ServerCertificate=system;", true},
        {";encrypt=true", "Encryption=require;ServerCertificate=system;", true},
        {";encrypt=mandatory;trustServerCertificate=false", "Encryption=require;ServerCertificate=system;", true},
        {";serverCertificate=/etc/ca.pem", "Encryption=require;ServerCertificate=/etc/ca.pem;", true},
        {";trustServerCertificate=true", "Encryption=require;", true},
        {";encrypt=false", "Encryption=request;", false},
        {";encrypt=optional", "Encryption=request;", false},
    };
    for (const Case& test : cases) {
        const Target target = tds_url("//h" + std::string(test.properties));
        CHECK(tds_string(target).ends_with("ClientCharset=UTF-8;" + std::string(test.odbc)));
        CHECK(sqlserver::asks_for_tls(target) == test.asked);
    }
    CHECK(sqlserver::asks_for_tls(tds_odbc("Driver={ODBC Driver 18 for SQL Server};Server=h")));
    CHECK(!sqlserver::asks_for_tls(tds_odbc("Driver={ODBC Driver 17 for SQL Server};Server=h")));
    CHECK(!sqlserver::asks_for_tls(tds_odbc("Driver={ODBC Driver 18 for SQL Server};Server=h;Encrypt=no")));
    CHECK(sqlserver::is_local(tds_odbc("Driver={ODBC Driver 18 for SQL Server};Server=tcp:localhost,1433")));
    CHECK(!sqlserver::is_local(tds_url("//127.0.0.1.example")));
}

TEST_CASE("what SQL Server's driver cannot keep to is refused with its reason before anything is sent") {
    struct Refusal {
        Target target;
        std::string_view says;
    };
    const Refusal cases[] = {
        {tds_url("//h;encrypt=strict"), "strict"},
        {tds_url("//h;encrypt=perhaps"), "encrypt has no such value"},
        {tds_url("//h;trustServerCertificate=maybe"), "neither true nor false"},
        {tds_url("//h;encrypt=false;serverCertificate=x"), "contradicts"},
        {tds_url("//h;integratedSecurity=true"), "integratedSecurity"},
        {tds_url("//h;multiSubnetFailover=true"), "multiSubnetFailover"},
        {tds_url("//h;hostNameInCertificate=x"), "hostNameInCertificate"},
        {tds_url("//h;trustStore=x"), "trustStore"},
        {tds_url("//h;frob=1"), "frob"},
        {tds_url("//h;user=a;USER=b"), "the URL gives USER twice"},
        {tds_url("//h;user=a;userName=b"), "userName twice"},
        {tds_url("//h;password={hush"), "not closed"},
        {tds_url("//h;password={hush;}}hush}"), "which FreeTDS cannot be told"},
        {tds_url("//h:x;"), "port"},
        {tds_url("//h;portNumber=99999"), "port"},
        {tds_url("//a,b"), "several hosts"},
        {tds_url("//h\\a b;"), "instance"},
        {Target{.url = Secret("jdbc:postgresql:d")}, "not one of SQL Server"},
        {Target{}, "either url or odbc"},
        {Target{.url = Secret("jdbc:sqlserver://h;user=a"), .user = "b"}, "two users"},
        {Target{.url = Secret("jdbc:sqlserver://h;password=hush"), .password = Secret("other")}, "two passwords"},
        // FreeTDS passes over words that it does not know.
        {tds_odbc("Driver={FreeTDS};Server=h;Encrypt=yes"), "Encrypt to FreeTDS"},
        {tds_odbc("Driver={FreeTDS};Server=h;TrustServerCertificate=no"), "TrustServerCertificate to FreeTDS"},
        // unixODBC finds drivers without regard to case, by other names, and by their file.
        {tds_odbc("Driver={freetds};Server=h;Encrypt=yes"), "Encrypt to FreeTDS"},
        {tds_odbc("Driver={payroll};Server=h;Encrypt=yes"), "Encrypt to FreeTDS"},
        {tds_odbc("Driver=/usr/lib/odbc/LIBTDSODBC.so;Server=h;Encrypt=yes"), "Encrypt to FreeTDS"},
        {tds_odbc("DSN=payroll;Encrypt=yes"), "Encrypt to FreeTDS"},
        {tds_odbc("Driver={FreeTDS};Server=h;Encryption=strict"), "has no TDS 8"},
        {tds_odbc("Driver={FreeTDS};Server=h;Encryption=Strict"), "has no TDS 8"},
        {tds_odbc("Driver={FreeTDS};Server=h;ServerCertificate=system"), "Encryption=require"},
        {tds_odbc("Driver={FreeTDS};Server={h\nca file = x};Encryption=require;ServerCertificate=system"), "character"},
    };
    for (const Refusal& test : cases) {
        INFO(test.says);
        const auto checked = tds_driver().check(test.target);
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK_MESSAGE(checked.error().message.contains(test.says), checked.error().message);
        CHECK(!to_string(checked.error()).contains("hush"));
    }
}

// FreeTDS passes over Encrypt, so that it is no sign of TLS unless the driver is known to be Microsoft's.
TEST_CASE("whether TLS is asked for goes by the words of the driver, whatever the case of its name") {
    const auto asks = [](std::string odbc) { return sqlserver::asks_for_tls(tds_odbc(std::move(odbc))); };
    CHECK(asks("Driver={odbc driver 18 for sql server};Server=h"));
    CHECK(asks("Driver={ODBC Driver 17 for SQL Server};Server=h;Encrypt=Yes"));
    CHECK(asks("Driver=/opt/microsoft/msodbcsql18/lib64/libmsodbcsql-18.3.so.2.1;Server=h;Encrypt=yes"));
    CHECK(asks("Driver={freetds};Server=h;Encryption=Require"));
    CHECK(asks("Driver={payroll};Server=h;Encryption=require"));
    CHECK(asks("Driver={FreeTDS};Server=h;Encryption=REQUIRE;ServerCertificate=system"));
    CHECK(!asks("Driver={freetds};Server=h"));
    CHECK(!asks("Driver={freetds};Server=h;Encrypt=yes"));
    CHECK(!asks("Driver={payroll};Server=h;Encrypt=yes"));
    CHECK(!asks("Driver={payroll of ODBC Driver 18};Server=h"));
}

TEST_CASE("every driver but Microsoft's is told to speak Unicode, as FreeTDS must be") {
    for (const std::string_view start : {"Driver={freetds};", "Driver={payroll};", "DSN=payroll;"})
        CHECK(tds_string(tds_odbc(fmt::format("{}Server=h", start))).contains("ClientCharset=UTF-8"));
    CHECK(!tds_string(tds_odbc("Driver={odbc driver 17 for sql server};Server=h")).contains("ClientCharset"));
}

TEST_CASE("an ODBC connection string to SQL Server is kept as it is and completed") {
    CHECK(tds_string(
              {.odbc = Secret("DRIVER={ODBC Driver 18 for SQL Server};SERVER=tcp:h,1433;DATABASE=d;Encrypt=strict"),
               .user = "o'neil",
               .password = Secret("a;}b"),
               .application = "roost"}) ==
          "DRIVER={ODBC Driver 18 for SQL Server};SERVER=tcp:h,1433;DATABASE=d;Encrypt=strict;UID={o'neil};PWD={a;}}b};"
          "APP={roost};");
    CHECK(tds_string(tds_odbc("Driver={FreeTDS};Server=h;TDS_Version=7.3;APP=mine")) ==
          "Driver={FreeTDS};Server=h;TDS_Version=7.3;APP=mine;ClientCharset=UTF-8;");
    CHECK(tds_string(tds_odbc("Driver={FreeTDS};Servername=x;UID={it};PWD={a}}b}")) ==
          "Driver={FreeTDS};Servername=x;UID=it;PWD=a}b;");
    const auto secrets =
        tds_driver().secrets({.odbc = Secret("Driver={ODBC Driver 17 for SQL Server};Server=h;PWD={a;}}b}")});
    REQUIRE(secrets.size() == 1);
    CHECK(secrets[0].reveal() == "a;}b");
}

// FreeTDS 1.3 takes no certificate in a connection string, and passes over the attribute without a word.
TEST_CASE("FreeTDS is given a configuration file where a certificate is to be checked") {
    auto parts = sqlserver::wanted(tds_url("//h\\inst;databaseName=d;user=u"));
    REQUIRE(parts.has_value());
    CHECK(sqlserver::freetds_conf(*parts) ==
          "[roost]\nhost = h\ninstance = inst\ntds version = 7.4\nencryption = require\nca file = system\n"
          "check certificate hostname = yes\n");
    CHECK(sqlserver::connection_string(*parts) ==
          "Driver={FreeTDS};Servername=roost;Database=d;UID=u;TDS_Version=7.4;ClientCharset=UTF-8;Encryption="
          "require;");
    auto trusted = sqlserver::wanted(tds_url("//h;trustServerCertificate=true"));
    REQUIRE(trusted.has_value());
    CHECK(sqlserver::freetds_conf(*trusted).empty());
}

TEST_CASE("FreeTDS's configuration file is there for as long as a connection is made") {
    const char* variable = "FREETDSCONF";
    setenv(variable, "/before", 1);
    {
        const sqlserver::FreetdsConf conf("[roost]\nhost = h\n");
        REQUIRE(conf.made());
        std::ostringstream text;
        text << std::ifstream(std::getenv(variable)).rdbuf();
        CHECK(text.str() == "[roost]\nhost = h\n");
    }
    CHECK(std::string_view(std::getenv(variable)) == "/before");
    unsetenv(variable);
    {
        const sqlserver::FreetdsConf conf("x");
        CHECK(std::getenv(variable) != nullptr);
    }
    CHECK(std::getenv(variable) == nullptr);
}

// What was written in part counted as made, and FreeTDS went on to read the user's own file.
TEST_CASE("FreeTDS's configuration file is not made where it cannot be written as a whole") {
    rlimit usual{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &usual) == 0);
    const rlimit little{.rlim_cur = 5, .rlim_max = usual.rlim_max};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &little) == 0);
    const sqlserver::FreetdsConf conf("[roost]\nhost = h\n");
    REQUIRE(setrlimit(RLIMIT_FSIZE, &usual) == 0);
    CHECK(!conf.made());
    CHECK(std::getenv("FREETDSCONF") == nullptr);
}

TEST_CASE("SQL Server's errors are known by number, and by text only where the number is unknown") {
    struct Case {
        std::string_view sqlstate;
        int native;
        std::string_view message;
        Fault fault;
        bool retry;
    };
    const Case cases[] = {
        {"42000", 15023, "User, group, or role 'r' already exists in the current database.", Fault::exists, false},
        {"42000", 15151, "Cannot alter the role 'r', because it does not exist or you do not have permission.",
         Fault::missing, false},
        {"42000", 15138, "The database principal owns a schema in the database, and cannot be dropped.", Fault::unknown,
         false},
        {"42000", 15144, "The role has members. It must be empty before it can be dropped.", Fault::unknown, false},
        {"42000", 15405, "Cannot use the special principal 'dbo'.", Fault::denied, false},
        {"42000", 15413, "Cannot make a role a member of itself.", Fault::circular, false},
        {"42000", 4613, "Grantor does not have GRANT permission.", Fault::denied, false},
        {"42000", 15247, "User does not have permission to perform this action.", Fault::denied, false},
        // FreeTDS gives no 40001.
        {"42000", 1205, "Transaction (Process ID 51) was deadlocked", Fault::conflict, true},
        {"42000", 1222, "Lock request time out period exceeded.", Fault::lock_timeout, true},
        {"28000", 18456, "Login failed for user 'u'.", Fault::login, false},
        {"42000", 40615, "Cannot open server 's' requested by the login.", Fault::login, false},
        {"42000", 40613, "Database 'd' on server 's' is not currently available.", Fault::unreachable, true},
        {"42000", 978, "The target database ('d') is in an availability group.", Fault::denied, false},
        {"42000", 4060, "Cannot open database \"d\" requested by the login. The login failed.", Fault::missing, false},
        {"42000", 226, "CREATE DATABASE statement not allowed within multi-statement transaction.",
         Fault::needs_no_transaction, false},
        {"42000", 111, "'CREATE VIEW' must be the first statement in a query batch.", Fault::syntax, false},
        {"42S02", 208, "Invalid object name 'x'.", Fault::missing, false},
        {"42S01", 2714, "There is already an object named 'x' in the database.", Fault::exists, false},
        // a compatible server: the same texts, other numbers
        {"42000", 33557097, "role \"r\" already exists", Fault::exists, false},
        {"42000", 33557097, "User, group, or role 'r' already exists in the current database.", Fault::exists, false},
        {"42000", 33557097, "deadlock detected", Fault::conflict, true},
        {"42000", 33557097, "Cannot alter the role 'r', because it does not exist or you do not have permission.",
         Fault::missing, false},
        {"42000", 33557097, "permission denied for schema roost", Fault::denied, false},
        {"42000", 33557097, "role \"a\" is a member of role \"b\"", Fault::circular, false},
        {"42000", 33557097, "syntax error near 'FORM' at line 1", Fault::syntax, false},
        {"42000", 33557097, "something else", Fault::unknown, false},
        // a known number says what it means, whatever the text
        {"42000", 15138, "already exists", Fault::unknown, false},
        // the driver's own
        {"HYT00", 0, "Timeout expired", Fault::lock_timeout, true},
        {"HY008", 0, "Operation was cancelled", Fault::cancelled, false},
        {"08S01", 20006, "Write to the server failed", Fault::connection_lost, false},
        {"08S01", 0, "Communication link failure", Fault::connection_lost, false},
        {"08001", 20009, "Unable to connect: Adaptive Server is unavailable or does not exist", Fault::unreachable,
         true},
        {"08001", 0, "Unable to connect to data source", Fault::unreachable, true},
        {"01000", 0, "[unixODBC][Driver Manager]Can't open lib 'x' : file not found", Fault::unreachable, false},
    };
    for (const Case& test : cases) {
        INFO(test.native, " ", test.message);
        const Diagnosis found = tds_driver().diagnose(
            {.message = std::string(test.message), .sqlstate = std::string(test.sqlstate), .native = test.native});
        CHECK(found.fault == test.fault);
        CHECK(found.retry == test.retry);
    }
}

TEST_CASE("SQL Server changes one membership per statement, guarded against what is already so") {
    const std::vector<Change> changes = {
        CreateRole{"ne]w", "it's\nroost: p/e/d"}, CreateRole{"bare", ""}, MarkRole{"old", "c"},
        Grant{"r", "ann", {option::admin, 0}},    Grant{"r", "b'ob", {}}, Revoke{"r", "fay", ""},
    };
    std::string text;
    for (const Statement& statement : tds_driver().write(changes, {}))
        text += fmt::format("{}: {}\n", fmt::join(statement.covers, ","), statement.sql);
    CHECK(text == R"(0: CREATE ROLE [ne]]w]
0: DELETE FROM roost.role WHERE name = N'ne]w'
0: INSERT INTO roost.role (name, principal_id, created_at, comment) SELECT p.name, p.principal_id, CONVERT(nvarchar(30), p.create_date, 126), N'it''s
roost: p/e/d' FROM sys.database_principals p WHERE p.name = N'ne]w'
1: CREATE ROLE [bare]
2: DELETE FROM roost.role WHERE name = N'old'
2: INSERT INTO roost.role (name, principal_id, created_at, comment) SELECT p.name, p.principal_id, CONVERT(nvarchar(30), p.create_date, 126), N'c' FROM sys.database_principals p WHERE p.name = N'old'
3: IF NOT EXISTS (SELECT 1 FROM sys.database_role_members m WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'r') AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'ann')) ALTER ROLE [r] ADD MEMBER [ann]
4: IF NOT EXISTS (SELECT 1 FROM sys.database_role_members m WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'r') AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'b''ob')) ALTER ROLE [r] ADD MEMBER [b'ob]
5: IF EXISTS (SELECT 1 FROM sys.database_role_members m WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID(N'r') AND m.member_principal_id = DATABASE_PRINCIPAL_ID(N'fay')) ALTER ROLE [r] DROP MEMBER [fay]
)");
}

TEST_CASE("a question mark that ODBC would take for a parameter is refused, and one in a text is not") {
    CHECK(tds_driver().sendable("SELECT N'why?', [is it?], \"so?\" -- really?\n/* sure? */").has_value());
    CHECK(!tds_driver().sendable("SELECT a ? b").has_value());
}

}  // namespace
}  // namespace roost
