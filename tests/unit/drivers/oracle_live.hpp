// The pluggable database that ROOST_TEST_ORACLE names (an ODBC connection string, as a DBA), or else one on the model.
#pragma once

#include <vector>

#include "drivers/oracle/parts.hpp"
#include "odbc/connect.hpp"
#include "unit/drivers/live.hpp"

namespace roost::test {

// On leaving, the accounts and roles that were made with it are dropped, ROOST and the ledger among them.
class OracleServer {
public:
    OracleServer() : driver(*driver_named("oracle")) {
        if (const char* given = std::getenv("ROOST_TEST_ORACLE")) {
            address_ = given;
        } else {
            folder_.emplace();
            address_ = model("PAYROLL");
            run(*open_odbc(model("CDB$ROOT")), "CREATE PLUGGABLE DATABASE payroll ADMIN USER adm IDENTIFIED BY p");
        }
        admin = open_odbc(address_);
        REQUIRE_MESSAGE(rows(*admin, "SELECT username FROM dba_users WHERE username = 'ROOST'").empty(),
                        "the server has a user ROOST who is not ours");
    }
    OracleServer(const OracleServer&) = delete;
    OracleServer& operator=(const OracleServer&) = delete;
    ~OracleServer() {
        for (auto drop = drops_.rbegin(); drop != drops_.rend(); ++drop)
            if (auto done = admin->execute(*drop); !done) MESSAGE("left behind: ", to_string(done.error()));
        admin.reset();
    }

    bool is_model() const { return folder_.has_value(); }
    std::string model(const std::string& service) const {
        return fmt::format("Driver={};Dialect=oracle;Server={};DBQ=//localhost:1521/{};Uid=SYSTEM;Pwd=x",
                           ROOST_MODEL_DRIVER, folder_->path().string(), service);
    }
    // An account with these rights and no others.
    void account(const std::string& name, const std::vector<std::string>& rights) {
        run(*admin, fmt::format("CREATE USER {} IDENTIFIED BY \"{}\"", name, password));
        drops_.push_back(fmt::format("DROP USER {} CASCADE", name));
        for (const std::string& right : rights) run(*admin, fmt::format("GRANT {} TO {}", right, name));
    }
    void role(const std::string& name) {
        run(*admin, "CREATE ROLE " + name);
        drops_.push_back("DROP ROLE " + name);
    }
    // ROOST, with all that `roost init --grants` gives but DBMS_LOCK.
    void owner(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"CREATE SESSION", "CREATE TABLE", "UNLIMITED TABLESPACE", "CREATE ROLE",
                                 "GRANT ANY ROLE", "SELECT_CATALOG_ROLE"});
        account("ROOST", more);
    }
    Target target(const std::string& name) const {
        auto parts = must(attributes(address_));
        std::erase_if(parts, [](const Attribute& part) {
            return part.is("UID") || part.is("User") || part.is("PWD") || part.is("Password");
        });
        std::string text;
        for (const Attribute& part : parts) text += part.key + "=" + part.text + ";";
        return {.odbc = Secret(fmt::format("{}UID={};PWD={}", text, name, password))};
    }
    std::unique_ptr<Connection> as(const std::string& name) const { return open(driver, target(name)); }
    Result<std::unique_ptr<Lock>> lock(const std::string& name, std::chrono::milliseconds wait = {}) const {
        return driver.lock(target(name), {.wait = wait, .holder = name + " 2026-11-22T01:33:08.123Z"}, driver.connect);
    }

    static constexpr std::string_view password = "Roost_test_1";
    static std::unique_ptr<Connection> open_odbc(const std::string& address) {
        return must(odbc::connect({.connection_string = Secret(address)}));
    }

private:
    std::optional<Folder> folder_;  // of the model; before the connections

public:
    const Driver& driver;
    std::unique_ptr<Connection> admin;

private:
    std::string address_;
    std::vector<std::string> drops_;
};

}  // namespace roost::test
