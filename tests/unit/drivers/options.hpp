// Wanted options as a declaration gives them: `admin` is always stated.
#pragma once

#include "db/driver.hpp"

namespace roost::test {

inline constexpr Options not_admin{option::admin, 0};
inline constexpr Options as_admin{option::admin, option::admin};

}  // namespace roost::test
