// The role graph of a plan, before and after in one: what a report draws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/declared.hpp"
#include "core/graph.hpp"

namespace roost {

struct Picture {
    enum class Was : std::uint8_t { kept, added, removed, altered };
    struct Node {
        std::string name;
        std::string toggle = {};  // that the role serves; empty: none
        PrincipalKind kind = PrincipalKind::role;
        bool managed = false;
        Was was = Was::kept;
    };
    struct Edge {  // indexes of nodes
        std::uint32_t role = 0;
        std::uint32_t member = 0;
        Was was = Was::kept;
        bool effective = true;  // the member has the role's rights without doing anything
    };
    std::vector<Node> nodes;  // by name, bytewise
    std::vector<Edge> edges;  // by role, member
};

// Managed roles, all that are in them, directly or by inheritance, and the roles that they are in, before or after.
Picture picture(const RoleGraph& before, const RoleGraph& after, const Declared& declared);

}  // namespace roost
