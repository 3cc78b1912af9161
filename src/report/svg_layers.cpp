#include "report/svg_layers.hpp"

#include <algorithm>

namespace roost::svg {
namespace {

using Index = std::uint32_t;  // of a node, or of a layer

bool is_user(const Node& node) { return node.kind == PrincipalKind::user; }

std::vector<Index> layers_of(const Drawing& drawing) {
    const std::size_t count = drawing.nodes.size();
    std::vector<std::vector<Index>> roles(count);
    std::vector<Index> members(count, 0);
    for (const Edge& edge : drawing.edges) {
        roles[edge.member].push_back(edge.role);
        ++members[edge.role];
    }
    const bool users = std::ranges::any_of(drawing.nodes, is_user);
    std::vector<Index> layer;
    for (const Node& node : drawing.nodes) layer.push_back(users && !is_user(node) ? 1 : 0);
    std::vector<bool> done(count, false);
    std::vector<Index> ready;
    const auto finish = [&](Index node) {
        done[node] = true;
        for (const Index role : roles[node]) {
            if (done[role]) continue;
            layer[role] = std::max(layer[role], layer[node] + 1);
            if (--members[role] == 0) ready.push_back(role);
        }
    };
    for (Index node = 0; node < count; ++node)
        if (members[node] == 0) ready.push_back(node);
    for (Index cut = 0; cut < count; ++cut) {
        for (std::size_t at = 0; at < ready.size(); ++at)
            if (!done[ready[at]]) finish(ready[at]);
        ready.clear();
        if (!done[cut]) finish(cut);  // in a circle, as nothing else is left
    }
    return layer;
}

// Roles that nobody is in stand next to those that they are in.
void draw_up(std::vector<Index>& layer, const Drawing& drawing) {
    constexpr Index none = 0xFFFFFFFF;
    std::vector<Index> lowest(layer.size(), none);  // of the roles that it is in
    std::vector<bool> has_members(layer.size(), false);
    for (const Edge& edge : drawing.edges) {
        lowest[edge.member] = std::min(lowest[edge.member], layer[edge.role]);
        has_members[edge.role] = true;
    }
    for (Index node = 0; node < layer.size(); ++node)
        if (!is_user(drawing.nodes[node]) && !has_members[node] && lowest[node] != none && lowest[node] != 0)
            layer[node] = std::max(layer[node], lowest[node] - 1);
}

}  // namespace

std::vector<std::uint32_t> layers(const Drawing& drawing) {
    auto layer = layers_of(drawing);
    draw_up(layer, drawing);
    return layer;
}

}  // namespace roost::svg
