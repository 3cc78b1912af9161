#include "core/graph.hpp"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <utility>

namespace roost {

namespace {

// Sorts the principals by name; gives the new id of each old one.
std::vector<PrincipalId> sort_by_name(std::vector<Principal>& principals) {
    std::vector<PrincipalId> order(principals.size());
    std::iota(order.begin(), order.end(), PrincipalId{0});
    std::ranges::sort(order, {}, [&](PrincipalId id) -> const std::string& { return principals[id].name; });

    std::vector<Principal> sorted;
    sorted.reserve(principals.size());
    std::vector<PrincipalId> new_id(principals.size());
    for (const PrincipalId old : order) {
        new_id[old] = static_cast<PrincipalId>(sorted.size());
        sorted.push_back(std::move(principals[old]));
    }
    principals = std::move(sorted);
    return new_id;
}

}  // namespace

RoleGraph::RoleGraph(std::vector<Principal> principals, std::vector<Membership> memberships)
    : principals_(std::move(principals)), memberships_(std::move(memberships)), by_member_(memberships_.size()) {
    const std::vector<PrincipalId> new_id = sort_by_name(principals_);
    assert(std::ranges::adjacent_find(principals_, {}, &Principal::name) == principals_.end());
    for (Membership& row : memberships_) {
        row.role = new_id.at(row.role);
        row.member = new_id.at(row.member);
        if (row.grantor != no_principal) row.grantor = new_id.at(row.grantor);
    }
    std::ranges::sort(memberships_);
    std::iota(by_member_.begin(), by_member_.end(), 0U);
    std::ranges::sort(by_member_, {}, [this](std::uint32_t row) { return std::pair(memberships_[row].member, row); });
    for (PrincipalId id = 0; id < principals_.size(); ++id)
        if (!principals_[id].alias.empty()) by_alias_.push_back(id);
    std::ranges::sort(by_alias_, {}, [this](PrincipalId id) -> const std::string& { return principals_[id].alias; });
}

std::optional<PrincipalId> RoleGraph::find(std::string_view name) const {
    const auto at =
        std::ranges::lower_bound(principals_, name, {}, [](const Principal& p) -> std::string_view { return p.name; });
    if (at != principals_.end() && at->name == name) return static_cast<PrincipalId>(at - principals_.begin());
    const auto alias = [this](PrincipalId id) -> std::string_view { return principals_[id].alias; };
    const auto other = std::ranges::lower_bound(by_alias_, name, {}, alias);
    if (other == by_alias_.end() || alias(*other) != name) return std::nullopt;
    return *other;
}

std::span<const Membership> RoleGraph::members_of(PrincipalId role) const {
    const auto rows = std::ranges::equal_range(memberships_, role, {}, &Membership::role);
    return {rows.begin(), rows.end()};
}

std::span<const std::uint32_t> RoleGraph::roles_of(PrincipalId member) const {
    const auto rows = std::ranges::equal_range(by_member_, member, {},
                                               [this](std::uint32_t row) { return memberships_[row].member; });
    return {rows.begin(), rows.end()};
}

std::optional<std::uint32_t> RoleGraph::options_of(std::string_view role, std::string_view member) const {
    const auto role_id = find(role);
    const auto member_id = find(member);
    if (!role_id || !member_id) return std::nullopt;
    const auto rows = std::ranges::equal_range(members_of(*role_id), *member_id, {}, &Membership::member);
    if (rows.empty()) return std::nullopt;
    std::uint32_t options = 0;
    for (const Membership& row : rows) options |= row.options;
    return options;
}

}  // namespace roost
