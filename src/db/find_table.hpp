// How most drivers find a table: by a query of their dictionary.
#pragma once

#include "db/driver.hpp"

namespace roost {

// The first row of a query for schema and name.
Result<std::optional<TableName>> first_table(Connection& connection, std::string_view query, Parameters parameters);

}  // namespace roost
