#include "config/reader.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "config/expand.hpp"
#include "core/nearest.hpp"

namespace roost::config {

void Reader::refuse(Place place, std::string message, std::string advice) {
    errors_.push_back(usage_error(std::move(message), std::move(advice), std::move(place)));
}

Errors Reader::take() {
    std::ranges::stable_sort(errors_, {}, &Error::place);
    return std::move(errors_);
}

bool Reader::is(const Node& node, Type type, std::string_view example) {
    if (node.type == type) return true;
    std::string advice = fmt::format("it must be {}", to_string(type));
    if (!example.empty()) advice += fmt::format(", as {}{}{}", node.key, node.key.empty() ? "" : " = ", example);
    refuse(node.value_place, fmt::format("{} is {}", node.path, to_string(node.type)), std::move(advice));
    return false;
}

bool Reader::named(const Node& node) {
    if (!node.key.empty()) return true;
    refuse(node.place, fmt::format("{}: an empty name", node.path), "give it a name");
    return false;
}

void Reader::read(const Node& node, std::string_view example, std::string& into) {
    if (!is(node, Type::string, example)) return;
    if (node.text.empty()) {
        return refuse(node.value_place, fmt::format("{} is empty", node.path),
                      fmt::format("write something, as {}", example));
    }
    into = node.text;
}

void Reader::read(const Node& node, std::string_view example, std::optional<Version>& into) {
    if (node.type == Type::integer || node.type == Type::floating) {
        return refuse(
            node.value_place, fmt::format("{} is a bare number", node.path),
            fmt::format("a version is a string, or 5.10 would be 5.1: quote it, as {} = {}", node.key, example));
    }
    if (!is(node, Type::string, example)) return;
    if (auto version = Version::parse(node.text)) {
        into = *std::move(version);
    } else {
        refuse(node.value_place, fmt::format("{}: {} is no version", node.path, quoted(node.text)),
               version.error().advice);
    }
}

void Reader::read(const Node& node, std::string_view example, std::uint32_t& into) {
    if (!is(node, Type::integer, example)) return;
    constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
    if (node.integer < 0 || node.integer > most) {
        return refuse(node.value_place, fmt::format("{} is {}", node.path, node.integer),
                      fmt::format("it must be from 0 to {}", most));
    }
    into = static_cast<std::uint32_t>(node.integer);
}

void Reader::read(const Node& node, std::string_view, std::optional<bool>& into) {
    if (is(node, Type::boolean, "true or false")) into = node.boolean;
}

void Reader::read(const Node& node, std::string_view example, std::optional<Value>& into) {
    if (!is(node, Type::string, example)) return;
    auto value = expanded(node);
    if (!value) return;
    if (value->text.empty()) {
        return refuse(node.value_place, fmt::format("{} is empty", node.path),
                      fmt::format("write something, as {}", example));
    }
    into = *std::move(value);
}

std::optional<Value> Reader::expanded(const Node& string) {
    auto result = expand(string.text, variables_, unset_);
    if (result) return Value{std::move(result->text), result->secret, string.value_place};
    for (Error& error : result.error()) {
        refuse(string.value_place, fmt::format("{}: {}", string.path, error.message), std::move(error.advice));
    }
    return std::nullopt;
}

std::optional<std::size_t> Reader::choose(std::string_view path, const Place& place, std::string_view text,
                                          std::span<const std::string> known,
                                          std::span<const std::string> planned_ones) {
    const auto found = std::ranges::find(known, text);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    if (std::ranges::find(planned_ones, text) != planned_ones.end()) {
        refuse(place, fmt::format("{} = \"{}\" is not in this version", path, text), suggest({}, known));
    } else {
        refuse(place, fmt::format("{} has an unknown value", path), suggest(text, known));
    }
    return std::nullopt;
}

void Reader::unknown(const Node& node, std::span<const std::string> known) {
    refuse(node.place, fmt::format("unknown key {}", node.path), suggest(node.key, known));
}

void Reader::planned(const Place& place, std::string_view what) {
    refuse(place, fmt::format("{} is not in this version", what), "take it out");
}

void Reader::elsewhere(const Node& node, std::string_view where) {
    refuse(node.place, fmt::format("{} does not belong here", node.path), fmt::format("it belongs into {}", where));
}

}  // namespace roost::config
