#include "config/members.hpp"

#include <fmt/format.h>

#include <map>

#include "core/nearest.hpp"

namespace roost::config {

namespace {

constexpr std::string_view list_example = "[\"alice\", \"bob\"]";

template <std::uint32_t bit>
void read_option(const Node& node, MemberSetting& member, Reader& reader) {
    std::optional<bool> value;
    reader.read(node, {}, value);
    if (!value) return;
    member.options.stated |= bit;
    if (*value) member.options.value |= bit;
}

constexpr Key<MemberSetting> member_keys[] = {
    {"member", &MemberSetting::name, "\"carol\""},
    {"inherit", read_option<option::inherit>},
    {"set", read_option<option::set>},
    {"admin", read_option<option::admin>},
    {"default_role", read_option<option::default_role>},
    {"until", Planned{}},
};

std::optional<MemberSetting> read_member(const Node& node, Reader& reader) {
    MemberSetting member;
    member.place = node.place;
    if (node.type == Type::string) {
        reader.read(node, list_example, member.name);
    } else if (node.type == Type::table) {
        read_section(node, member_keys, member, reader);
        if (!node.find("member")) {
            reader.refuse(node.place, fmt::format("{} names no member", node.path), "write { member = \"carol\", … }");
        }
    } else {
        reader.refuse(node.place, fmt::format("{} is {}", node.path, to_string(node.type)),
                      "a member is a string or a table, as \"alice\" or { member = \"carol\", inherit = false }");
    }
    if (member.name.empty()) return std::nullopt;
    return member;
}

void read_toggle_on(const Node& node, MembershipSetting& toggle, Reader& reader) {
    // The role is known to read_toggles alone, which hands it over in the name.
    if (auto members = read_members(node, toggle.name, reader)) toggle.members = *std::move(members);
}

constexpr Key<MembershipSetting> toggle_setting_keys[] = {
    {"on", read_toggle_on},
    {"rollout", Planned{}},
    {"until", Planned{}},
    {"eligible", Planned{}},
    {"after", Planned{}},
    {"expires", Planned{}},
    {"salt", Planned{}},
    {"variants", Planned{}},
    {"role", Elsewhere{"roost.toml"}},
    {"description", Elsewhere{"roost.toml"}},
    {"owner", Elsewhere{"roost.toml"}},
    {"requires", Elsewhere{"roost.toml"}},
};

void refuse_unknown_toggle(const Node& node, const Project& project, Reader& reader) {
    std::vector<std::string> known;
    for (const ToggleSetting& toggle : project.toggles) known.push_back(toggle.name);
    reader.refuse(node.place, fmt::format("roost.toml has no toggle {}", quoted(node.key)),
                  known.empty() ? "declare it there first" : suggest(node.key, known));
}

}  // namespace

std::optional<std::vector<MemberSetting>> read_members(const Node& list, std::string_view role, Reader& reader) {
    if (!reader.is(list, Type::array, list_example)) return std::nullopt;
    std::vector<MemberSetting> members;
    std::map<std::string, Place> seen;
    for (const Node& node : list.children) {
        auto member = read_member(node, reader);
        if (!member) continue;
        const auto [first, fresh] = seen.emplace(member->name, member->place);
        if (member->name == role) {
            reader.refuse(node.place, fmt::format("{}: role {} as a member of itself", node.path, quoted(role)),
                          "take it out");
        } else if (!fresh) {
            reader.refuse(node.place,
                          fmt::format("{}: {} is in this list already, at {}", node.path, quoted(member->name),
                                      to_string(first->second)),
                          "name each member once");
        } else {
            members.push_back(*std::move(member));
        }
    }
    return members;
}

void read_memberships(const Node& node, Environment& environment, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    for (const Node& role : node.children) {
        if (!reader.named(role)) continue;
        auto members = read_members(role, role.key, reader);
        if (members) environment.memberships.push_back({role.key, *std::move(members), role.place});
    }
}

void read_toggles(const Node& node, Environment& environment, const Project& project, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    for (const Node& toggle : node.children) {
        if (!reader.named(toggle) || !reader.is(toggle, Type::table, "{ on = [\"alice\"] }")) continue;
        const ToggleSetting* known = project.toggle(toggle.key);
        if (!known) refuse_unknown_toggle(toggle, project, reader);
        MembershipSetting setting{known ? known->role : std::string(), {}, toggle.place};
        read_section(toggle, toggle_setting_keys, setting, reader);
        if (toggle.children.empty()) {
            reader.refuse(
                toggle.place, fmt::format("{} does not say who is on", toggle.path),
                "write on = [\"alice\"], on = [] for nobody, or take the section out to leave the toggle alone");
        }
        setting.name = toggle.key;
        environment.toggles.push_back(std::move(setting));
    }
}

void refuse_two_sources(const Environment& environment, const Project& project, Reader& reader) {
    for (const MembershipSetting& toggle : environment.toggles) {
        const ToggleSetting* known = project.toggle(toggle.name);
        if (!known) continue;  // refused already
        const auto [listed, none] =
            std::ranges::equal_range(environment.memberships, known->role, {}, &MembershipSetting::name);
        if (listed == none) continue;
        reader.refuse(
            std::max(toggle.place, listed->place),
            fmt::format("two sources for the members of role {}: toggle {} at {} and [memberships] at {}",
                        quoted(known->role), quoted(toggle.name), to_string(toggle.place), to_string(listed->place)),
            "keep one of them");
    }
}

}  // namespace roost::config
