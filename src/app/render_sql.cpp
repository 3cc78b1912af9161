#include "app/render_sql.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/describe.hpp"
#include "core/holes.hpp"

namespace roost {
namespace {

struct Hole {
    std::string_view name;
    std::vector<std::string> rows;
    std::string_view between = {};
};

std::string_view margin_of(std::string_view text) {
    const std::string_view line = text.substr(text.rfind('\n') + 1);
    return line.find_first_not_of(' ') == line.npos ? line : std::string_view();
}

// Puts the holes' rows in, each on a line of its own, as far in as the hole is.
std::string with_rows(std::string_view text, const std::vector<Hole>& holes) {
    return filled(text, [&](std::string_view name, std::string_view before) -> std::optional<std::string> {
        const auto hole = std::ranges::find(holes, name, &Hole::name);
        if (hole == holes.end()) return std::nullopt;
        return fmt::to_string(fmt::join(hole->rows, fmt::format("{}\n{}", hole->between, margin_of(before))));
    });
}

// With its lines, but for the first, as far in as the rows of a list.
std::string set_in(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, text.find_last_not_of('\n') + 1)) {
        out += c;
        if (c == '\n') out.append(16, ' ');
    }
    return out;
}

// Compares as many parts as the version has, the first one that differs decides; a part that is not there is 0.
std::string at_least(const Version& version, const Rendering& rendering) {
    const std::vector<std::string>& parts = version.parts();
    std::string condition = "1 = 1";
    for (std::size_t i = parts.size(); i-- > 0;) {
        const std::string number = parts[i].empty() ? "0" : parts[i];
        const std::string part =
            with_rows(rendering.part, {{"part", {std::to_string(i + 1)}}, {"index", {std::to_string(i)}}});
        condition = i + 1 == parts.size() ? fmt::format("{} >= {}", part, number)
                                          : fmt::format("({0} > {1} OR ({0} = {1} AND {2}))", part, number, condition);
    }
    return condition;
}

class Writer {
public:
    explicit Writer(const Loaded& loaded)
        : loaded_(loaded), names_(loaded.driver->names), rendering_(loaded.driver->rendering) {}

    std::expected<RenderedSql, Errors> write();

private:
    std::expected<Declared, Errors> everything() const;
    Result<std::string> history() const;
    const ToggleSetting* needing(const DeclaredRole& role) const;
    void check_name(const std::string& name, const Place& place);
    void check(const DeclaredRole& role);
    void check_member(const DeclaredRole& role, const DeclaredMember& member);
    void check_version(const ToggleSetting& toggle);
    std::string is_on(const DeclaredRole& role, const std::string& history) const;
    std::string listed(const DeclaredRole& role, const DeclaredMember& member) const;
    std::string roles(const Declared& declared) const;
    std::string memberships(const Declared& declared, const std::string& history) const;
    std::string literal(const std::string& name) const { return names_.literal(name); }

    const Loaded& loaded_;
    const Names& names_;
    const Rendering& rendering_;
    Errors errors_;
};

// Toggles with all that they need: the SQL asks for the version.
std::expected<Declared, Errors> Writer::everything() const {
    Project project = loaded_.project;
    for (ToggleSetting& toggle : project.toggles) toggle.needs.reset();
    const Mark owner{project.name, loaded_.environment.name, {}};
    return declare(project, loaded_.environment, owner, {}, {names_.canonical, names_.of_role()}, rendering_.options,
                   loaded_.driver->info.title);
}

Result<std::string> Writer::history() const {
    const Environment& environment = loaded_.environment;
    const std::string table = names_.quote(environment.table);
    if (environment.schema.empty()) return table;
    if (!names_.schema) return names_.quote(environment.schema) + "." + table;
    const auto schema = names_.schema(environment.schema);
    if (!schema) return schema;
    return names_.quote(*schema) + "." + table;
}

const ToggleSetting* Writer::needing(const DeclaredRole& role) const {
    const ToggleSetting* toggle = loaded_.project.toggle(role.toggle);
    return toggle && toggle->needs && role.members && !role.members->empty() ? toggle : nullptr;
}

void Writer::check_name(const std::string& name, const Place& place) {
    const PlaceholderForm& form = loaded_.environment.placeholder_form;
    if (form.replaced && name.contains(form.prefix))
        errors_.push_back(
            usage_error(fmt::format("{} holds {}, which Flyway would take for a placeholder", shown(name), form.prefix),
                        "take another name, or use `roost apply`", place));
    if (!rendering_.ends_text.empty() && name.contains(rendering_.ends_text))
        errors_.push_back(usage_error(
            fmt::format("{} holds {}, which would end the block of SQL around it", shown(name), rendering_.ends_text),
            "take another name, or use `roost apply`", place));
}

void Writer::check_member(const DeclaredRole& role, const DeclaredMember& member) {
    check_name(member.member, member.place);
    if ((member.options.stated & option::default_role) != 0 && !loaded_.driver->info.default_list.empty())
        errors_.push_back(usage_error(
            fmt::format("default_role of {} in {}: {} keeps a list of a user's default roles, which is never replaced",
                        shown(member.member), shown(role.name), loaded_.driver->info.title),
            "take it out, and see to the list by hand", member.place));
}

void Writer::check_version(const ToggleSetting& toggle) {
    if (*toggle.needs < Version())
        errors_.push_back(usage_error(
            fmt::format("requires = \"{}\" of toggle {} is below zero", toggle.needs->text(), shown(toggle.name)),
            "use `roost apply`", toggle.place));
    constexpr std::size_t most_digits = 18;  // of a number that every engine holds
    const auto& parts = toggle.needs->parts();
    if (std::ranges::any_of(parts, [](const std::string& part) { return part.size() > most_digits; }))
        errors_.push_back(usage_error(fmt::format("requires = \"{}\" of toggle {} has a part of more than {} digits",
                                                  toggle.needs->text(), shown(toggle.name), most_digits),
                                      "use `roost apply`, which compares numbers of any length", toggle.place));
}

void Writer::check(const DeclaredRole& role) {
    check_name(role.name, role.place);
    if (const ToggleSetting* toggle = needing(role)) check_version(*toggle);
    if (role.members)
        for (const DeclaredMember& member : *role.members) check_member(role, member);
}

std::string Writer::is_on(const DeclaredRole& role, const std::string& history) const {
    const ToggleSetting* toggle = needing(role);
    if (!toggle) return std::string(rendering_.yes);
    return with_rows(set_in(rendering_.reached),
                     {{"history", {history}}, {"at_least", {at_least(*toggle->needs, rendering_)}}});
}

std::string Writer::listed(const DeclaredRole& role, const DeclaredMember& member) const {
    const auto word = [&](std::uint32_t bit) {
        if (!(member.options.stated & bit)) return std::string("NULL");
        return std::string(member.options.value & bit ? rendering_.yes : rendering_.no);
    };
    return with_rows(rendering_.listed.row, {{"role", {literal(role.name)}},
                                             {"member", {literal(member.member)}},
                                             {"admin", {word(option::admin)}},
                                             {"inherit", {word(option::inherit)}},
                                             {"set", {word(option::set)}},
                                             {"default_role", {word(option::default_role)}}});
}

std::string Writer::roles(const Declared& declared) const {
    if (declared.roles.empty()) return {};
    Hole rows{"roles", {}, rendering_.role.between};
    for (const DeclaredRole& role : declared.roles)
        rows.rows.push_back(
            with_rows(rendering_.role.row, {{"role", {literal(role.name)}}, {"quoted", {names_.quote(role.name)}}}));
    return with_rows(rendering_.roles, {rows});
}

std::string Writer::memberships(const Declared& declared, const std::string& history) const {
    Hole whole{"whole", {}, rendering_.whole.between}, members{"listed", {}, rendering_.listed.between};
    for (const DeclaredRole& role : declared.roles) {
        if (!role.members) continue;
        whole.rows.push_back(
            with_rows(rendering_.whole.row, {{"role", {literal(role.name)}}, {"is_on", {is_on(role, history)}}}));
        for (const DeclaredMember& member : *role.members) members.rows.push_back(listed(role, member));
    }
    if (whole.rows.empty()) return {};
    if (members.rows.empty()) members.rows.emplace_back(rendering_.nobody);
    const auto missing = loaded_.environment.policy.missing_is_error ? rendering_.yes : rendering_.no;
    return with_rows(rendering_.memberships, {whole, members, {"missing_is_error", {std::string(missing)}}});
}

std::expected<RenderedSql, Errors> Writer::write() {
    const auto declared = everything();
    if (!declared) return std::unexpected(declared.error());
    const auto table = history();
    if (!table) return fail_alone(table.error());
    for (const DeclaredRole& role : declared->roles) check(role);
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return RenderedSql{roles(*declared), memberships(*declared, *table)};
}

}  // namespace

std::expected<RenderedSql, Errors> rendered_sql(const Loaded& loaded) { return Writer(loaded).write(); }

}  // namespace roost
