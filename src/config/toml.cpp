#include "config/toml.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/utf8.hpp"

namespace roost::config {

namespace {

constexpr std::string_view empty_advice = "an empty file declares nothing, it does not take every member away";

struct Hint {
    std::string_view sign;  // of toml++'s description
    std::string_view advice;
};
constexpr Hint syntax_hints[] = {
    {"floating-point", "text and versions stand in quotes, as \"5.2.1\""},
    {"value type", "text stands in quotes, as \"text\""},
    {"boolean", "write true or false, and text in quotes"},
    {"end-of-file", "the file ends too early: close what is open"},
    {"redefine", "write each section and each key once"},
    {"saw '\\u0000'", "take the NUL character out"},
    {"not representable", "text stands in quotes, as \"text\""},
    {"", "the language is described at https://toml.io/en/v1.0.0"},
};

Error toml_error(Place place, std::string message, std::string_view advice) {
    return usage_error(std::move(message), std::string(advice), std::move(place));
}

// toml++ quotes the piece that it fails at, and that may be a password without its quotes. A single letter may stay.
std::string without_piece(std::string_view text) {
    constexpr std::string_view saw = ", saw '";
    constexpr std::string_view number = ": '";
    if (const auto at = text.find(saw); at != std::string_view::npos) {
        const std::string_view piece = text.substr(at + saw.size());
        return std::string(piece.starts_with('\\') || code_points(piece) <= 2 ? text : text.substr(0, at));
    }
    const auto begin = text.find(number);
    const auto end = text.rfind("' ");
    if (begin == std::string_view::npos || end == std::string_view::npos || end <= begin) return std::string(text);
    return fmt::format("{}: the number {}", text.substr(0, begin), text.substr(end + 2));
}

Error syntax_error(const std::string& file, const toml::parse_error& error) {
    constexpr std::string_view lead = "Error while parsing ";
    std::string_view text = error.description();
    if (text.starts_with(lead)) text.remove_prefix(lead.size());
    const auto matches = [&](const Hint& hint) { return text.find(hint.sign) != std::string_view::npos; };
    const Hint& hint = *std::ranges::find_if(syntax_hints, matches);
    return toml_error({file, error.source().begin.line, error.source().begin.column},
                      fmt::format("no TOML: {}", without_piece(text)), hint.advice);
}

Place place_at(const File& file, std::size_t offset) {
    std::string_view before = std::string_view(file.text).substr(0, offset);
    if (before.starts_with(byte_order_mark)) before.remove_prefix(byte_order_mark.size());
    const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n')) + 1;
    const std::size_t start = before.rfind('\n');  // npos + 1 is 0
    return {file.path, line, static_cast<std::uint32_t>(code_points(before.substr(start + 1))) + 1};
}

std::string step(std::string_view key) {
    const auto bare = [](unsigned char byte) {
        const unsigned char letter = byte | 0x20U;
        return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
    };
    return !key.empty() && std::ranges::all_of(key, bare) ? std::string(key) : quoted(key);
}

class Converter {
public:
    explicit Converter(const File& file) : file_(file.path), all_(file.text) {}

    void fill(Node& into, const toml::node& from) {
        into.value_place = at(from.source());
        if (const auto* table = from.as_table()) return fill(into, *table);
        if (const auto* array = from.as_array()) return fill(into, *array);
        if (const auto* text = from.as_string()) {
            into.type = Type::string;
            into.text = text->get();
            refuse_nul(into.text, into.value_place);
        } else if (const auto* integer = from.as_integer()) {
            into.type = Type::integer;
            into.integer = integer->get();
        } else if (const auto* boolean = from.as_boolean()) {
            into.type = Type::boolean;
            into.boolean = boolean->get();
        } else if (const auto* date = from.as_date()) {
            into.type = Type::moment;
            const toml::date day = date->get();
            into.text = fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
        } else {
            into.type = from.is_floating_point() ? Type::floating : Type::moment;
            if (into.type == Type::floating) into.text = number_at(from.source().begin);
        }
    }

    std::optional<Error> error;  // the first

private:
    Place at(const toml::source_region& region) const { return {file_, region.begin.line, region.begin.column}; }

    void fill(Node& into, const toml::table& from) {
        into.type = Type::table;
        into.children.reserve(from.size());
        for (const auto& [key, value] : from) {
            Node& child = into.children.emplace_back();
            child.key = key.str();
            child.path = into.path.empty() ? step(child.key) : into.path + '.' + step(child.key);
            child.place = at(key.source());
            refuse_nul(child.key, child.place);
            fill(child, value);
        }
    }

    void fill(Node& into, const toml::array& from) {
        into.type = Type::array;
        into.children.reserve(from.size());
        for (const toml::node& value : from) {
            Node& child = into.children.emplace_back();
            child.path = fmt::format("{}[{}]", into.path, into.children.size());
            child.place = at(value.source());
            fill(child, value);
        }
    }

    void refuse_nul(std::string_view text, const Place& place) {
        if (error || text.find('\0') == std::string_view::npos) return;
        error = toml_error(place, "a text that holds a NUL character", "no engine takes one: take it out");
    }

    // A number as it is written, but for underscores.
    std::string number_at(const toml::source_position& from) const {
        std::string_view rest = all_;
        for (std::uint32_t line = 1; line < from.line; ++line) rest.remove_prefix(rest.find('\n') + 1);
        for (std::uint32_t column = 1; column < from.column; ++column) static_cast<void>(take_code_point(rest));
        std::string text(rest.substr(0, rest.find_first_not_of("0123456789+-._eEinfa")));
        std::erase(text, '_');
        return text;
    }

    const std::string& file_;
    const std::string_view all_;
};

}  // namespace

std::string_view to_string(Type type) {
    switch (type) {
        case Type::string:
            return "a string";
        case Type::integer:
            return "an integer";
        case Type::floating:
            return "a number";
        case Type::boolean:
            return "a boolean";
        case Type::moment:
            return "a date or time";
        case Type::array:
            return "an array";
        case Type::table:
            return "a table";
    }
    std::unreachable();
}

const Node* Node::find(std::string_view name) const {
    const auto child = std::ranges::find(children, name, &Node::key);
    return child == children.end() ? nullptr : &*child;
}

Result<Node> parse_toml(const File& file, Empty empty) {
    if (const auto bad = invalid_utf8(file.text)) {
        return fail(toml_error(place_at(file, *bad), "bytes that are no UTF-8", "save the file as UTF-8"));
    }
    Node root;
    Converter converter(file);
    try {
        const toml::table parsed = toml::parse(std::string_view(file.text), std::string_view(file.path));
        converter.fill(root, static_cast<const toml::node&>(parsed));
    } catch (const toml::parse_error& error) {
        return fail(syntax_error(file.path, error));
    }
    if (converter.error) return fail(*std::move(converter.error));
    if (root.children.empty() && empty == Empty::refused)
        return fail(toml_error({file.path, 1, 1}, "the file is empty", empty_advice));
    return root;
}

bool has_control_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x20 || byte == 0x7F) return true;
        // U+0080 to U+009F
        if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
    }
    return false;
}

std::string quoted(std::string_view name) {
    std::string text = "\"";
    for (const char byte : name) {
        const auto code = static_cast<unsigned char>(byte);
        if (code < 0x20 || code == 0x7F) {
            text += fmt::format("\\u{:04X}", code);
        } else {
            if (byte == '"' || byte == '\\') text += '\\';
            text += byte;
        }
    }
    return text + '"';
}

}  // namespace roost::config
