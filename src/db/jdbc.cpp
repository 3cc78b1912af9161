#include "db/jdbc.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"

namespace roost::jdbc {
namespace {

std::unexpected<Error> wrong_url(std::string message, std::string advice = {}) {
    return fail({.kind = ErrorKind::usage, .message = std::move(message), .advice = std::move(advice)});
}

bool is_port(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value > 0 && value < 65536;
}

bool is_in(std::span<const std::string_view> names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

Result<std::string> form_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        unsigned byte = 0;
        const std::string_view digits = text.substr(i + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (error != std::errc{} || digits.size() < 2 || end != digits.data() + 2)
            return wrong_url("a % in the URL is not followed by two hexadecimal digits",
                             "write %25 for the character itself");
        decoded += static_cast<char>(byte);
        i += 2;
    }
    if (invalid_utf8(decoded) || decoded.contains('\0'))
        return wrong_url("the URL holds what is no UTF-8 text, or a NUL");
    return decoded;
}

Result<Authority> authority(std::string_view text) {
    if (text.contains(','))
        return wrong_url("the URL names several hosts",
                         "name one: the lock and the ledger must be found on the same server");
    if (text.contains('@'))
        return wrong_url("the URL holds an @ before its host", "give the account as user= and password=");
    Authority found;
    std::string_view rest = text;
    if (rest.starts_with('[')) {
        const auto close = rest.find(']');
        if (close == std::string_view::npos) return wrong_url("the URL's IPv6 address has no closing bracket");
        found.host = rest.substr(1, close - 1);
        rest.remove_prefix(close + 1);
    } else {
        found.host = rest.substr(0, rest.find(':'));
        rest.remove_prefix(found.host.size());
    }
    const bool plain = std::ranges::all_of(found.host, [](unsigned char c) {
        return c > 0x20 && !std::string_view(";{}=%[]/\\'\"").contains(static_cast<char>(c));
    });
    if (!plain) return wrong_url("the URL's host holds a character that no host name has");
    if (rest.empty()) return found;
    rest.remove_prefix(1);
    if (!is_port(rest))
        return wrong_url("the URL's port is no number from 1 to 65535",
                         "write host:port, and an IPv6 address as [::1]:port");
    found.port = rest;
    return found;
}

Result<std::vector<Parameter>> parameters(std::string_view text) {
    std::vector<Parameter> found;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const std::string_view name = pair.substr(0, pair.find('='));
        auto value = form_decoded(pair.substr(std::min(pair.size(), name.size() + 1)));
        if (!value) return fail(std::move(value.error()));
        if (std::ranges::find(found, name, &Parameter::name) != found.end())
            return wrong_url(fmt::format("the URL gives {} twice", name));
        found.push_back({std::string(name), std::move(*value)});
    }
    return found;
}

std::string value_of(const std::vector<Parameter>& parameters, std::string_view name) {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? std::string{} : found->value;
}

Result<std::string> with_parameter(std::string_view url, std::string_view name, std::string_view value) {
    std::string text = fmt::format("{}{}{}=", url, url.contains('?') ? '&' : '?', name);
    for (const char c : value) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.';
        text += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return text;
}

Result<void> check_known(const std::vector<Parameter>& parameters, std::span<const std::string_view> kept,
                         std::span<const std::string_view> of_java, std::span<const NotTaken> not_taken) {
    for (const auto& [name, value] : parameters) {
        if (is_in(kept, name) || is_in(of_java, name)) continue;
        if (const auto found = std::ranges::find(not_taken, name, &NotTaken::name); found != not_taken.end())
            return wrong_url(fmt::format("{} is not taken", name), std::string(found->why));
        return wrong_url(fmt::format("{} is no parameter that roost knows how to keep", name),
                         fmt::format("known are {}", fmt::join(kept, ", ")));
    }
    return {};
}

}  // namespace roost::jdbc
