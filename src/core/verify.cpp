#include "core/verify.hpp"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "core/describe.hpp"

namespace roost {

namespace {

// What a change that is still needed says about the database as it is.
struct StillNeeded {
    std::string operator()(const CreateRole& c) const { return fmt::format("role {} does not exist", shown(c.role)); }
    std::string operator()(const MarkRole& c) const {
        return fmt::format("role {} does not carry this project's mark", shown(c.role));
    }
    std::string operator()(const Grant& c) const {
        return fmt::format("{} is declared a member of {} but is none", shown(c.member), shown(c.role));
    }
    std::string operator()(const AlterMembership& c) const {
        return fmt::format("the membership of {} in {} lacks what is declared: {}", shown(c.member), shown(c.role),
                           describe(c.options));
    }
    std::string operator()(const Revoke& c) const {
        const std::string by = c.grantor.empty() ? "" : fmt::format(" (grantor {})", shown(c.grantor));
        return fmt::format("{} is a member of {}{} but is not declared", shown(c.member), shown(c.role), by);
    }
    std::string operator()(const DropRole& c) const { return fmt::format("role {} exists", shown(c.role)); }
    std::string operator()(const CreateUser& c) const { return fmt::format("user {} does not exist", shown(c.user)); }
};

// Whether the difference is within what the run may do to the managed roles.
bool is_managed(const Difference& d, const RoleGraph& before, const RoleGraph& after, const Declared& declared) {
    if (!declared.find(d.role) || d.what == Difference::What::dropped) return false;
    if (d.what != Difference::What::altered) return true;
    const Principal& was = before.principal(*before.find(d.role));
    const Principal& is = after.principal(*after.find(d.role));
    return was.kind == is.kind && was.superuser == is.superuser && was.system == is.system;
}

}  // namespace

std::vector<Difference> strayed(const RoleGraph& before, const RoleGraph& after, const RoleGraph& outside,
                                const Declared& declared, const std::set<std::string>& touched) {
    std::vector<Difference> ours = differences(before, after, outside);
    std::erase_if(
        ours, [&](const Difference& d) { return touched.contains(d.role) || is_managed(d, before, after, declared); });
    return ours;
}

std::size_t revocations(const RoleGraph& before, const RoleGraph& after, const Declared& declared) {
    std::set<std::pair<std::string_view, std::string_view>> lost;
    for (const Membership& row : before.memberships()) {
        const DeclaredRole* role = declared.find(before.name(row.role));
        if (!role || !role->members) continue;
        const std::string_view member = before.name(row.member);
        const auto left = after.options_of(role->name, member);
        if (!left || (row.options & ~*left) != 0) lost.emplace(role->name, member);
    }
    return lost.size();
}

Errors unmet(const RoleGraph& actual, const Declared& declared, const MembershipRules& rules) {
    Errors errors;
    for (const PlanLine& line : diff(actual, declared, rules)) {
        errors.push_back({.message = std::visit(StillNeeded{}, *line.change), .place = line.place});
    }
    return errors;
}

}  // namespace roost
