#include "config/write.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

constexpr std::size_t widest = 100;  // characters of a line

bool is_bare(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](unsigned char byte) {
        const unsigned char letter = byte | 0x20U;
        return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
    });
}

struct OptionName {
    std::uint32_t bit;
    std::string_view name;
};
constexpr OptionName option_names[] = {{option::admin, "admin"},
                                       {option::inherit, "inherit"},
                                       {option::set, "set"},
                                       {option::default_role, "default_role"}};

std::string member_text(const ImportedMember& member) {
    const std::string name = toml_string(member.name);
    if (member.options.stated == 0) return name;
    std::string text = fmt::format("{{ member = {}", name);
    for (const auto& [bit, word] : option_names)
        if (member.options.stated & bit) text += fmt::format(", {} = {}", word, (member.options.value & bit) != 0);
    return text + " }";
}

// On one line where it fits, else filled lines.
std::string list_text(std::size_t indent, const std::vector<ImportedMember>& members) {
    std::string line = "[", filled = "[";
    std::size_t width = widest;  // nothing fits on the opening line
    for (const ImportedMember& member : members) {
        const std::string text = member_text(member);
        const std::size_t size = code_points(text) + 2;
        line += (line.size() > 1 ? ", " : "") + text;
        if (width + size > widest) {
            filled += "\n    ";
            width = 4;
        } else {
            filled += ' ';
        }
        filled += text + ',';
        width += size;
    }
    return indent + code_points(line) + 1 <= widest ? line + "]" : filled + "\n]";
}

std::string setting(const std::string& key, const std::vector<ImportedMember>& members) {
    const std::string start = key + " = ";
    return start + list_text(code_points(start), members) + "\n";
}

}  // namespace

std::string toml_string(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const std::string_view before = text;
        const auto code = take_code_point(text);
        const auto number = static_cast<std::uint32_t>(code.value_or(0xFFFD));
        if (number == '\n')
            out += "\\n";
        else if (number == '\t')
            out += "\\t";
        else if (steers(number) || !code)
            out += number > 0xFFFF ? fmt::format("\\U{:08X}", number) : fmt::format("\\u{:04X}", number);
        else
            out += (number == '"' || number == '\\' ? "\\" : "") +
                   std::string(before.substr(0, before.size() - text.size()));
    }
    return out + '"';
}

std::string toml_key(std::string_view name) { return is_bare(name) ? std::string(name) : toml_string(name); }

std::string toml_roles(const std::vector<ImportedRole>& roles) {
    if (roles.empty()) return {};
    std::string text = "[roles]\n";
    for (const ImportedRole& role : roles)
        text += role.description.empty()
                    ? fmt::format("{} = {{}}\n", toml_key(role.name))
                    : fmt::format("{} = {{ description = {} }}\n", toml_key(role.name), toml_string(role.description));
    return text;
}

std::string toml_memberships(const std::vector<ImportedRole>& roles,
                             const std::map<std::string, std::string>& toggles) {
    std::string memberships, switched;
    for (const ImportedRole& role : roles) {
        if (!role.members) continue;
        const auto toggle = toggles.find(role.canonical);
        if (toggle == toggles.end())
            memberships += setting(toml_key(role.name), *role.members);
        else
            switched += fmt::format("\n[toggles.{}]\n{}", toml_key(toggle->second), setting("on", *role.members));
    }
    if (memberships.empty()) return switched.empty() ? switched : switched.substr(1);
    return "[memberships]   # role -> its whole direct membership\n" + memberships + switched;
}

}  // namespace roost
