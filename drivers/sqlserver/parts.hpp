// The parts of the SQL Server driver; driver.cpp puts them together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/attributes.hpp"
#include "db/driver.hpp"
#include "db/misuse.hpp"

namespace roost::sqlserver {

extern const Driver driver;

// names.cpp
Result<std::string> canonical(std::string_view name);
std::string quote(std::string_view name);
std::string literal(std::string_view text);

using Attributes = std::vector<Attribute>;

// urls.cpp
bool takes(std::string_view url);
Result<std::string> with_property(std::string_view url, std::string_view name, std::string_view value);
Result<Attributes> from_url(std::string_view url);

// connect.cpp
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);
Result<Attributes> wanted(const Target& target);  // what the target asks for, in the words of an ODBC driver
std::string connection_string(const Attributes& attributes);
std::vector<Secret> secrets(const Target& target);
bool asks_for_tls(const Target& target);  // and the driver gives up where it is not had
bool is_local(const Target& target);      // this machine is asked for

// freetds_conf.cpp: FreeTDS checks certificates only as its configuration file says, so it is given one. Takes
// ServerCertificate, and where the server is, out of the attributes; an empty text: nothing is to be checked.
std::string freetds_conf(Attributes& attributes);
// A file of that text for as long as it lives, which FreeTDS reads.
class FreetdsConf {
public:
    explicit FreetdsConf(const std::string& text);
    FreetdsConf(const FreetdsConf&) = delete;
    FreetdsConf& operator=(const FreetdsConf&) = delete;
    ~FreetdsConf();
    bool made() const { return file_ >= 0; }

private:
    int file_ = -1;
    std::string before_;
    bool was_set_ = false;
};

// errors.cpp
Diagnosis diagnose(const Error& error);

// catalogue.cpp
Result<ServerFacts> facts(Connection& connection, const Target& target);
Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts);
Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal);
Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table);
Result<void> ledger_is_safe(Connection& connection);

// locks.cpp
Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open);

// sendable.cpp
Result<std::string> sendable(std::string_view statement);

// writer.cpp
std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts);

// session.cpp
Result<SessionState> remember(Connection& connection);
Result<void> reset(Connection& connection, const SessionState& before);
std::string start_sql(std::string_view lock_timeout);  // what every session begins with; the time-out in milliseconds

}  // namespace roost::sqlserver
