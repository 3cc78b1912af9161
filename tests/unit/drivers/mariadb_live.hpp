// The MariaDB server that ROOST_TEST_MARIADB names, for the tests of its driver.
#pragma once

#include "unit/drivers/live.hpp"

namespace roost::test {

// The account that the URL names; on leaving, whatever was made with name() is dropped.
class Mariadb {
public:
    Mariadb() : driver(*driver_named("mariadb")), connection(open(driver, target("mysql"))) {
        run(*connection, "CREATE DATABASE " + quoted("d"));
        run(*connection, "USE " + quoted("d"));
    }
    Mariadb(const Mariadb&) = delete;
    Mariadb& operator=(const Mariadb&) = delete;
    ~Mariadb() {
        auto fresh = driver.connect(target("mysql"));  // whatever the test did to the other
        if (!fresh) return;
        connection = std::move(*fresh);
        sweep(
            "SELECT CONCAT('DROP DATABASE `', REPLACE(SCHEMA_NAME, '`', '``'), '`') FROM information_schema.SCHEMATA "
            "WHERE SCHEMA_NAME LIKE CONCAT('%', ?)");
        sweep(
            "SELECT CONCAT(IF(is_role = 'Y', 'DROP ROLE `', 'DROP USER `'), REPLACE(User, '`', '``'), '`', "
            "IF(is_role = 'Y', '', CONCAT('@`', Host, '`'))) FROM mysql.user WHERE User LIKE CONCAT('%', ?, '%')");
    }

    // The server's URL, with the database, and with another user and more parameters where they are given.
    static Target target(const std::string& database, const std::string& user = {}, const std::string& more = {}) {
        const char* given = std::getenv("ROOST_TEST_MARIADB");
        if (given == nullptr)
            FAIL(
                "ROOST_TEST_MARIADB is not set: the JDBC URL of a MariaDB server to test on, as root. Run "
                "scripts/test, "
                "which starts one");
        std::string url = given;
        const auto slash = url.find('/', url.find("//") + 2) + 1;
        url.replace(slash, url.find('?') - slash, database);
        if (!user.empty()) url.replace(url.find("user=") + 5, std::string::npos, user);
        return {.url = Secret(url + more)};
    }
    Target target() const { return target(name("d")); }

    const std::string& suffix() const { return suffix_; }
    std::string name(std::string_view plain) const { return std::string(plain) + suffix_; }
    std::string quoted(std::string_view plain) const { return driver.names.quote(name(plain)); }
    ServerFacts facts() { return must(driver.facts(*connection, target())); }
    void apply(const std::vector<Change>& changes) {
        for (const Statement& statement : driver.write(changes, facts())) run(*connection, statement.sql);
    }

    const Driver& driver;
    std::unique_ptr<Connection> connection;

private:
    void sweep(std::string_view query) {
        const std::optional<std::string> like[] = {"\\" + suffix_};  // its first character is the wildcard _
        const auto statements = read(*connection, query, like);
        for (std::size_t i = 0; statements && i < statements->rows.size(); ++i)
            if (auto done = connection->execute(statements->text(i, 0)); !done)
                MESSAGE("left behind: ", to_string(done.error()));
    }
    static inline int count_ = 0;
    std::string suffix_ = fmt::format("_m{}x{}", ::getpid(), ++count_);
};

}  // namespace roost::test
