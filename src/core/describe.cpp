#include "core/describe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/mark.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

std::uint32_t first_byte(std::string_view text) { return static_cast<unsigned char>(text.front()); }

bool plain(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z') || u == '_' ||
               u == '@' || u == '.' || u == '-' || u == '%';
    });
}

struct Describe {
    std::string operator()(const CreateRole& c) const { return fmt::format("create role {}", shown(c.role)); }
    std::string operator()(const MarkRole& c) const {
        return fmt::format("{} role {}", mark_in(c.comment) ? "take charge of" : "set the comment of", shown(c.role));
    }
    std::string operator()(const Grant& c) const {
        const Options told{c.options.stated & ~(c.options.value & option::admin ? 0u : option::admin), c.options.value};
        const std::string options = describe(told);
        return fmt::format("grant {} to {}{}", shown(c.role), shown(c.member),
                           options.empty() ? "" : fmt::format(" ({})", options));
    }
    std::string operator()(const AlterMembership& c) const {
        return fmt::format("alter {} for {}{}: {}", shown(c.role), shown(c.member), granted_by(c.grantor),
                           describe(c.options));
    }
    std::string operator()(const Revoke& c) const {
        return fmt::format("revoke {} from {}{}", shown(c.role), shown(c.member), granted_by(c.grantor));
    }
    std::string operator()(const DropRole& c) const { return fmt::format("drop role {}", shown(c.role)); }
    std::string operator()(const CreateUser& c) const { return fmt::format("create user {}", shown(c.user)); }

    static std::string granted_by(const std::string& grantor) {
        return grantor.empty() ? std::string{} : fmt::format(", granted by {}", shown(grantor));
    }
};

struct Verb {
    std::string_view operator()(const CreateRole&) const { return "create"; }
    std::string_view operator()(const MarkRole&) const { return "mark"; }
    std::string_view operator()(const Grant&) const { return "grant"; }
    std::string_view operator()(const AlterMembership&) const { return "alter"; }
    std::string_view operator()(const Revoke&) const { return "revoke"; }
    std::string_view operator()(const DropRole&) const { return "drop"; }
    std::string_view operator()(const CreateUser&) const { return "create_user"; }
};

}  // namespace

bool steers(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xFFFD ||
           (c >= 0xE0000 && c <= 0xE007F);
}

bool steers(std::string_view text) {
    while (!text.empty()) {
        const std::optional<char32_t> code = take_code_point(text);
        if (code == U'\n' || code == U'\t' || (code == U'\r' && text.starts_with('\n'))) continue;
        if (!code || steers(*code)) return true;
    }
    return false;
}

std::string harmless(std::string_view text, bool lines) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> code = take_code_point(text);
        const std::string_view taken = before.substr(0, before.size() - text.size());
        if (!code || (steers(*code) && !(lines && (*code == '\n' || *code == '\t'))))
            out += fmt::format("\\u{{{:x}}}", code ? static_cast<std::uint32_t>(*code) : first_byte(taken));
        else
            out += taken;
    }
    return out;
}

std::string shown(std::string_view name) {
    std::string text = harmless(name);
    return plain(text) ? text : fmt::format("\"{}\"", text);
}

std::string describe(const Options& options) {
    static constexpr std::pair<std::uint32_t, std::string_view> words[] = {{option::admin, "admin"},
                                                                           {option::inherit, "inherit"},
                                                                           {option::set, "set"},
                                                                           {option::default_role, "default role"}};
    std::string text;
    for (const auto& [bit, word] : words)
        if (options.stated & bit)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", word, options.value & bit ? "on" : "off");
    return text;
}

std::string describe(const Change& change) { return std::visit(Describe{}, change); }
std::string_view verb(const Change& change) { return std::visit(Verb{}, change); }

}  // namespace roost
