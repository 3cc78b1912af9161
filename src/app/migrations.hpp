// The migration tool's history, as the environment says where it is.
#pragma once

#include <optional>

#include "app/session.hpp"
#include "history/flyway.hpp"

namespace roost {

// Whether Flyway's history is meant, be it said or not.
bool is_flyways(const Environment& environment);

// nullopt: there is none, and none was asked for. A fixed number of queries. A table that was named, or that a minimum
// needs, and is not there: refused. Of Flyway the lock that its migrations hold is held meanwhile; of a tool that says
// in a table that it is at work, the end is waited for.
Result<std::optional<History>> migrations(const World& world, const Loaded& loaded, const Session& session);

// Why the history forbids a run: failed migrations, a version below the minimum, or one that cannot be compared.
std::vector<Error> history_objections(const Loaded& loaded, const std::optional<History>& history);

}  // namespace roost
