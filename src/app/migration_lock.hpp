// What keeps a migration out while its history is read, and is waited for where one is under way.
#pragma once

#include <string>

#include "app/session.hpp"
#include "history/tools.hpp"

namespace roost {

// Flyway's own lock, let go of at the latest when this ends.
class HeldFlywayLock {
public:
    HeldFlywayLock() = default;  // holds nothing
    HeldFlywayLock(Connection& connection, std::string let_go) : connection_(&connection), let_go_(std::move(let_go)) {}
    HeldFlywayLock(HeldFlywayLock&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)), let_go_(std::move(other.let_go_)) {}
    HeldFlywayLock& operator=(HeldFlywayLock&&) = delete;
    ~HeldFlywayLock() { static_cast<void>(let_go()); }
    Result<void> let_go();

private:
    Connection* connection_ = nullptr;
    std::string let_go_;  // empty: it ends with its transaction
};

// Waits for a migration that is under way, `database`'s lock time-out at most; refused after that. Holds nothing where
// Flyway takes no lock, or where it called us, and where the account may not take it.
Result<HeldFlywayLock> hold_flyway_lock(const World& world, const Loaded& loaded, const Session& session,
                                        const TableName& table);

// Waits until the row in the tool's table of locks says that nobody is at work; likewise.
Result<void> wait_for_tool(const World& world, const Loaded& loaded, const Session& session,
                           const MigrationReader& tool, const TableName& history);

// Quoted and qualified, as SQL takes it.
std::string qualified(const Session& session, const TableName& table);

// As a script of the tool's that quotes no names would have it.
std::string unquoted_name(const Driver& driver, std::string_view name);

}  // namespace roost
