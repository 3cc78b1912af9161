// The one way by which text gets into HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace roost {

// harmless() and then with entities for what is markup in elements, in attributes of either quote and in CDATA; line
// ends stay where `lines` is true.
std::string escaped(std::string_view text, bool lines = false);

}  // namespace roost
