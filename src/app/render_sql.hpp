// What an environment declares, as SQL that Flyway runs: the text of its two files.
#pragma once

#include <expected>
#include <string>

#include "app/load.hpp"

namespace roost {

struct RenderedSql {
    std::string roles;        // empty: none is managed
    std::string memberships;  // empty: no role's membership is
};

// Errors, of kind usage: what the declaration itself has, and what no SQL of Flyway's can hold.
std::expected<RenderedSql, Errors> rendered_sql(const Loaded& loaded);

}  // namespace roost
