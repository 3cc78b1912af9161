// Which column of a drawing each node stands in.
#pragma once

#include <cstdint>
#include <vector>

#include "report/svg_drawing.hpp"

namespace roost::svg {

// By node: 0 for who has no members, else one more than the highest of them; roles are never among users, and those
// that nobody is in stand next to the roles that they are in. Circles are cut at the first name.
std::vector<std::uint32_t> layers(const Drawing& drawing);

}  // namespace roost::svg
