// What a database grants and sets beside memberships, as its driver asks for it.
#pragma once

#include "core/holdings.hpp"
#include "db/driver.hpp"

namespace roost {

// One query. An error where the engine has none yet, and where the account may not ask: what it says is then the
// engine's own.
Result<Holdings> read_holdings(const Driver& driver, Connection& connection);

}  // namespace roost
