// Where each box and line of a drawing goes. The same drawing always gives the same places.
#pragma once

#include <vector>

#include "report/svg_drawing.hpp"

namespace roost::svg {

struct Size {
    int width = 0;
    int height = 0;
};
struct Point {
    int x = 0;
    int y = 0;
};
struct Layout {
    std::vector<Point> corners;  // top left, by node
    // By edge: from the member's right side to the role's left; straight to the second point, from there in a curve,
    // and so on in turn, so that no line passes behind a box.
    std::vector<std::vector<Point>> lines;
    Size size;
};

// Layers from left to right: who has no members, then by the longest way up to a role. Circles are cut at the first
// name. In a layer the order and the places follow those of the neighbours.
Layout layout(const Drawing& drawing, const std::vector<Size>& sizes);

}  // namespace roost::svg
