// The migration tool's history, as the environment says where it is.
#pragma once

#include <optional>

#include "app/session.hpp"
#include "history/flyway.hpp"

namespace roost {

// nullopt: there is none, and none was asked for. Two queries at most. A table that was named, or that a minimum
// needs, and is not there: refused.
Result<std::optional<History>> migrations(const Loaded& loaded, const Session& session);

// Why the history forbids a run: failed migrations, a version below the minimum.
std::vector<Error> history_objections(const Loaded& loaded, const std::optional<History>& history);

}  // namespace roost
