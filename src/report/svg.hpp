// The role graph as SVG, to be put into a page whose style sheet gives it its colours.
#pragma once

#include <string>

#include "core/picture.hpp"

namespace roost::svg {

struct Graph {
    std::string svg;       // empty: there is nothing to draw
    std::string left_out;  // in a sentence; empty: all is drawn
};
Graph graph(const Picture& picture);

}  // namespace roost::svg
