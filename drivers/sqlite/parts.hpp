// The parts of the SQLite driver; driver.cpp puts them together. Roles are rows of two tables, see sql/ledger.sql.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "db/driver.hpp"

namespace roost::sqlite {

extern const Driver driver;

// names.cpp
Result<std::string> canonical(std::string_view name);
std::string quote(std::string_view name);
std::string literal(std::string_view text);

// urls.cpp
bool takes(std::string_view url);
Result<std::filesystem::path> file_of(
    const Target& target);  // as given, relative to the project's folder; it need not exist
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);

// errors.cpp
Diagnosis diagnose(const Error& error);

// catalogue.cpp
Result<ServerFacts> facts(Connection& connection, const Target& target);
Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts);
Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal);
Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table);

// locks.cpp
Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open);

// writer.cpp
std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts);

// session.cpp
Result<SessionState> remember(Connection& connection);
Result<void> reset(Connection& connection, const SessionState& before);

}  // namespace roost::sqlite
