// The one way by which text gets into HTML, SVG and XML.
#pragma once

#include <string>
#include <string_view>

namespace roost {

// harmless() and then with entities for what is markup in elements, in attributes of either quote and in CDATA; line
// ends stay where `lines` is true.
std::string escaped(std::string_view text, bool lines = false);

// Of text that is harmless already; HTML and XML write the apostrophe each in its own way.
std::string with_entities(std::string_view text, std::string_view apostrophe);

}  // namespace roost
