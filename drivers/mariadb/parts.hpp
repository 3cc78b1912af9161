// The parts of the MariaDB driver; driver.cpp puts them together.
//
// Names of principals, as roost spells them: a role is `hr`. An account is `alice@localhost`; alice@% is `alice`,
// unless a role of that name exists. So a name without @ means what it means to the server: the role, or else the
// account @%.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/attributes.hpp"
#include "db/driver.hpp"
#include "db/misuse.hpp"

namespace roost::mariadb {

extern const Driver driver;

// names.cpp
struct Account {
    std::string user;
    std::string host;
};
std::optional<Account> account_in(std::string_view name);  // split at the last @; nullopt: it holds none
std::string name_of(const Account& account);               // "alice" of alice@%, else with its host
Result<std::string> canonical(std::string_view name);
Result<std::string> canonical_role(std::string_view name);
std::string quote(std::string_view name);    // an identifier: a table, a database
std::string grantee(std::string_view name);  // a principal, in GRANT and REVOKE
std::string account(std::string_view name);  // a principal that is an account for certain: always with its host
std::string literal(std::string_view text);

// What a target asks for, in the words of Connector/ODBC.
struct ConnectionParts {
    std::vector<Attribute> attributes;
    bool encrypted = false;         // TLS is required, so a connection without it is refused
    std::string session_variables;  // "a = 1, b = 2"
};

// urls.cpp
bool takes(std::string_view url);
Result<ConnectionParts> from_url(std::string_view url);

// connect.cpp
Result<ConnectionParts> wanted(const Target& target);
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);
std::vector<Secret> secrets(const Target& target);
// Whether nobody listens on the way to the host that is asked for: it is this machine, or TLS is required.
bool first_hop_is_safe(const Target& target);

// errors.cpp
Diagnosis diagnose(const Error& error);

// facts.cpp
Result<ServerFacts> facts(Connection& connection, const Target& target);
Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table);

// catalogue.cpp
Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts);
Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal);

// rights.cpp: which roles the account may grant: those that itself, or a role that it has, however deep, has WITH
// ADMIN; SUPER gives nothing. The rows index the principals. no_principal: nothing is known.
void settle_rights(std::vector<Principal>& principals, const std::vector<Membership>& rows, PrincipalId account);

// locks.cpp
Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open);

// sendable.cpp
Result<std::string> sendable(std::string_view statement);

// writer.cpp
std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts);

// session.cpp
Result<SessionState> remember(Connection& connection);
Result<void> reset(Connection& connection, const SessionState& before);

}  // namespace roost::mariadb
