#include "core/declared.hpp"

#include <algorithm>

namespace roost {

const DeclaredRole* Declared::find(std::string_view name) const {
    const auto at =
        std::ranges::lower_bound(roles, name, {}, [](const DeclaredRole& r) -> std::string_view { return r.name; });
    return at != roles.end() && at->name == name ? &*at : nullptr;
}

Declared in_names_of(const RoleGraph& graph, Declared declared) {
    for (DeclaredRole& role : declared.roles) {
        if (!role.members) continue;
        for (DeclaredMember& member : *role.members) member.member = name_in(graph, member.member);
        std::ranges::stable_sort(*role.members, {}, &DeclaredMember::member);
    }
    return declared;
}

std::string name_in(const RoleGraph& graph, const std::string& name) {
    const auto id = graph.find(name);
    return id ? std::string(graph.name(*id)) : name;
}

Declared without_missing(Declared declared, const RoleGraph& graph) {
    const auto missing = [&](const DeclaredMember& member) {
        return !graph.find(member.member) && !declared.find(member.member);
    };
    for (DeclaredRole& role : declared.roles)
        if (role.members) std::erase_if(*role.members, missing);
    return declared;
}

}  // namespace roost
