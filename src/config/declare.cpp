// What the files declare, in the engine's own names.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "config/config.hpp"
#include "config/toml.hpp"

namespace roost {

namespace config {
namespace {

struct OptionName {
    std::uint32_t bit;
    std::string_view name;
};
constexpr OptionName option_names[] = {
    {option::admin, "admin"},
    {option::inherit, "inherit"},
    {option::set, "set"},
    {option::default_role, "default_role"},
};

struct Engine {
    const Spelling& spelling;
    std::uint32_t options;
    std::string_view title;
};

// A name as written, with its place, to compare with another that the engine takes for the same.
struct Written {
    std::string name;
    Place place;
};

class Declaring {
public:
    explicit Declaring(const Engine& engine) : engine_(engine) {}

    void declare_roles(const Project& project);
    void declare_memberships(const Environment& environment);
    void declare_toggles(const Project& project, const Environment& environment, const std::optional<Version>& version);
    std::expected<Declared, Errors> finish(const Mark& owner);

private:
    using Names = std::map<std::string, Written>;
    std::optional<std::string> spelled(const Canonical& canonical, std::string_view name, const Place& place);
    DeclaredRole& role(const std::string& name, const Place& place);
    void refuse(Place place, std::string message, std::string advice);
    bool once(Names& names, const std::string& name, const Written& written);
    std::vector<DeclaredMember> members(const std::vector<MemberSetting>& settings, const std::string& role);
    void check_options(const MemberSetting& member);

    const Engine& engine_;
    std::map<std::string, DeclaredRole> roles_;
    Errors errors_;
};

void Declaring::refuse(Place place, std::string message, std::string advice) {
    errors_.push_back(usage_error(std::move(message), std::move(advice), std::move(place)));
}

std::optional<std::string> Declaring::spelled(const Canonical& canonical, std::string_view name, const Place& place) {
    auto result = canonical(name);
    if (result) return *std::move(result);
    refuse(place, result.error().message, result.error().advice);
    return std::nullopt;
}

DeclaredRole& Declaring::role(const std::string& name, const Place& place) {
    const auto [entry, fresh] = roles_.try_emplace(name);
    if (fresh) {
        entry->second.name = name;
        entry->second.place = place;
    }
    return entry->second;
}

// False, with an error, for a second spelling of a name.
bool Declaring::once(Names& names, const std::string& name, const Written& written) {
    const auto [entry, fresh] = names.emplace(name, written);
    if (fresh) return true;
    const auto [one, other] = std::ranges::minmax(entry->second, written, {}, &Written::place);
    refuse(other.place,
           fmt::format("{} and {} at {} are one name to {}", quoted(other.name), quoted(one.name), to_string(one.place),
                       engine_.title),
           "keep one of them");
    return false;
}

void Declaring::declare_roles(const Project& project) {
    Names listed;
    for (const RoleSetting& setting : project.roles) {
        const auto name = spelled(engine_.spelling.role, setting.name, setting.place);
        if (name && once(listed, *name, {setting.name, setting.place})) role(*name, setting.place);
    }
    Names served;
    for (const ToggleSetting& setting : project.toggles) {
        const auto name = spelled(engine_.spelling.role, setting.role, setting.place);
        if (name && once(served, *name, {setting.role, setting.place}))
            role(*name, setting.place).toggle = setting.name;
    }
}

void Declaring::declare_memberships(const Environment& environment) {
    Names filled;
    for (const MembershipSetting& setting : environment.memberships) {
        const auto name = spelled(engine_.spelling.role, setting.name, setting.place);
        if (!name || !once(filled, *name, {setting.name, setting.place})) continue;
        DeclaredRole& filled_role = role(*name, setting.place);
        filled_role.members = members(setting.members, *name);
        filled_role.members_place = setting.place;
    }
}

std::string unmet(const ToggleSetting& toggle, const std::optional<Version>& version) {
    if (!toggle.needs || (version && *version >= *toggle.needs)) return {};
    const std::string needs = fmt::format("{} needs schema {}", toggle.name, toggle.needs->text());
    return version ? fmt::format("{}, this is {}", needs, version->text()) : needs + ", no schema version is known";
}

void Declaring::declare_toggles(const Project& project, const Environment& environment,
                                const std::optional<Version>& version) {
    for (const MembershipSetting& setting : environment.toggles) {
        const ToggleSetting* toggle = project.toggle(setting.name);
        const auto name = engine_.spelling.role(toggle->role);
        if (!name) continue;  // told by declare_roles
        DeclaredRole& served = role(*name, toggle->place);
        if (served.members) {
            refuse(std::max(served.members_place, setting.place),
                   fmt::format("two sources for the members of role {}: toggle {} at {} and [memberships] at {}",
                               quoted(*name), quoted(setting.name), to_string(setting.place),
                               to_string(served.members_place)),
                   "keep one of them");
            continue;
        }
        served.members = members(setting.members, *name);
        served.members_place = setting.place;
        if (served.members->empty()) continue;
        served.reason = unmet(*toggle, version);
        if (!served.reason.empty()) served.members->clear();
    }
}

void Declaring::check_options(const MemberSetting& member) {
    for (const OptionName& known : option_names) {
        if ((member.options.stated & known.bit & ~engine_.options) == 0) continue;
        refuse(member.place, fmt::format("{}: {} has no such option of a membership", known.name, engine_.title),
               "take it out");
    }
}

std::vector<DeclaredMember> Declaring::members(const std::vector<MemberSetting>& settings, const std::string& of) {
    std::vector<DeclaredMember> result;
    Names listed;
    for (const MemberSetting& setting : settings) {
        check_options(setting);
        auto name = spelled(engine_.spelling.principal, setting.name, setting.place);
        if (!name || !once(listed, *name, {setting.name, setting.place})) continue;
        if (*name == of) {
            refuse(setting.place, fmt::format("role {} as a member of itself", quoted(of)), "take it out");
            continue;
        }
        result.push_back({.member = *std::move(name), .options = setting.options, .place = setting.place});
        result.back().options.stated |= option::admin;
    }
    std::ranges::sort(result, {}, &DeclaredMember::member);
    return result;
}

std::expected<Declared, Errors> Declaring::finish(const Mark& owner) {
    if (!errors_.empty()) {
        std::ranges::stable_sort(errors_, {}, &Error::place);
        return std::unexpected(std::move(errors_));
    }
    Declared declared{.roles = {}, .owner = owner};
    declared.roles.reserve(roles_.size());
    for (auto& [name, role] : roles_) declared.roles.push_back(std::move(role));
    return declared;
}

}  // namespace
}  // namespace config

std::expected<Declared, Errors> declare(const Project& project, const Environment& environment, const Mark& owner,
                                        const std::optional<Version>& schema_version, const Spelling& spelling,
                                        std::uint32_t membership_options, std::string_view engine_title) {
    const config::Engine engine{spelling, membership_options, engine_title};
    config::Declaring declaring(engine);
    declaring.declare_roles(project);
    declaring.declare_memberships(environment);
    declaring.declare_toggles(project, environment, schema_version);
    return declaring.finish(owner);
}

bool is_set(const Environment& environment, const ToggleSetting& toggle, const Canonical& as_role) {
    const auto role = as_role(toggle.role);
    const auto same_name = [&](const MembershipSetting& setting) { return setting.name == toggle.name; };
    const auto same_role = [&](const MembershipSetting& setting) {
        const auto name = as_role(setting.name);
        return role && name && *name == *role;
    };
    return std::ranges::any_of(environment.toggles, same_name) ||
           std::ranges::any_of(environment.memberships, same_role);
}

}  // namespace roost
