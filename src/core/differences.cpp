#include "core/differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <span>
#include <string_view>

#include "core/describe.hpp"

namespace roost {

namespace {

// The names of two graphs in one order, so that memberships can be compared by number.
struct CommonNames {
    std::vector<std::string_view> names;
    std::vector<PrincipalId> of_before, of_after;  // by the graph's own id
};

using What = Difference::What;

Difference of_principal(What what, const Principal& principal) { return {what, principal.name, {}, {}}; }

// Merges the principals; tells where they differ.
CommonNames merge_principals(const RoleGraph& before, const RoleGraph& after, std::vector<Difference>& found) {
    const auto old_ones = before.principals();
    const auto new_ones = after.principals();
    CommonNames common;
    while (common.of_before.size() < old_ones.size() || common.of_after.size() < new_ones.size()) {
        const Principal* was = common.of_before.size() < old_ones.size() ? &old_ones[common.of_before.size()] : nullptr;
        const Principal* is = common.of_after.size() < new_ones.size() ? &new_ones[common.of_after.size()] : nullptr;
        const int order = !was ? 1 : !is ? -1 : was->name.compare(is->name);
        const auto number = static_cast<PrincipalId>(common.names.size());
        common.names.push_back(order <= 0 ? was->name : is->name);
        if (order <= 0) common.of_before.push_back(number);
        if (order >= 0) common.of_after.push_back(number);
        if (order < 0)
            found.push_back(of_principal(What::dropped, *was));
        else if (order > 0)
            found.push_back(of_principal(What::created, *is));
        else if (*was != *is)
            found.push_back(of_principal(What::altered, *is));
    }
    return common;
}

std::vector<Membership> renumbered(std::span<const Membership> rows, const std::vector<PrincipalId>& numbers) {
    std::vector<Membership> out(rows.begin(), rows.end());
    for (Membership& row : out) {
        row.role = numbers[row.role];
        row.member = numbers[row.member];
        if (row.grantor != no_principal) row.grantor = numbers[row.grantor];
    }
    return out;
}

std::strong_ordering by_ends_and_grantor(const Membership& a, const Membership& b) {
    if (const auto order = a.role <=> b.role; order != 0) return order;
    if (const auto order = a.member <=> b.member; order != 0) return order;
    return a.grantor <=> b.grantor;
}

// Whether both graphs give the principal the same attributes; the comment aside.
bool same_rights(std::string_view name, const RoleGraph& one, const RoleGraph& other) {
    const Principal& a = one.principal(*one.find(name));
    const Principal& b = other.principal(*other.find(name));
    return a.kind == b.kind && a.superuser == b.superuser && a.system == b.system && a.attributes == b.attributes;
}

}  // namespace

std::vector<Difference> differences(const RoleGraph& before, const RoleGraph& after) {
    std::vector<Difference> found;
    const CommonNames common = merge_principals(before, after, found);
    const auto name = [&](PrincipalId id) {
        return id == no_principal ? std::string{} : std::string(common.names[id]);
    };
    const auto tell = [&](What what, const Membership& row) {
        found.push_back({what, name(row.role), name(row.member), name(row.grantor)});
    };
    const std::vector<Membership> old_rows = renumbered(before.memberships(), common.of_before);
    const std::vector<Membership> new_rows = renumbered(after.memberships(), common.of_after);
    auto was = old_rows.begin();
    auto is = new_rows.begin();
    while (was != old_rows.end() || is != new_rows.end()) {
        const auto order = was == old_rows.end()  ? std::strong_ordering::greater
                           : is == new_rows.end() ? std::strong_ordering::less
                                                  : by_ends_and_grantor(*was, *is);
        if (order < 0)
            tell(What::revoked, *was);
        else if (order > 0)
            tell(What::granted, *is);
        else if (was->options != is->options)
            tell(What::options, *is);
        if (order <= 0) ++was;
        if (order >= 0) ++is;
    }
    return found;
}

std::vector<Difference> differences(const RoleGraph& before, const RoleGraph& after, const RoleGraph& outside) {
    std::vector<Difference> ours = differences(before, after);
    if (ours.empty()) return ours;
    std::vector<Difference> others = differences(before, outside);
    std::ranges::sort(others);
    std::erase_if(ours, [&](const Difference& d) {
        return std::ranges::binary_search(others, d) &&
               (d.what != What::altered || same_rights(d.role, after, outside));
    });
    return ours;
}

std::string to_string(const Difference& difference) {
    const std::string role = shown(difference.role);
    const std::string member = shown(difference.member);
    const std::string by = difference.grantor.empty() ? "" : fmt::format(" (grantor {})", shown(difference.grantor));
    switch (difference.what) {
        case What::created:
            return fmt::format("{} was created", role);
        case What::dropped:
            return fmt::format("{} was dropped", role);
        case What::altered:
            return fmt::format("{} was altered", role);
        case What::granted:
            return fmt::format("{} was granted {}{}", member, role, by);
        case What::revoked:
            return fmt::format("{} was revoked from {}{}", role, member, by);
        case What::options:
            return fmt::format("the options of {} for {} were altered{}", role, member, by);
    }
    return {};
}

}  // namespace roost
