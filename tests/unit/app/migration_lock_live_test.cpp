// Flyway's lock, which another session holds under the name that the real Flyway uses; on servers, and of SQL Server
// and Oracle on the model.
#include <functional>

#include "app/migrations.hpp"
#include "odbc/connect.hpp"
#include "unit/drivers/live.hpp"
#include "unit/drivers/mariadb_live.hpp"

namespace roost {
namespace {

using std::chrono::milliseconds;
using test::run;

// As Java's String.hashCode() of ASCII.
std::int32_t hash_of(std::string_view text) {
    std::uint32_t hash = 0;
    for (const char c : text) hash = hash * 31 + static_cast<std::uint32_t>(c);
    return static_cast<std::int32_t>(hash);
}

constexpr std::string_view history_table =
    "CREATE TABLE {} (installed_rank int, version varchar(50), description varchar(200), type varchar(20), script "
    "varchar(1000), checksum int, installed_by varchar(100), installed_on varchar(30), success int)";

// A database with a history, a migration's session in it, and how that one locks.
struct Migrating {
    Loaded loaded;
    std::unique_ptr<Connection> flyway;
    std::string take, try_it, let_go;  // `try_it` answers 1 where it was had
    bool in_transaction = false;

    void hold() {
        if (in_transaction) test::must(flyway->begin());
        run(*flyway, take);
    }
    void release() {
        if (in_transaction) test::must(flyway->rollback());
        if (!in_transaction) run(*flyway, let_go);
    }
    // Without waiting; keeps nothing.
    bool had() {
        if (in_transaction) test::must(flyway->begin());
        const auto rows = read(*flyway, try_it);
        const bool had = rows && (rows->empty() || rows->text(0, 0) == "1");
        if (had) release();
        if (!had && in_transaction) test::must(flyway->rollback());
        return had;
    }
};

// What a run tells, and what happens when it does.
struct Witnessed {
    World world;
    Interrupt interrupt;
    std::vector<std::string> said;
    std::function<void()> when_told = [] {};

    Witnessed() {
        world.now = [] { return std::chrono::system_clock::now(); };
        world.wrap = [](std::unique_ptr<Connection> connection) { return connection; };
        world.say = [this](Level level, std::string_view text) {
            if (level == Level::detail) return;
            said.emplace_back(text);
            when_told();
        };
        world.interrupt = &interrupt;
    }
    Result<std::optional<History>> history(const Migrating& place) {
        auto session = Session::connect(world, place.loaded, Access::read);
        REQUIRE_MESSAGE(session.has_value(), test::said(session));
        return migrations(world, place.loaded, *session);
    }
};

Migrating place_on(const Driver& driver, const Target& target, std::unique_ptr<Connection> flyway) {
    Migrating place;
    place.loaded.driver = &driver;
    place.loaded.target = target;
    place.loaded.target.lock_wait = std::chrono::seconds(60);
    place.flyway = std::move(flyway);
    return place;
}

void behaves(Migrating& place) {
    Witnessed witnessed;
    INFO("the lock is waited for, and had once it is let go");
    place.hold();
    witnessed.when_told = [&] { place.release(); };
    auto history = witnessed.history(place);
    REQUIRE_MESSAGE(history.has_value(), test::said(history));
    REQUIRE(witnessed.said.size() == 1);
    CHECK(witnessed.said[0].starts_with("a migration is under way: Flyway's lock on "));
    CHECK(witnessed.said[0].ends_with("60s at most"));

    INFO("it is let go of once the history was read");
    CHECK(place.had());

    INFO("it is held while the history is read");
    bool had_meanwhile = true;
    int reads = 0;
    witnessed.world.wrap = [&](std::unique_ptr<Connection> real) -> std::unique_ptr<Connection> {
        return std::make_unique<test::AnnouncedConnection>(std::move(real), [&](std::string_view sql) {
            if (!sql.contains("installed_rank")) return;
            ++reads;
            had_meanwhile = place.had();
        });
    };
    REQUIRE(witnessed.history(place).has_value());
    CHECK(reads == 1);
    CHECK(!had_meanwhile);

    INFO("at the limit it is refused");
    place.hold();
    place.loaded.target.lock_wait = milliseconds(0);
    history = witnessed.history(place);
    REQUIRE(!history.has_value());
    CHECK(history.error().kind == ErrorKind::refused);
    CHECK(history.error().message.starts_with("a migration is under way: Flyway's lock on "));

    INFO("an interrupt ends the wait");
    place.loaded.target.lock_wait = std::chrono::seconds(60);
    witnessed.when_told = [&] { witnessed.interrupt.request(); };
    history = witnessed.history(place);
    REQUIRE(!history.has_value());
    CHECK(history.error().kind == ErrorKind::interrupted);

    INFO("called by Flyway roost does not wait for it");
    Witnessed inside;
    place.loaded.environment.flyway.called = true;
    REQUIRE(inside.history(place).has_value());
    CHECK(inside.said.empty());
    place.release();
}

TEST_CASE("on PostgreSQL the history is read under Flyway's own lock") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("pay"));
    const Target target = test::Postgresql::target(server.name("pay"));
    Migrating place = place_on(server.driver, target, test::open(server.driver, target));
    std::string table(history_table);
    table.replace(table.find("{}"), 2, "public.flyway_schema_history");
    table.replace(table.find("success int"), 11, "success boolean");
    run(*place.flyway, table.replace(table.find("installed_on varchar(30)"), 24, "installed_on timestamp"));
    place.take = "SELECT pg_advisory_lock(77433833903597)";
    place.try_it = "SELECT pg_try_advisory_lock(77433833903597)::int";
    place.let_go = "SELECT pg_advisory_unlock(77433833903597)";
    behaves(place);
}

// Flyway's lock went by the schema that came first, where the history was not.
TEST_CASE("on PostgreSQL the lock's name has the schema in which the history was found") {
    test::Postgresql server;
    run(*server.connection, "CREATE DATABASE " + server.quoted("pay"));
    const Target target = test::Postgresql::target(server.name("pay"));
    Migrating place = place_on(server.driver, target, test::open(server.driver, target));
    run(*place.flyway, fmt::format("CREATE SCHEMA early; CREATE SCHEMA \"La Te\"; ALTER DATABASE {} SET search_path = "
                                   "early, \"La Te\"",
                                   server.quoted("pay")));
    std::string table(history_table);
    table.replace(table.find("{}"), 2, "\"La Te\".flyway_schema_history");
    table.replace(table.find("success int"), 11, "success boolean");
    run(*place.flyway, table.replace(table.find("installed_on varchar(30)"), 24, "installed_on timestamp"));
    run(*place.flyway,
        fmt::format("SELECT pg_advisory_lock(77431708279161 + ({}))", hash_of("\"La Te\".\"flyway_schema_history\"")));
    place.loaded.target.lock_wait = milliseconds(0);
    Witnessed witnessed;
    const auto history = witnessed.history(place);
    REQUIRE(!history.has_value());
    CHECK(history.error().message.contains("\"La Te\".\"flyway_schema_history\" is held by postgres"));
}

TEST_CASE("on MariaDB the history is read under Flyway's own lock") {
    test::Mariadb server;
    const Target target = server.target();
    Migrating place = place_on(server.driver, target, test::open(server.driver, target));
    run(*place.flyway, fmt::format(fmt::runtime(history_table), "flyway_schema_history"));
    const std::string name =
        fmt::format("'Flyway-{}'", hash_of(fmt::format("`{}`.`flyway_schema_history`", server.name("d"))));
    place.take = fmt::format("SELECT GET_LOCK({}, 0)", name);
    place.try_it = place.take;
    place.let_go = fmt::format("SELECT RELEASE_LOCK({})", name);
    behaves(place);
}

std::string model(const test::Folder& folder, std::string_view rest) {
    return fmt::format("Driver={};Server={};Pwd=x;{}", ROOST_MODEL_DRIVER, folder.path().string(), rest);
}
std::unique_ptr<Connection> open_model(const std::string& address) {
    return test::must(odbc::connect({.connection_string = Secret(address)}));
}

TEST_CASE("on SQL Server's model the history is read under Flyway's own lock") {
    const test::Folder folder;
    const Driver& driver = *driver_named("sqlserver");
    const std::string address = "Dialect=sqlserver;Encryption=require;Uid=sa;Database=";
    run(*open_model(model(folder, address + "master")), "CREATE DATABASE [pay]");
    const Target target{.odbc = Secret(model(folder, address + "pay"))};
    Migrating place = place_on(driver, target, test::open(driver, target));
    run(*place.flyway, fmt::format(fmt::runtime(history_table), "dbo.flyway_schema_history"));
    // The hash code of [dbo].[flyway_schema_history].
    const std::string lock =
        "DECLARE @a int; EXEC @a = sp_getapplock @Resource = 'Flyway--856309416', @LockTimeout = '0', @LockMode = "
        "'Exclusive', @LockOwner = 'Session'; SELECT CASE WHEN @a >= 0 THEN 1 ELSE 0 END AS a";
    place.take = lock;
    place.try_it = lock;
    place.let_go = "EXEC sp_releaseapplock @Resource = 'Flyway--856309416', @LockOwner = 'Session'";
    behaves(place);
}

struct OracleModel {
    OracleModel() {
        run(*open_model(address("CDB$ROOT", "SYSTEM")), "CREATE PLUGGABLE DATABASE pay ADMIN USER adm IDENTIFIED BY p");
        admin = open_model(address("pay", "SYSTEM"));
        for (const char* account : {"PAYROLL", "ROOST"}) {
            run(*admin, fmt::format("CREATE USER {} IDENTIFIED BY \"x\"", account));
            run(*admin, fmt::format("GRANT CREATE SESSION, SELECT_CATALOG_ROLE, UNLIMITED TABLESPACE TO {}", account));
        }
        std::string table =
            "CREATE TABLE PAYROLL.\"flyway_schema_history\" (\"installed_rank\" NUMBER(10), \"version\" VARCHAR2(50), "
            "\"description\" VARCHAR2(200), \"type\" VARCHAR2(20), \"script\" VARCHAR2(1000), \"checksum\" NUMBER(10), "
            "\"installed_by\" VARCHAR2(100), \"installed_on\" TIMESTAMP, \"success\" NUMBER(1))";
        run(*admin, table);
    }
    std::string address(std::string_view service, std::string_view account) const {
        return model(folder, fmt::format("Dialect=oracle;DBQ=//localhost:1521/{};Uid={}", service, account));
    }
    Migrating place() const {
        const Driver& driver = *driver_named("oracle");
        Migrating place =
            place_on(driver, {.odbc = Secret(address("pay", "ROOST"))}, open_model(address("pay", "SYSTEM")));
        place.loaded.environment.schema = "PAYROLL";
        place.take = "LOCK TABLE \"PAYROLL\".\"flyway_schema_history\" IN EXCLUSIVE MODE";
        place.try_it = place.take + " NOWAIT";
        place.in_transaction = true;
        return place;
    }

    const test::Folder folder;
    std::unique_ptr<Connection> admin;
};

TEST_CASE("on Oracle's model the history is read under Flyway's own lock") {
    const OracleModel model;
    run(*model.admin, "GRANT SELECT ON PAYROLL.\"flyway_schema_history\" TO ROOST");
    Migrating place = model.place();
    behaves(place);
}

TEST_CASE("on Oracle an account with READ alone reads the history without the lock, and says so") {
    const OracleModel model;
    run(*model.admin, "GRANT READ ON PAYROLL.\"flyway_schema_history\" TO ROOST");
    Migrating place = model.place();
    place.hold();
    Witnessed witnessed;
    const auto history = witnessed.history(place);
    REQUIRE_MESSAGE(history.has_value(), test::said(history));
    REQUIRE(witnessed.said.size() == 1);
    CHECK(witnessed.said[0].starts_with("Flyway's lock is not taken while its history is read: "));
}

// Nothing of it depends on the engine.
TEST_CASE("an update of Liquibase's that is under way is waited for, and refused at the limit") {
    test::Sqlite file;
    Migrating place = place_on(file.driver, file.target(), test::open(file.driver, file.target()));
    place.loaded.environment.tool = MigrationTool::liquibase;
    run(*place.flyway,
        "CREATE TABLE DATABASECHANGELOG (ID TEXT, AUTHOR TEXT, FILENAME TEXT, ORDEREXECUTED INTEGER, EXECTYPE TEXT, "
        "MD5SUM TEXT, TAG TEXT)");
    run(*place.flyway,
        "CREATE TABLE DATABASECHANGELOGLOCK (ID INTEGER, LOCKED BOOLEAN, LOCKGRANTED TEXT, LOCKEDBY TEXT)");
    run(*place.flyway, "INSERT INTO DATABASECHANGELOGLOCK VALUES (1, 1, '2026-11-23 10:00:00', 'build-7')");

    place.loaded.target.lock_wait = milliseconds(0);
    Witnessed refused;
    auto history = refused.history(place);
    REQUIRE(!history.has_value());
    CHECK(history.error().kind == ErrorKind::refused);
    CHECK(history.error().message ==
          "a migration is under way: Liquibase's lock is held by build-7, since 2026-11-23 10:00:00");

    place.loaded.target.lock_wait = std::chrono::seconds(60);
    Witnessed interrupted;
    interrupted.when_told = [&] { interrupted.interrupt.request(); };
    history = interrupted.history(place);
    REQUIRE(!history.has_value());
    CHECK(history.error().kind == ErrorKind::interrupted);

    Witnessed waited;
    waited.when_told = [&] {
        run(*place.flyway, "INSERT INTO DATABASECHANGELOG VALUES ('1', 'ann', 'f', 1, 'EXECUTED', '9', 'v7')");
        run(*place.flyway, "UPDATE DATABASECHANGELOGLOCK SET LOCKED = 0");
    };
    history = waited.history(place);
    REQUIRE_MESSAGE(history.has_value(), test::said(history));
    CHECK((*history)->at == "v7");
    CHECK(waited.said.size() == 1);
}

}  // namespace
}  // namespace roost
