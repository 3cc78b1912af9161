#include "report/json_text.hpp"

#include <fmt/format.h>

#include "core/describe.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

// Beyond the first plane as two of them, as JSON has it.
std::string escaped_unit(char32_t code) {
    const auto unit = static_cast<std::uint32_t>(code);
    if (unit < 0x10000) return fmt::format("\\u{:04x}", unit);
    return fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + ((unit - 0x10000) >> 10), 0xDC00 + ((unit - 0x10000) & 0x3FF));
}

}  // namespace

std::string inert_json(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const std::string_view before = json;
        const std::optional<char32_t> code = take_code_point(json);
        if (code && *code >= 0x7F && steers(*code))
            out += escaped_unit(*code);
        else
            out += before.substr(0, before.size() - json.size());
    }
    return out;
}

}  // namespace roost
