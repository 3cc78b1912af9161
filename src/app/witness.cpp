#include "app/witness.hpp"

#include <utility>

#include "db/cells.hpp"
#include "db/holdings.hpp"

namespace roost {

Result<void> Witness::look() {
    auto graph = session_.driver().graph(session_.connection(), session_.facts());
    if (!graph) return fail(std::move(graph.error()));
    auto holdings = read_holdings(session_.driver(), session_.connection());
    if (!holdings) return fail(std::move(holdings.error()));
    last_ = {std::move(*graph), std::move(*holdings)};
    std::erase_if(last_.holdings,
                  [](const Holding& holding) { return holding.kind == "limit"; });  // follows from rights
    return {};
}

Result<std::vector<PlanLine>> Witness::changed_by(const ReadyScript& ready) {
    const Snapshot before = std::move(last_);
    if (auto looked = look(); !looked) return fail(std::move(looked.error()));
    return placed(observed(before, last_, {.file = ready.script->path}), lines_of(ready));
}

Result<void> Witness::check_constraints() const {
    const std::string_view statement = session_.driver().info.rehearsal.check_constraints;
    if (statement.empty()) return {};
    if (auto sent = session_.connection().execute(statement); !sent) return fail(std::move(sent.error()));
    return {};
}

Result<std::optional<std::int64_t>> Witness::rows_written() const {
    const std::string_view query = session_.driver().info.rehearsal.rows_written;
    if (query.empty()) return std::nullopt;
    const auto counted = read(session_.connection(), query);
    if (!counted) return fail(counted.error());
    const std::string count = counted->text(0, 0);
    return count.empty() ? std::nullopt : std::optional(number(count));
}

}  // namespace roost
