#include "core/directives.hpp"

#include <algorithm>
#include <utility>

#include "core/lexer.hpp"
#include "core/nearest.hpp"
#include "core/utf8.hpp"
#include "core/version.hpp"

namespace roost {

namespace directing {
namespace {

struct Piece {  // of the script's text
    std::size_t at = 0;
    std::string_view text;
};

Piece trim(Piece piece) {
    while (!piece.text.empty() && is_blank(piece.text.front())) {
        piece.text.remove_prefix(1);
        ++piece.at;
    }
    while (!piece.text.empty() && is_blank(piece.text.back())) piece.text.remove_suffix(1);
    return piece;
}

Piece after(Piece piece, std::size_t size) { return trim({piece.at + size, piece.text.substr(size)}); }

// What follows "roost:", whatever its blanks and case.
std::optional<Piece> after_name(Piece line) {
    constexpr std::string_view name = "roost";
    const bool named = line.text.size() > name.size() &&
                       std::ranges::equal(line.text.substr(0, name.size()), name,
                                          [](char mine, char lower) { return (mine | 0x20) == lower; });
    if (!named) return std::nullopt;
    line = after(line, name.size());
    if (!line.text.starts_with(':')) return std::nullopt;
    return after(line, 1);
}

// What follows "-- roost:" on a line.
std::optional<Piece> directive(Piece line) {
    return line.text.starts_with("--") ? after_name(after(line, 2)) : std::nullopt;
}

// Whether a line of a block comment reads as a directive: "/* roost:", " * roost:".
bool is_blocked_directive(Piece line) {
    const std::size_t signs = std::min(line.text.find_first_not_of("/*-"), line.text.size());
    return after_name(after(line, signs)).has_value();
}

struct Item {
    std::size_t at = 0;
    std::string value;
};

class Reader {
public:
    Reader(const Source& source, Phase phase, const std::vector<std::string>& environments)
        : source_(source), phase_(phase), environments_(environments) {}

    std::expected<Directives, Errors> read();

private:
    void set(Piece text);
    void set(const std::string& key, const std::vector<Item>& items);
    void set_environments(const std::vector<Item>& items);
    void set_needs(const Item& item);
    void set_transaction(const Item& item);
    std::optional<std::vector<Item>> items(Piece value);
    std::optional<Item> quoted(Piece& rest);
    void error(std::size_t at, std::string message, std::string advice);

    const Source& source_;
    Phase phase_;
    const std::vector<std::string>& environments_;
    Directives directives_;
    std::vector<std::string> seen_;
    Errors errors_;
};

std::expected<Directives, Errors> Reader::read() {
    const std::string_view text = source_.text();
    bool leading = true;
    bool comment = false;  // inside /* … */
    std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const Piece line = trim({at, text.substr(at, end - at)});
        at = end + 1;
        if (const auto found = directive(line); found && leading && !comment) {
            set(*found);
        } else if (found) {
            error(line.at, "a directive that is not in the leading comments",
                  "move it above the first statement, on a line that begins with --");
        }
        if (!leading) continue;
        if (line.text.starts_with("/*")) comment = true;
        if (comment && is_blocked_directive(line) && !directive(line))
            error(line.at, "a directive in a block comment", "write it on a line of its own that begins with --");
        leading = comment || line.text.empty() || line.text.starts_with("--");
        if (!comment) continue;
        const std::size_t close = line.text.find("*/");
        if (close == std::string_view::npos) continue;
        comment = false;
        leading = after(line, close + 2).text.empty();
    }
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(directives_);
}

// key = value
void Reader::set(Piece text) {
    const std::size_t equals = text.text.find('=');
    const std::vector<std::string> keys = {"environments", "requires", "touches", "transaction"};
    const std::string key(trim({0, text.text.substr(0, equals)}).text);
    if (std::ranges::find(keys, key) == keys.end()) {
        return error(text.at, "unknown directive \"" + key + "\"", suggest(key, keys));
    }
    if (equals == std::string_view::npos) {
        return error(text.at, "the directive " + key + " without a value", "write -- roost: " + key + " = …");
    }
    if (std::ranges::find(seen_, key) != seen_.end()) {
        return error(text.at, "the directive " + key + " stands here twice", "say it once, lists with commas");
    }
    seen_.push_back(key);
    if (const auto values = items(after(text, equals + 1))) set(key, *values);
}

void Reader::set(const std::string& key, const std::vector<Item>& items) {
    if (key == "environments") return set_environments(items);
    if (key == "touches") {
        for (const Item& item : items) directives_.touches.push_back(item.value);
        return;
    }
    if (items.size() > 1)
        return error(items[1].at, "the directive " + key + " takes one value", "leave out the others");
    if (key == "requires") return set_needs(items.front());
    set_transaction(items.front());
}

void Reader::set_environments(const std::vector<Item>& items) {
    const bool without = items.front().value.starts_with('!');
    for (const Item& item : items) {
        std::string name = item.value;
        if (name.starts_with('!') != without) {
            return error(item.at, "environments with and without ! together",
                         "name either those that run the script, or with ! those that do not");
        }
        if (without) name.erase(0, 1);
        if (std::ranges::find(environments_, name) == environments_.end()) {
            error(item.at, "there is no environment \"" + name + "\"", suggest(name, environments_));
        }
        directives_.environments.push_back(item.value);
    }
}

void Reader::set_needs(const Item& item) {
    auto version = Version::parse(item.value);
    if (!version) return error(item.at, std::move(version.error().message), std::move(version.error().advice));
    directives_.needs = item.value;
}

void Reader::set_transaction(const Item& item) {
    if (item.value != "on" && item.value != "off") {
        return error(item.at, "transaction = " + item.value, "it is off or on");
    }
    if (item.value == "off" && phase_ == Phase::memberships) {
        return error(item.at, "transaction = off in a membership script",
                     "only role and data scripts may run outside the transaction");
    }
    directives_.transaction = item.value == "on";
}

// a, "b c", !d
std::optional<std::vector<Item>> Reader::items(Piece value) {
    std::vector<Item> found;
    for (Piece rest = value;;) {
        Item item{rest.at, {}};
        if (rest.text.starts_with('"')) {
            auto name = quoted(rest);
            if (!name) return std::nullopt;
            item = std::move(*name);
        } else {
            const std::size_t end = std::min(rest.text.find(','), rest.text.size());
            item.value = trim({0, rest.text.substr(0, end)}).text;
            rest = after(rest, end);
        }
        if (item.value.empty()) {
            error(item.at, "an empty value", "name something, or leave the directive out");
            return std::nullopt;
        }
        found.push_back(std::move(item));
        if (rest.text.empty()) return found;
        if (!rest.text.starts_with(',')) {
            error(rest.at, "more after the closing quote", "put a comma between values");
            return std::nullopt;
        }
        rest = after(rest, 1);
    }
}

// "b c", a quote inside doubled; passes over it.
std::optional<Item> Reader::quoted(Piece& rest) {
    Item item{rest.at, {}};
    for (std::size_t at = 1; at < rest.text.size(); ++at) {
        if (rest.text[at] == '"') {
            const bool doubled = at + 1 < rest.text.size() && rest.text[at + 1] == '"';
            if (!doubled) {
                rest = after(rest, at + 1);
                return item;
            }
            ++at;
        }
        item.value += rest.text[at];
    }
    error(rest.at, "a quoted value that is never closed", "close it with \" on the same line");
    return std::nullopt;
}

void Reader::error(std::size_t at, std::string message, std::string advice) {
    errors_.push_back(usage_error(std::move(message), std::move(advice), source_.place(at)));
}

}  // namespace
}  // namespace directing

std::expected<Directives, Errors> read_directives(const Source& source, Phase phase,
                                                  const std::vector<std::string>& environments) {
    return directing::Reader(source, phase, environments).read();
}

}  // namespace roost
