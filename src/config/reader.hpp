// Sections as data: a table of keys says what each is, where its value goes and which are planned. Adding a key is one
// line.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "config/expand.hpp"
#include "config/toml.hpp"

namespace roost::config {

// A string with its ${env.NAME} replaced.
struct Value {
    std::string text;
    bool secret = false;
    Place place;
};

// Collects every error of a file.
class Reader {
public:
    Reader(std::string file, ProcessVariables variables, Unset unset = Unset::refused)
        : file_(std::move(file)), variables_(std::move(variables)), unset_(unset) {}

    const std::string& file() const { return file_; }
    Place start() const { return {file_, 1, 1}; }

    void refuse(Place place, std::string message, std::string advice);
    bool good() const { return errors_.empty(); }
    Errors take();  // in the order of their places

    // Whether the value is of that type; `example` is a right one, as it stands after "key = ".
    bool is(const Node& node, Type type, std::string_view example);
    // Whether the name is not empty.
    bool named(const Node& node);

    // Each gives an error for a wrong type or value, and then leaves `into` as it was.
    void read(const Node& node, std::string_view example, std::string& into);
    void read(const Node& node, std::string_view example, std::optional<Version>& into);
    void read(const Node& node, std::string_view example, std::uint32_t& into);
    void read(const Node& node, std::string_view example, std::optional<bool>& into);
    void read(const Node& node, std::string_view example, std::optional<Value>& into);  // must not become empty
    std::optional<Value> expanded(const Node& string);                                  // may become empty

    // Which of `known` the text is. It is not shown: it may come from a variable.
    std::optional<std::size_t> choose(std::string_view path, const Place& place, std::string_view text,
                                      std::span<const std::string> known, std::span<const std::string> planned);

    void unknown(const Node& node, std::span<const std::string> known);
    void planned(const Place& place, std::string_view what);
    void elsewhere(const Node& node, std::string_view file);

private:
    std::string file_;
    ProcessVariables variables_;
    Unset unset_;
    Errors errors_;
};

struct Planned {};  // a key that a later version will have
struct Elsewhere {
    std::string_view file;  // where the key belongs
};

template <class T>
struct Key {
    using Read = void (*)(const Node&, T&, Reader&);
    std::string_view name;
    std::variant<std::string T::*, std::optional<Version> T::*, std::uint32_t T::*, std::optional<bool> T::*,
                 std::optional<Value> T::*, Read, Planned, Elsewhere>
        field;
    std::string_view example = {};  // for the fields that Reader::read takes

    bool usable() const { return !std::holds_alternative<Planned>(field) && !std::holds_alternative<Elsewhere>(field); }
};

template <class T>
void read_key(const Node& node, const Key<T>& key, T& into, Reader& reader) {
    const auto to = [&](const auto& field) {
        using Field = std::remove_cvref_t<decltype(field)>;
        if constexpr (std::is_same_v<Field, Planned>) {
            reader.planned(node.place, node.path);
        } else if constexpr (std::is_same_v<Field, Elsewhere>) {
            reader.elsewhere(node, field.file);
        } else if constexpr (std::is_member_object_pointer_v<Field>) {
            reader.read(node, key.example, into.*field);
        } else {
            field(node, into, reader);
        }
    };
    std::visit(to, key.field);
}

// Whether it is a section at all; else there is an error.
template <class T>
bool read_section(const Node& table, std::span<const Key<std::type_identity_t<T>>> keys, T& into, Reader& reader) {
    if (!reader.is(table, Type::table, {})) return false;
    for (const Node& node : table.children) {
        const auto key = std::ranges::find(keys, node.key, &Key<T>::name);
        if (key != keys.end()) {
            read_key(node, *key, into, reader);
            continue;
        }
        std::vector<std::string> known;
        for (const Key<T>& other : keys) {
            if (other.usable()) known.emplace_back(other.name);
        }
        reader.unknown(node, known);
    }
    return true;
}

}  // namespace roost::config
