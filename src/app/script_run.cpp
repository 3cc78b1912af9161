#include "app/script_run.hpp"

#include <fmt/format.h>

#include "app/execute.hpp"

namespace roost {

Result<void> ScriptRun::remember() {
    auto state = session_.driver().remember(session_.connection());
    if (!state) return fail(std::move(state.error()));
    state_ = std::move(*state);
    return {};
}

Step ScriptRun::step_of(const ReadyScript& ready) const {
    const Script& script = *ready.script;
    return {.kind = "script",
            .phase = std::string(to_string(script.phase)),
            .name = script.path,
            .checksum = ready.checksum,
            .place = script.path,
            .covers = script.path,
            .started_at = utc(world_.now())};
}

Result<void> ScriptRun::run(const ReadyScript& ready) const {
    const Script& script = *ready.script;
    world_.say(Level::info, fmt::format("running {}", script.path));
    auto ran = run_statements(world_, session_, ready.statements);
    if (ran) {
        ran = session_.driver().reset(session_.connection(), state_);
        if (!ran) ran.error().place = {.file = script.path};
    }
    // Another database, another account, a transaction of its own: none of it may touch the ledger.
    if (!ran) session_.renew();
    return ran;
}

}  // namespace roost
