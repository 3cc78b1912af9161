// Sends statements, in packs where the engine takes them, and says which one failed.
#pragma once

#include <span>
#include <vector>

#include "app/session.hpp"
#include "app/world.hpp"

namespace roost {

// Runs the statements in order. Inside a transaction they go in packs, each behind a savepoint: a pack that fails is
// replayed one by one to find the statement (psqlodbc gives only the first error of a pack, without saying whose).
// Outside, one by one. The error carries the statement's place.
Result<void> run_statements(const World& world, const Session& session, std::span<const Statement> statements);

}  // namespace roost
