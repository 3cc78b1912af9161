// The parts of the PostgreSQL driver; driver.cpp puts them together.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/attributes.hpp"
#include "db/driver.hpp"
#include "db/misuse.hpp"

namespace roost::postgresql {

extern const Driver driver;

// names.cpp
Result<std::string> canonical(std::string_view name);
std::string quote(std::string_view name);
std::string literal(std::string_view text);

// A connection string in its parts. `pqopt` are libpq's own key words, in psqlodbc's attribute of that name.
using KeyWords = std::vector<std::pair<std::string, std::string>>;
struct ConnectionParts {
    std::vector<Attribute> attributes;
    KeyWords pqopt;
};

// urls.cpp
bool takes(std::string_view url);
Result<ConnectionParts> from_url(std::string_view url);

// connect.cpp
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);
Result<ConnectionParts> wanted(const Target& target);  // what the target asks for, and no more
// The value of libpq's key word, or else of the first of psqlodbc's attributes that is there; empty: not given.
std::string given(const ConnectionParts& parts, std::string_view word, std::initializer_list<std::string_view> keys);
void add_options(KeyWords& words, std::string_view options);  // "-c name=value", defaults of the session
std::string connection_string(ConnectionParts parts, std::string_view options);
std::vector<Secret> secrets(const Target& target);

// first_hop.cpp: whether nobody listens on the way to the host that is asked for. It is this machine, or TLS is
// required.
bool first_hop_is_safe(const Target& target);

// key_words.cpp: the text of pqopt. Source: libpq, "Keyword/Value Connection Strings".
Result<KeyWords> key_words(std::string_view text);
std::string to_string(const KeyWords& words);
void set(KeyWords& words, std::string_view key, std::string_view value);

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

}  // namespace roost::postgresql
