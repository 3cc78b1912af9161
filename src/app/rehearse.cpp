#include "app/rehearse.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/deadline.hpp"
#include "core/words.hpp"

namespace roost {
namespace {

constexpr std::chrono::seconds lock_wait{1};

Error refused(std::string message, std::string advice, Place place = {}) {
    return {.kind = ErrorKind::refused,
            .message = std::move(message),
            .advice = std::move(advice),
            .place = std::move(place)};
}

// Statements that no rollback takes back, of scripts that would run inside the transaction.
Errors reaching_outside(const Prepared& prepared, const EngineInfo& info) {
    Errors errors;
    for (const ReadyScript& ready : prepared.scripts) {
        if (!ready.script->directives.transaction) continue;
        for (const ScriptStatement& statement : ready.recognised)
            for (const std::string_view word : info.rehearsal.reaching_outside)
                if (holds_word(statement.sql, word))
                    errors.push_back(refused(fmt::format("not rehearsed: {} may do what no rollback takes back", word),
                                             "plan without --rehearse, or put it into a script of its own with `-- "
                                             "roost: transaction = off`",
                                             statement.place));
    }
    return errors;
}

Errors objections(const Loaded& loaded, const Prepared& prepared) {
    const EngineInfo& info = loaded.driver->info;
    if (!info.rehearsal.why_not.empty())
        return {refused(fmt::format("{} cannot rehearse: {}", info.title, info.rehearsal.why_not),
                        "plan without --rehearse; `roost apply --prove` runs the scripts twice for real")};
    if (loaded.environment.policy.is_protected.value_or(false))
        return {refused(fmt::format("{} is protected: scripts are not tried there", loaded.environment.name),
                        "rehearse in an environment like it, or plan without --rehearse")};
    return reaching_outside(prepared, info);
}

}  // namespace

std::expected<Pipeline::Rehearsed, Errors> rehearse(const World& world, const Common& common, const Opened& opened,
                                                    const Prepared& prepared, const PlanOptions& options) {
    if (auto against = objections(*opened.loaded, prepared); !against.empty())
        return std::unexpected(std::move(against));
    auto loaded = std::make_unique<Loaded>(*opened.loaded);
    loaded->target.lock_wait = std::min<std::chrono::milliseconds>(common.lock_wait, lock_wait);
    auto session = Session::connect(world, *loaded, Access::write);
    if (!session) return fail_alone(std::move(session.error()));
    const Opened own{.loaded = std::move(loaded), .session = std::make_unique<Session>(std::move(*session))};
    const std::string who = fmt::format("a rehearsal of {}/{} by {} on {}", own.loaded->project.name,
                                        common.environment, actor(world, options.actor), world.host);
    if (auto locked = own.session->lock(world, common.lock_wait, who); !locked)
        return fail_alone(std::move(locked.error()));

    const Deadline deadline(own.session->connection(), options.rehearsal_limit);
    const ApplyOptions as_apply{.choices = options.choices, .actor = options.actor};
    auto rehearsed = Pipeline(world, own, prepared, as_apply).rehearse();
    if (rehearsed || !deadline.passed()) return rehearsed;
    return fail_alone(refused(fmt::format("the rehearsal was ended after {} seconds", options.rehearsal_limit.count()),
                              "raise --rehearse-limit", rehearsed.error().front().place));
}

}  // namespace roost
