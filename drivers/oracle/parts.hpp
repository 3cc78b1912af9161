// The parts of the Oracle driver; driver.cpp puts them together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/attributes.hpp"
#include "db/driver.hpp"
#include "db/misuse.hpp"

namespace roost::oracle {

extern const Driver driver;

// names.cpp
Result<std::string> canonical(std::string_view name);
Result<std::string> schema(std::string_view name);  // as canonical(), but any that the dictionary can hold
std::string quote(std::string_view name);
std::string grantee(std::string_view name);  // quoted, but for PUBLIC, who is no user
std::string literal(std::string_view text);

// urls.cpp: attributes of Oracle's ODBC driver.
bool takes(std::string_view url);
Result<std::vector<Attribute>> from_url(std::string_view url);

// easy_connect.cpp: what follows the @ of a URL, as DBQ takes it.
Result<std::string> dbq_of(std::string_view address);
// Whether DBQ names a host that is this machine.
bool is_this_machine(std::string_view dbq);

// connect.cpp
Result<void> check(const Target& target);
Result<std::unique_ptr<Connection>> connect(const Target& target);
Result<std::vector<Attribute>> wanted(const Target& target);  // what the target asks for, and no more
std::vector<Secret> secrets(const Target& target);

// errors.cpp
Diagnosis diagnose(const Error& error);

// catalogue.cpp
Result<ServerFacts> facts(Connection& connection, const Target& target);
Result<RoleGraph> graph(Connection& connection, const ServerFacts& facts);
Result<std::optional<TableName>> find_table(Connection& connection, std::string_view schema, std::string_view table);
Result<void> ledger_is_safe(Connection& connection);

// is_member.cpp
Result<bool> is_member(Connection& connection, const ServerFacts& facts, std::string_view role,
                       std::string_view principal);

// locks.cpp
Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open);

// holder.cpp: the lock's holder, told and asked.
std::string shown_holder(std::string_view holder);  // as V$SESSION takes it
void tell_holder(Connection& connection, std::string_view holder);
std::optional<LockHolder> known_holder(Connection& connection);  // nullopt: nobody has it, or the account may not see

// sendable.cpp
Result<std::string> sendable(std::string_view statement);

// writer.cpp
std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts);

// session.cpp
Result<SessionState> remember(Connection& connection);
Result<void> reset(Connection& connection, const SessionState& before);

}  // namespace roost::oracle
