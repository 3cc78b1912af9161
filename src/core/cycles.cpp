#include "core/cycles.hpp"

#include <algorithm>

namespace roost {

namespace {

// Depth-first from member to role. An edge to a node that is still on the stack closes a cycle.
class CycleSearch {
public:
    explicit CycleSearch(const RoleGraph& graph) : graph_(graph), state_(graph.principals().size(), State::unseen) {}

    void from(PrincipalId start) {
        if (state_[start] != State::unseen) return;
        enter(start);
        while (!stack_.empty()) step();
    }
    std::vector<Cycle> found;

private:
    enum class State : std::uint8_t { unseen, on_stack, finished };
    struct Visit {
        PrincipalId node;
        std::size_t next = 0;  // index into roles_of(node)
    };

    void enter(PrincipalId node) {
        state_[node] = State::on_stack;
        stack_.push_back({node});
    }

    void step() {
        Visit& top = stack_.back();
        const auto rows = graph_.roles_of(top.node);
        if (top.next == rows.size()) {
            state_[top.node] = State::finished;
            stack_.pop_back();
            return;
        }
        const std::size_t at = top.next++;
        const PrincipalId role = graph_.memberships()[rows[at]].role;
        const bool other_grantor = at > 0 && graph_.memberships()[rows[at - 1]].role == role;
        if (other_grantor) return;
        if (state_[role] == State::unseen)
            enter(role);
        else if (state_[role] == State::on_stack)
            close_at(role);
    }

    void close_at(PrincipalId role) {
        const auto begin = std::ranges::find(stack_, role, &Visit::node);
        Cycle cycle;
        for (auto at = begin; at != stack_.end(); ++at) cycle.push_back(at->node);
        std::ranges::rotate(cycle, std::ranges::min_element(cycle));
        found.push_back(std::move(cycle));
    }

    const RoleGraph& graph_;
    std::vector<State> state_;
    std::vector<Visit> stack_;
};

}  // namespace

std::vector<Cycle> cycles(const RoleGraph& graph) {
    CycleSearch search(graph);
    for (PrincipalId id = 0; id < graph.principals().size(); ++id) search.from(id);
    return std::move(search.found);
}

}  // namespace roost
