#include "db/find_table.hpp"

namespace roost {

Result<std::optional<TableName>> first_table(Connection& connection, std::string_view query, Parameters parameters) {
    const auto rows = read(connection, query, parameters);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return std::nullopt;
    return TableName{rows->text(0, 0), rows->text(0, 1)};
}

}  // namespace roost
