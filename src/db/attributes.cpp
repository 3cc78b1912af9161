#include "db/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/ascii.hpp"
#include "core/words.hpp"
#include "db/quoting.hpp"

namespace roost {
namespace {

// Length of the value at the start of `text`; nullopt for a brace that is not closed.
std::optional<std::size_t> value_length(std::string_view text) {
    if (!text.starts_with('{')) return std::min(text.find(';'), text.size());
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] != '}') continue;
        if (i + 1 == text.size() || text[i + 1] != '}') return i + 1;
        ++i;
    }
    return std::nullopt;
}

std::unexpected<Error> wrong_string(std::string message) {
    return fail({.kind = ErrorKind::usage,
                 .message = std::move(message),
                 .advice = "write key=value;key=value, a value with a ; or a brace as {value} with } doubled"});
}

}  // namespace

bool Attribute::is(std::string_view name) const { return lower_ascii(key) == lower_ascii(name); }

std::string Attribute::value() const {
    if (!text.starts_with('{') || !text.ends_with('}') || text.size() < 2) return text;
    std::string plain;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        plain += text[i];
        if (text[i] == '}') ++i;
    }
    return plain;
}

Result<std::vector<Attribute>> attributes(std::string_view rest) {
    std::vector<Attribute> found;
    while (!trimmed(rest).empty()) {
        const auto equals = rest.find('=');
        const std::string key(trimmed(rest.substr(0, std::min(equals, rest.find(';')))));
        if (key.empty() || equals == std::string_view::npos || rest.find(';') < equals)
            return wrong_string(fmt::format("part {} of the connection string is no key=value", found.size() + 1));
        rest.remove_prefix(equals + 1);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        const auto length = value_length(rest);
        if (!length)
            return wrong_string(fmt::format("{} of the connection string has a brace that is not closed", key));
        if (find(found, key)) return wrong_string(fmt::format("the connection string gives {} twice", key));
        found.push_back({key, std::string(rest.substr(0, *length))});
        rest.remove_prefix(*length);
        rest = trimmed(rest);
        if (!rest.empty() && rest.front() != ';')
            return wrong_string(fmt::format("{} of the connection string goes on after its brace", key));
        if (!rest.empty()) rest.remove_prefix(1);
    }
    return found;
}

std::string braced(std::string_view value) { return "{" + doubled(value, '}') + "}"; }

void set(std::vector<Attribute>& attributes, std::string_view key, std::string text) {
    std::erase_if(attributes, [&](const Attribute& attribute) { return attribute.is(key); });
    attributes.push_back({std::string(key), std::move(text)});
}

const Attribute* find(const std::vector<Attribute>& attributes, std::string_view key) {
    const auto found = std::ranges::find_if(attributes, [&](const Attribute& attribute) { return attribute.is(key); });
    return found == attributes.end() ? nullptr : &*found;
}

}  // namespace roost
