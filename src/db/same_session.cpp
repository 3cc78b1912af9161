#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "db/driver.hpp"

namespace roost {

Error transaction_ended() {
    return {.message = "the script ended or replaced the run's transaction",
            .advice = "take COMMIT, ROLLBACK and what else ends a transaction out of it, procedures it calls included"};
}

Result<void> same_session(const SessionState& before, const SessionState& now) {
    if (before.transaction.empty() && !now.transaction.empty())
        return fail({.message = "the script began a transaction and left it open: it was rolled back",
                     .advice = "end it with COMMIT, or leave its BEGIN out"});
    if (before.transaction != now.transaction) return fail(transaction_ended());
    const auto in = [](const SessionState& state, const std::string& setting) {
        return std::ranges::find(state.settings, setting) != state.settings.end();
    };
    std::vector<std::string> changed;
    for (const std::string& setting : now.settings)
        if (!in(before, setting)) changed.push_back(setting);
    for (const std::string& setting : before.settings)
        if (!in(now, setting)) changed.push_back("was " + setting);
    if (changed.empty()) return {};
    return fail({.message = fmt::format("the script left the session changed: {}", fmt::join(changed, ", ")),
                 .advice = "let the script put back what it sets, or set it for one statement or transaction only"});
}

}  // namespace roost
