#include "drivers/example/parts.hpp"

namespace roost::example {

// What a script may leave changed: role, schema, settings, and which transaction is open.
Result<SessionState> remember(Connection&) { return to_be_written("remember"); }

Result<void> reset(Connection& connection, const SessionState& before) {
    const auto now = remember(connection);
    if (!now) return fail(now.error());
    return same_session(before, *now);
}

}  // namespace roost::example
