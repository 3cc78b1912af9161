// The parts of the example driver; driver.cpp puts them together. Copy this folder for a new engine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/driver.hpp"

namespace roost::example {

extern const Driver driver;

// names.cpp
Result<std::string> canonical(std::string_view name);
std::string quote(std::string_view name);
std::string literal(std::string_view text);

// urls.cpp
bool takes(std::string_view url);
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);
std::vector<Secret> secrets(const Target& target);

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

// writer.cpp
std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts);

// session.cpp
Result<SessionState> remember(Connection& connection);
Result<void> reset(Connection& connection, const SessionState& before);

// What only an engine can answer.
std::unexpected<Error> to_be_written(std::string_view function);

}  // namespace roost::example
