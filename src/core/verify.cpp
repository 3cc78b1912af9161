#include "core/verify.hpp"

#include <fmt/format.h>

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

}  // namespace

Errors unmet(const RoleGraph& actual, const Declared& declared, std::uint32_t membership_options) {
    Errors errors;
    for (const PlanLine& line : diff(actual, declared, membership_options)) {
        errors.push_back({.message = std::visit(StillNeeded{}, *line.change), .place = line.place});
    }
    return errors;
}

}  // namespace roost
