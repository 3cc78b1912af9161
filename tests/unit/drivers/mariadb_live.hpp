// The MariaDB server that ROOST_TEST_MARIADB names, for the tests of its driver.
#pragma once

#include "unit/drivers/live.hpp"

namespace roost::test {

// The account that the URL names, in a database of its own; on leaving, whatever was made with name() is dropped.
class Mariadb : public Server {
public:
    Mariadb() : Server("mariadb", target("mysql"), 'm') {
        run(*connection, "CREATE DATABASE " + quoted("d"));
        run(*connection, "USE " + quoted("d"));
    }
    ~Mariadb() override {
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
        std::string url = server_url("ROOST_TEST_MARIADB");
        const auto slash = url.find('/', url.find("//") + 2) + 1;
        url.replace(slash, url.find('?') - slash, database);
        if (!user.empty()) url.replace(url.find("user=") + 5, std::string::npos, user);
        return {.url = Secret(url + more)};
    }
    Target target() const { return target(name("d")); }
    Target address() const override { return target(); }
};

}  // namespace roost::test
