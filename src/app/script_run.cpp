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
    if (auto ran = run_statements(world_, session_, ready.statements); !ran) return ran;
    if (auto reset = session_.driver().reset(session_.connection(), state_); !reset) {
        reset.error().place = {.file = script.path};
        return reset;
    }
    return {};
}

}  // namespace roost
