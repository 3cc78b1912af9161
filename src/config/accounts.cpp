#include "config/accounts.hpp"

#include <fmt/format.h>

#include <utility>

namespace roost::config {

namespace {

constexpr std::string_view example = "[\"alice@10.0.0.%\", \"alice_app\"]";

std::vector<std::string> names_in(const Node& list, Reader& reader) {
    std::vector<std::string> names;
    for (const Node& node : list.children) {
        std::string name;
        reader.read(node, "\"alice_app\"", name);
        if (!name.empty()) names.push_back(std::move(name));
    }
    return names;
}

std::vector<MemberSetting> expanded(const std::vector<MemberSetting>& members, const Accounts& accounts) {
    std::vector<MemberSetting> all;
    for (const MemberSetting& member : members) {
        const auto person = accounts.find(member.name);
        if (person == accounts.end()) {
            all.push_back(member);
            continue;
        }
        for (const std::string& account : person->second) {
            all.push_back(member);
            all.back().name = account;
        }
    }
    return all;
}

}  // namespace

void read_accounts(const Node& node, Environment& environment, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    for (const Node& person : node.children) {
        if (!reader.named(person) || !reader.is(person, Type::array, example)) continue;
        std::vector<std::string> names = names_in(person, reader);
        if (person.children.empty())
            reader.refuse(person.place, fmt::format("{} names no account", person.path),
                          fmt::format("write {} = {}, or take it out", person.key, example));
        environment.accounts.emplace(person.key, std::move(names));
    }
}

void expand_accounts(Environment& environment) {
    for (auto* lists : {&environment.memberships, &environment.toggles})
        for (MembershipSetting& setting : *lists) setting.members = expanded(setting.members, environment.accounts);
}

}  // namespace roost::config
