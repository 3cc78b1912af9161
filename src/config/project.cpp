// roost.toml
#include <fmt/format.h>

#include <map>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace roost {

namespace config {
namespace {

constexpr std::string_view environment_files = "environments/ENV.toml";

void read_name(const Node& node, Project& project, Reader& reader) {
    if (!reader.is(node, Type::string, "\"payroll\"")) return;
    if (node.text.find_first_not_of(" \t") == std::string::npos) {
        reader.refuse(node.value_place, "project.name is empty", "write the project's name, as name = \"payroll\"");
    } else if (has_control_character(node.text)) {
        reader.refuse(node.value_place, "project.name holds a control character", "write it on one line, without tabs");
    } else {
        project.name = node.text;
    }
}

constexpr Key<Project> project_keys[] = {
    {"name", read_name},
};

constexpr Key<RoleSetting> role_keys[] = {
    {"description", &RoleSetting::description, "\"the HR department\""},
};

void read_expires(const Node& node, ToggleSetting& toggle, Reader& reader) {
    if (!reader.is(node, Type::moment, "2027-03-31")) return;
    if (node.text.empty())
        return reader.refuse(node.value_place, node.path + " is a time, or has one",
                             "write a date alone, as expires = 2027-03-31");
    toggle.expires = node.text;
}

constexpr Key<ToggleSetting> toggle_keys[] = {
    {"role", &ToggleSetting::role, "\"guineapigs\""},
    {"description", &ToggleSetting::description, "\"the new payroll run\""},
    {"owner", &ToggleSetting::owner, "\"payroll team\""},
    {"requires", &ToggleSetting::needs, "\"5.2\""},
    {"eligible", Planned{}},
    {"after", Planned{}},
    {"expires", read_expires},
    {"salt", Planned{}},
    {"variants", Planned{}},
    {"on", Elsewhere{environment_files}},
    {"rollout", Planned{}},
};

void read_project_section(const Node& node, Project& project, Reader& reader) {
    if (!read_section(node, project_keys, project, reader) || node.find("name")) return;
    reader.refuse(node.place, "[project] has no name", "write the project's name, as name = \"payroll\"");
}

void read_roles(const Node& node, Project& project, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    for (const Node& role : node.children) {
        if (!reader.named(role) || !reader.is(role, Type::table, "{ description = \"…\" }")) continue;
        RoleSetting setting{.name = role.key, .description = {}, .place = role.place};
        read_section(role, role_keys, setting, reader);
        project.roles.push_back(std::move(setting));
    }
}

void read_project_toggles(const Node& node, Project& project, Reader& reader) {
    if (!reader.is(node, Type::table, {})) return;
    for (const Node& toggle : node.children) {
        if (!reader.named(toggle) || !reader.is(toggle, Type::table, "{ role = \"guineapigs\" }")) continue;
        ToggleSetting setting;
        setting.name = toggle.key;
        setting.place = toggle.place;
        read_section(toggle, toggle_keys, setting, reader);
        if (setting.role.empty()) setting.role = setting.name;
        project.toggles.push_back(std::move(setting));
    }
}

constexpr Key<Project> project_file_keys[] = {
    {"project", read_project_section},
    {"roles", read_roles},
    {"toggles", read_project_toggles},
    {"database", Elsewhere{environment_files}},
    {"migrations", Elsewhere{environment_files}},
    {"placeholders", Elsewhere{environment_files}},
    {"memberships", Elsewhere{environment_files}},
    {"policy", Elsewhere{environment_files}},
    {"accounts", Planned{}},
    {"ledger", Planned{}},
    {"sandboxes", Planned{}},
    {"flyway", Elsewhere{environment_files}},
};

// One role serves one toggle. The error stands at the later of two.
void refuse_shared_roles(const Project& project, Reader& reader) {
    std::map<std::string_view, const ToggleSetting*> serves;
    for (const ToggleSetting& toggle : project.toggles) {
        const auto [entry, fresh] = serves.emplace(toggle.role, &toggle);
        if (fresh) continue;
        const auto [first, second] = std::ranges::minmax(*entry->second, toggle, {}, &ToggleSetting::place);
        reader.refuse(second.place,
                      fmt::format("toggle {} shares the role {} with toggle {} at {}", quoted(second.name),
                                  quoted(toggle.role), quoted(first.name), to_string(first.place)),
                      "one role serves one toggle: give each its own");
    }
}

}  // namespace
}  // namespace config

const ToggleSetting* Project::toggle(std::string_view wanted) const {
    const auto found = std::ranges::lower_bound(
        toggles, wanted, {}, [](const ToggleSetting& toggle) { return std::string_view(toggle.name); });
    return found == toggles.end() || found->name != wanted ? nullptr : &*found;
}

std::expected<Project, Errors> read_project(const File& file) {
    const auto root = config::parse_toml(file);
    if (!root) return std::unexpected(Errors{root.error()});
    config::Reader reader(file.path, {});
    Project project;
    config::read_section(*root, config::project_file_keys, project, reader);
    if (!root->find("project")) {
        reader.refuse(reader.start(), "no [project]",
                      "write [project] and under it the project's name, as name = \"payroll\"");
    }
    config::refuse_shared_roles(project, reader);
    if (!reader.good()) return std::unexpected(reader.take());
    return project;
}

}  // namespace roost
