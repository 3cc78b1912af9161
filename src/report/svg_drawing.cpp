#include "report/svg_drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace roost::svg {
namespace {

using Was = Picture::Was;
constexpr std::size_t least_in_box = 4;  // users
constexpr std::uint32_t nowhere = 0xFFFFFFFF;

enum class Fold : std::uint8_t { nothing, unchanged, all };

// By what users are drawn as one: what became of them, and their memberships.
struct Tie {
    std::uint32_t role;
    Was was;
    bool effective;
    auto operator<=>(const Tie&) const = default;
};
struct Bundle {
    Was was;
    std::vector<Tie> ties;  // by role
    auto operator<=>(const Bundle&) const = default;
    bool changes() const {
        return was != Was::kept || std::ranges::any_of(ties, [](const Tie& tie) { return tie.was != Was::kept; });
    }
};

class Drafting {
public:
    Drafting(const Picture& picture, Fold fold)
        : picture_(picture), fold_(fold), bundles_(picture.nodes.size()), drawn_as_(picture.nodes.size(), nowhere) {}

    Drawing drawn() && {
        gather();
        for (std::uint32_t index = 0; index < picture_.nodes.size(); ++index)
            if (!bundles_[index]) drawn_as_[index] = add_alone(index);
        for (const Picture::Edge& edge : picture_.edges)
            if (!bundles_[edge.member])
                out_.edges.push_back({drawn_as_[edge.role], drawn_as_[edge.member], edge.was, edge.effective});
        for (const auto& [bundle, users] : users_) add(bundle, users);
        std::ranges::sort(out_.edges, {}, [](const Edge& edge) { return std::pair(edge.role, edge.member); });
        return std::move(out_);
    }

private:
    // Users who have no members of their own.
    void gather() {
        for (std::uint32_t index = 0; index < picture_.nodes.size(); ++index)
            if (picture_.nodes[index].kind == PrincipalKind::user)
                bundles_[index] = Bundle{picture_.nodes[index].was, {}};
        for (const Picture::Edge& edge : picture_.edges) bundles_[edge.role].reset();
        for (const Picture::Edge& edge : picture_.edges)
            if (bundles_[edge.member]) bundles_[edge.member]->ties.push_back({edge.role, edge.was, edge.effective});
        for (std::uint32_t index = 0; index < picture_.nodes.size(); ++index)
            if (bundles_[index]) users_[*bundles_[index]].push_back(index);
    }

    bool folds(const Bundle& bundle) const {
        return fold_ == Fold::all || (fold_ == Fold::unchanged && !bundle.changes());
    }

    void add(const Bundle& bundle, const std::vector<std::uint32_t>& users) {
        if (users.size() >= least_in_box) return add_box(bundle, users);
        if (folds(bundle)) return add_to_roles(bundle, users.size());
        for (const std::uint32_t user : users) tie(bundle, add_alone(user));
    }

    void add_box(const Bundle& bundle, const std::vector<std::uint32_t>& users) {
        Node node{.names = {}, .number = users.size(), .kind = PrincipalKind::user, .was = bundle.was};
        if (!folds(bundle))
            for (const std::uint32_t user : users) node.names.push_back(picture_.nodes[user].name);
        out_.nodes.push_back(std::move(node));
        tie(bundle, last());
    }

    // Few with the same roles: they are counted at each of them.
    void add_to_roles(const Bundle& bundle, std::size_t number) {
        for (const Tie& one : bundle.ties) {
            const auto [at, first] = counts_.try_emplace({bundle.was, one}, 0);
            if (first) {
                out_.nodes.push_back(
                    {.names = {}, .number = 0, .kind = PrincipalKind::user, .was = bundle.was, .several_roles = true});
                at->second = last();
                tie({bundle.was, {one}}, last());
            }
            out_.nodes[at->second].number += number;
        }
    }

    void tie(const Bundle& bundle, std::uint32_t node) {
        for (const Tie& one : bundle.ties) out_.edges.push_back({drawn_as_[one.role], node, one.was, one.effective});
    }

    std::uint32_t add_alone(std::uint32_t index) {
        const Picture::Node& node = picture_.nodes[index];
        out_.nodes.push_back(
            {.names = {node.name}, .toggle = node.toggle, .kind = node.kind, .managed = node.managed, .was = node.was});
        return last();
    }
    std::uint32_t last() const { return static_cast<std::uint32_t>(out_.nodes.size() - 1); }

    const Picture& picture_;
    Fold fold_;
    std::vector<std::optional<Bundle>> bundles_;  // by index; of users that may be drawn with others
    std::vector<std::uint32_t> drawn_as_;
    std::map<Bundle, std::vector<std::uint32_t>> users_;
    std::map<std::pair<Was, Tie>, std::uint32_t> counts_;  // the node of each role's folded users
    Drawing out_;
};

bool fits(const Drawing& drawing) {
    std::size_t names = 0;
    for (const Node& node : drawing.nodes) names += std::max<std::size_t>(1, node.names.size());
    return names <= most_drawn && drawing.edges.size() <= most_lines;
}

// What changes, and what that hangs on.
Picture changed_part(const Picture& picture) {
    std::vector<bool> kept(picture.nodes.size());
    for (std::size_t i = 0; i < kept.size(); ++i) kept[i] = picture.nodes[i].was != Was::kept;
    for (const Picture::Edge& edge : picture.edges)
        if (edge.was != Was::kept) kept[edge.role] = kept[edge.member] = true;
    Picture part;
    std::vector<std::uint32_t> index(kept.size(), nowhere);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (!kept[i]) continue;
        index[i] = static_cast<std::uint32_t>(part.nodes.size());
        part.nodes.push_back(picture.nodes[i]);
    }
    for (Picture::Edge edge : picture.edges) {
        if (edge.was == Was::kept) continue;
        edge.role = index[edge.role];
        edge.member = index[edge.member];
        part.edges.push_back(edge);
    }
    return part;
}

}  // namespace

Drawing drawing(const Picture& picture) {
    if (picture.nodes.size() <= most_unfolded) return Drafting(picture, Fold::nothing).drawn();
    Drawing drawn = Drafting(picture, Fold::unchanged).drawn();
    drawn.left_out = "Users at whom nothing changes are drawn as a number.";
    if (fits(drawn)) return drawn;

    const Picture part = changed_part(picture);
    drawn = Drafting(part, Fold::nothing).drawn();
    drawn.left_out = "Only what changes is drawn.";
    if (fits(drawn)) return drawn;
    drawn = Drafting(part, Fold::all).drawn();
    drawn.left_out = "Only what changes is drawn, and users as a number; the list of changes names them.";
    if (fits(drawn)) return drawn;
    return {.nodes = {},
            .edges = {},
            .left_out = fmt::format("{} principals change, too many to draw; the list of changes names them.",
                                    part.nodes.size())};
}

}  // namespace roost::svg
