#include "core/change.hpp"

namespace roost {

bool is_about_roles(const Change& change) {
    return std::holds_alternative<CreateRole>(change) || std::holds_alternative<MarkRole>(change);
}

const std::string& role_of(const Change& change) {
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.role; })
                return each.role;
            else
                return each.user;
        },
        change);
}

const std::string& member_of(const Change& change) {
    static const std::string nobody;
    return std::visit(
        [](const auto& each) -> const std::string& {
            if constexpr (requires { each.member; })
                return each.member;
            else
                return nobody;
        },
        change);
}

}  // namespace roost
