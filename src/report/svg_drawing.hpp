// What of a picture is drawn: users that hold the same roles as one box, and in a large one those at whom nothing
// changes as a number alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/picture.hpp"

namespace roost::svg {

struct Node {
    std::vector<std::string> names;  // by name; empty: folded
    std::size_t number = 1;          // of principals that it stands for
    std::string toggle = {};         // that the role serves; empty: none
    PrincipalKind kind = PrincipalKind::role;
    bool managed = false;
    Picture::Was was = Picture::Was::kept;
    bool several_roles = false;  // folded: may hold other roles too, and is counted there again
};
struct Edge {  // indexes of nodes
    std::uint32_t role = 0;
    std::uint32_t member = 0;
    Picture::Was was = Picture::Was::kept;
    bool effective = true;
};
struct Drawing {
    std::vector<Node> nodes;
    std::vector<Edge> edges;    // by role, member
    std::string left_out = {};  // what is not drawn, in a sentence; empty: all is drawn
};

inline constexpr std::size_t most_unfolded = 200;  // principals
// Names; beyond that, or with more than most_lines, only what changes, then users only in numbers, then nothing.
inline constexpr std::size_t most_drawn = 1500;
inline constexpr std::size_t most_lines = 4000;

Drawing drawing(const Picture& picture);

}  // namespace roost::svg
