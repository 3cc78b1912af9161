#include "core/picture.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace roost {
namespace {

// Who is reached from managed roles, down to their members and up to what they are in, as bits by id.
class Reached {
public:
    Reached(const RoleGraph& graph, const Declared& declared) : graph_(graph), is_(graph.principals().size(), false) {
        std::vector<PrincipalId> managed;
        for (const DeclaredRole& role : declared.roles)
            if (const auto id = graph.find(role.name)) managed.push_back(*id);
        walk(managed, [&](PrincipalId role, auto&& take) {
            for (const Membership& row : graph_.members_of(role)) take(row.member);
        });
        walk(managed, [&](PrincipalId member, auto&& take) {
            for (const std::uint32_t row : graph_.roles_of(member)) take(graph_.memberships()[row].role);
        });
    }

    std::vector<std::string_view> names() const {
        std::vector<std::string_view> out;
        for (PrincipalId id = 0; id < is_.size(); ++id)
            if (is_[id]) out.push_back(graph_.name(id));
        return out;
    }

private:
    void walk(std::vector<PrincipalId> open, const auto& next) {
        std::vector<bool> seen(is_.size(), false);
        for (const PrincipalId id : open) seen[id] = is_[id] = true;
        while (!open.empty()) {
            const PrincipalId id = open.back();
            open.pop_back();
            next(id, [&](PrincipalId found) {
                if (seen[found]) return;
                seen[found] = is_[found] = true;
                open.push_back(found);
            });
        }
    }

    const RoleGraph& graph_;
    std::vector<bool> is_;
};

std::vector<std::string_view> names_of(const RoleGraph& before, const RoleGraph& after, const Declared& declared) {
    const auto first = Reached(before, declared).names();
    const auto second = Reached(after, declared).names();
    std::vector<std::string_view> all;
    std::ranges::set_union(first, second, std::back_inserter(all));
    return all;
}

const Principal* principal_of(const RoleGraph& graph, std::string_view name) {
    const auto id = graph.find(name);
    return id && graph.name(*id) == name ? &graph.principal(*id) : nullptr;
}

Picture::Was told(const Principal* before, const Principal* after) {
    if (!before) return Picture::Was::added;
    if (!after) return Picture::Was::removed;
    const bool same = before->kind == after->kind && before->comment == after->comment &&
                      before->superuser == after->superuser && before->attributes == after->attributes;
    return same ? Picture::Was::kept : Picture::Was::altered;
}

constexpr std::uint32_t not_there = 0xFFFFFFFF;  // no option has this bit pattern

struct BeforeAfter {
    std::uint32_t before = not_there;
    std::uint32_t after = not_there;
};
using Edges = std::map<std::pair<std::uint32_t, std::uint32_t>, BeforeAfter>;

// The options of each membership between principals of the picture, over all of its grantors.
void add_edges(Edges& edges, const RoleGraph& graph, const std::vector<std::string_view>& names,
               std::uint32_t BeforeAfter::*when) {
    std::vector<std::uint32_t> index(graph.principals().size(), not_there);
    for (std::uint32_t at = 0; at < names.size(); ++at)
        if (const Principal* found = principal_of(graph, names[at]))
            index[static_cast<std::size_t>(found - graph.principals().data())] = at;
    for (const Membership& row : graph.memberships()) {
        if (index[row.role] == not_there || index[row.member] == not_there) continue;
        std::uint32_t& options = edges[{index[row.role], index[row.member]}].*when;
        options = options == not_there ? row.options : options | row.options;
    }
}

Picture::Was told(const BeforeAfter& options) {
    if (options.before == not_there) return Picture::Was::added;
    if (options.after == not_there) return Picture::Was::removed;
    return options.before == options.after ? Picture::Was::kept : Picture::Was::altered;
}

}  // namespace

Picture picture(const RoleGraph& before, const RoleGraph& after, const Declared& declared) {
    Picture picture;
    const auto names = names_of(before, after, declared);
    for (const std::string_view name : names) {
        const Principal* was = principal_of(before, name);
        const Principal* is = principal_of(after, name);
        const DeclaredRole* managed = declared.find(name);
        picture.nodes.push_back({.name = std::string(name),
                                 .toggle = managed ? managed->toggle : std::string{},
                                 .kind = (is ? is : was)->kind,
                                 .managed = managed != nullptr,
                                 .was = told(was, is)});
    }
    Edges edges;
    add_edges(edges, before, names, &BeforeAfter::before);
    add_edges(edges, after, names, &BeforeAfter::after);
    for (const auto& [key, options] : edges) {
        const std::uint32_t now = options.after == not_there ? options.before : options.after;
        picture.edges.push_back(
            {.role = key.first, .member = key.second, .was = told(options), .effective = (now & option::inherit) != 0});
    }
    return picture;
}

}  // namespace roost
