#include "db/connection.hpp"

namespace roost {

Result<Rows> read(Connection& connection, std::string_view sql, Parameters parameters) {
    Rows result;
    const auto keep = [&result](std::span<const Cell> cells) {
        auto& row = result.rows.emplace_back();
        row.reserve(cells.size());
        for (const Cell& cell : cells) row.emplace_back(cell);
    };
    if (auto done = connection.query(sql, parameters, keep); !done) return fail(std::move(done.error()));
    return result;
}

}  // namespace roost
