#include "odbc/connection_string.hpp"

#include <algorithm>
#include <cctype>

#include "odbc/connect.hpp"

namespace roost::odbc {
namespace {

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// Takes "{…}" off the front, } doubled inside.
std::string take_braced(std::string_view& text) {
    std::string value;
    text.remove_prefix(1);
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '}') {
            if (!text.starts_with('}')) break;
            text.remove_prefix(1);
        }
        value += c;
    }
    return value;
}

}  // namespace

bool same_key(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    return std::ranges::equal(a, b, {}, lower, lower);
}

Attributes parse_attributes(std::string_view text) {
    Attributes result;
    while (!text.empty()) {
        const auto equals = text.find_first_of("=;");
        if (equals == std::string_view::npos) break;
        const std::string_view key = trim(text.substr(0, equals));
        const bool has_value = text[equals] == '=';
        text.remove_prefix(equals + 1);
        if (!has_value) continue;
        while (text.starts_with(' ')) text.remove_prefix(1);
        std::string braced = text.starts_with('{') ? take_braced(text) : std::string();
        const auto rest = text.substr(0, text.find(';'));
        result.emplace_back(key, braced.empty() ? trim(rest) : std::move(braced));
        text.remove_prefix(std::min(text.size(), rest.size() + 1));
    }
    return result;
}

std::string attribute(std::string_view key, std::string_view value) {
    std::string result(key);
    result += '=';
    const bool plain = value.find_first_of("[]{}(),;?*=!@%+\\'\" \t") == std::string_view::npos;
    if (plain) return result.append(value);
    result += '{';
    for (const char c : value) {
        if (c == '}') result += '}';
        result += c;
    }
    return result += '}';
}

}  // namespace roost::odbc
