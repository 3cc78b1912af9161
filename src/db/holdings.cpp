#include "db/holdings.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace roost {

Result<Holdings> read_holdings(const Driver& driver, Connection& connection) {
    if (driver.holdings_query.empty())
        return fail({.message = fmt::format("what is granted on {} cannot be read yet", driver.info.title)});
    Holdings found;
    const auto done = connection.query(driver.holdings_query, {}, [&](std::span<const Cell> row) {
        const auto text = [&](std::size_t column) { return std::string(row[column].value_or("")); };
        found.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6)});
    });
    if (!done) return fail(done.error());
    std::ranges::sort(found);
    return found;
}

}  // namespace roost
