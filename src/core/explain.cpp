#include "core/explain.hpp"

#include <algorithm>
#include <set>

namespace roost {

namespace {

using NodeIndex = std::uint32_t;

bool inherits_rights(const Membership& row) { return (row.options & option::inherit) != 0; }

// The part of the graph between a member and a role: every node lies on a walk from one to the other. Grantors are not
// kept apart: a membership is one edge, shown by its first row that is effective.
class Between {
public:
    Between(const RoleGraph& graph, PrincipalId member, PrincipalId role)
        : graph_(graph), member_(member), role_(role) {
        if (member == role) return;
        collect(reached_upwards());
    }

    struct Edge {
        NodeIndex to;
        Membership row;
    };
    bool empty() const { return nodes_.empty(); }
    std::size_t size() const { return nodes_.size(); }
    NodeIndex start() const { return index_of(member_); }
    NodeIndex goal() const { return index_of(role_); }
    const std::vector<Edge>& edges(NodeIndex node) const { return edges_[node]; }

    // A shortest way over the edges that `passes` lets through; empty: there is none.
    template <class Filter>
    std::vector<Edge> shortest(Filter passes) const {
        std::vector<std::optional<Step>> by(size());
        std::vector<NodeIndex> queue = {start()};
        for (std::size_t at = 0; at < queue.size() && !by[goal()]; ++at) {
            for (const Edge& edge : edges_[queue[at]]) {
                if (by[edge.to] || !passes(edge.row)) continue;
                by[edge.to] = Step{queue[at], edge};
                queue.push_back(edge.to);
            }
        }
        std::vector<Edge> way;
        if (!by[goal()]) return way;
        for (NodeIndex at = goal(); at != start(); at = by[at]->from) way.push_back(by[at]->edge);
        std::ranges::reverse(way);
        return way;
    }

private:
    struct Step {
        NodeIndex from;
        Edge edge;
    };

    NodeIndex index_of(PrincipalId id) const {
        return static_cast<NodeIndex>(std::ranges::lower_bound(nodes_, id) - nodes_.begin());
    }

    // What the member reaches without passing through the role; the member and the role themselves included.
    std::set<PrincipalId> reached_upwards() const {
        std::set<PrincipalId> seen = {member_};
        std::vector<PrincipalId> queue = {member_};
        for (std::size_t at = 0; at < queue.size(); ++at) {
            if (queue[at] == role_) continue;
            for (const std::uint32_t row : graph_.roles_of(queue[at])) {
                const PrincipalId next = graph_.memberships()[row].role;
                if (seen.insert(next).second) queue.push_back(next);
            }
        }
        return seen;
    }

    // Keeps, of what the member reaches, what reaches the role.
    void collect(const std::set<PrincipalId>& reached) {
        if (!reached.contains(role_)) return;
        std::set<PrincipalId> kept = {role_};
        std::vector<PrincipalId> queue = {role_};
        for (std::size_t at = 0; at < queue.size(); ++at) {
            for (const Membership& row : graph_.members_of(queue[at])) {
                if (reached.contains(row.member) && kept.insert(row.member).second) queue.push_back(row.member);
            }
        }
        nodes_.assign(kept.begin(), kept.end());
        edges_.resize(nodes_.size());
        for (NodeIndex node = 0; node < nodes_.size(); ++node) {
            if (nodes_[node] != role_) collect_edges(node, kept);
        }
    }

    void collect_edges(NodeIndex node, const std::set<PrincipalId>& kept) {
        auto& edges = edges_[node];
        for (const std::uint32_t index : graph_.roles_of(nodes_[node])) {
            const Membership& row = graph_.memberships()[index];
            if (!kept.contains(row.role)) continue;
            const NodeIndex to = index_of(row.role);
            if (edges.empty() || edges.back().to != to)
                edges.push_back({to, row});
            else if (!inherits_rights(edges.back().row) && inherits_rights(row))
                edges.back().row = row;
        }
    }

    const RoleGraph& graph_;
    PrincipalId member_;
    PrincipalId role_;
    std::vector<PrincipalId> nodes_;        // by id
    std::vector<std::vector<Edge>> edges_;  // by node, upwards, by role
};

// Lists simple paths, shortest first: all of length one, then of two, and so on. A step is taken only where the goal
// lies at exactly the distance that is left, so without cycles every step belongs to a path that is listed.
class PathList {
public:
    PathList(const Between& between, std::size_t limit)
        : between_(between), limit_(limit), below_(between.size()), visited_(between.size()) {
        for (NodeIndex node = 0; node < between.size(); ++node) {
            for (const Between::Edge& edge : between.edges(node)) below_[edge.to].push_back(node);
        }
        // No simple path is longer than the number of nodes allows.
        for (std::size_t length = 1; length < between.size() && !more && !levels_.back().empty(); ++length) {
            if (next_level()) walk(length);
        }
    }

    std::vector<RolePath> paths;
    bool more = false;

private:
    // Databases hold no cycles; among many of them the search could take for ever, so its steps are counted.
    bool spend() {
        if (steps_left_ == 0)
            more = true;
        else
            --steps_left_;
        return !more;
    }

    // The nodes that are one step farther from the goal than those of the last level; whether the start is among them.
    bool next_level() {
        std::vector<NodeIndex> level;
        for (const NodeIndex node : levels_.back()) {
            if (!spend()) return false;
            level.insert(level.end(), below_[node].begin(), below_[node].end());
        }
        std::ranges::sort(level);
        const auto twice = std::ranges::unique(level);
        level.erase(twice.begin(), twice.end());
        levels_.push_back(std::move(level));
        return std::ranges::binary_search(levels_.back(), between_.start());
    }

    void walk(std::size_t length) {
        struct Visit {
            NodeIndex node;
            std::size_t next = 0;
        };
        std::vector<Visit> stack = {{between_.start()}};
        std::vector<Membership> rows;
        visited_[between_.start()] = true;
        while (!stack.empty() && !more) {
            Visit& top = stack.back();
            const auto& edges = between_.edges(top.node);
            if (top.next == edges.size()) {
                visited_[top.node] = false;
                stack.pop_back();
                if (!rows.empty()) rows.pop_back();
                continue;
            }
            const Between::Edge& edge = edges[top.next++];
            const std::size_t left = length - stack.size();
            if (!spend() || visited_[edge.to] || !std::ranges::binary_search(levels_[left], edge.to)) continue;
            rows.push_back(edge.row);
            if (left == 0) {
                list(rows);
                rows.pop_back();
                continue;
            }
            visited_[edge.to] = true;
            stack.push_back({edge.to});
        }
    }

    void list(const std::vector<Membership>& rows) {
        if (paths.size() == limit_) {
            more = true;
            return;
        }
        paths.push_back({rows, std::ranges::all_of(rows, inherits_rights)});
    }

    const Between& between_;
    std::size_t limit_;
    std::vector<std::vector<NodeIndex>> below_;  // by node, downwards
    std::vector<bool> visited_;
    std::vector<std::vector<NodeIndex>> levels_ = {
        {between_.goal()}};  // by distance to the goal: the nodes that lie there
    std::uint64_t steps_left_ = 20'000'000;
};

// Edges of `way` that every other way takes too, nearest to the goal first. From each node of `way` in turn, follow all
// other edges: its own next edge is a cut if nothing found so far leads back into `way` beyond it.
std::vector<Membership> cuts_of(const Between& between, const std::vector<Between::Edge>& way) {
    constexpr std::size_t off_the_way = 0;
    std::vector<std::size_t> position(between.size(), off_the_way);
    for (std::size_t at = 0; at < way.size(); ++at) position[way[at].to] = at + 1;

    std::vector<Membership> cuts;
    std::vector<bool> seen(between.size());
    std::size_t farthest = 0;
    NodeIndex node = between.start();
    for (std::size_t at = 0; at < way.size(); node = way[at++].to) {
        std::vector<NodeIndex> queue = {node};
        for (std::size_t next = 0; next < queue.size(); ++next) {
            for (const Between::Edge& edge : between.edges(queue[next])) {
                if (queue[next] == node && edge.to == way[at].to) continue;
                if (position[edge.to] != off_the_way) {
                    farthest = std::max(farthest, position[edge.to]);
                } else if (!seen[edge.to]) {
                    seen[edge.to] = true;
                    queue.push_back(edge.to);
                }
            }
        }
        if (farthest <= at) cuts.push_back(way[at].row);
    }
    std::ranges::reverse(cuts);
    return cuts;
}

}  // namespace

Explanation explain(const RoleGraph& graph, PrincipalId member, PrincipalId role, std::size_t limit) {
    const Between between(graph, member, role);
    Explanation explanation;
    if (between.empty()) return explanation;
    PathList list(between, limit);
    explanation.paths = std::move(list.paths);
    explanation.more = list.more;
    explanation.effective = !between.shortest(inherits_rights).empty();
    explanation.cuts = cuts_of(between, between.shortest([](const Membership&) { return true; }));
    if (!explanation.cuts.empty()) return explanation;
    for (NodeIndex node = 0; node < between.size(); ++node) {
        for (const Between::Edge& edge : between.edges(node)) {
            if (edge.to == between.goal()) explanation.all_of.push_back(edge.row);
        }
    }
    return explanation;
}

}  // namespace roost
