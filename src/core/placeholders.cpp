#include "core/placeholders.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ascii.hpp"
#include "core/describe.hpp"
#include "core/nearest.hpp"
#include "core/utf8.hpp"

namespace roost {

namespace replacing {
namespace {

constexpr std::size_t longest_count = 512;  // bytes that place() counts through at most

std::uint32_t width(std::string_view text) { return static_cast<std::uint32_t>(code_points(text)); }

std::string escape(const PlaceholderForm& form) {
    return form.prefix.starts_with('$') ? ", or write $" + form.prefix + " for a literal " + form.prefix : "";
}

Error never_closed(Place place, const PlaceholderForm& form) {
    return usage_error("a placeholder that is never closed",
                       "close it with " + form.suffix + " on the same line" + escape(form), std::move(place));
}

Error unknown(std::string_view name, const Placeholders& values, Place place, const PlaceholderForm& form) {
    const auto shown = [&](std::string_view text) { return form.prefix + std::string(text) + form.suffix; };
    std::vector<std::string> known;
    for (const auto& [key, value] : values) known.push_back(key);
    const auto near = nearest(name, known);
    return usage_error("the placeholder " + shown(name) + " has no value",
                       near ? "did you mean " + shown(*near) + "?" : "set it in [placeholders]" + escape(form),
                       std::move(place));
}

// From the prefix at `at` to the end of the suffix; only the prefix where it is not closed on its line.
std::string_view written_at(std::string_view text, std::size_t at, const PlaceholderForm& form) {
    const std::size_t begin = at + form.prefix.size();
    const std::size_t close = text.find(form.suffix, begin);
    const bool closed = close != text.npos && text.substr(begin, close - begin).find_first_of("\r\n") == text.npos;
    return text.substr(at, closed ? close + form.suffix.size() - at : form.prefix.size());
}

bool is_escaped(std::string_view text, std::size_t at, const PlaceholderForm& form) {
    return form.prefix.starts_with('$') && at > 0 && text[at - 1] == '$';
}

Error unmeant(std::string_view written, Place place) {
    return usage_error("this comes to " + harmless(written) + ", which would be taken for a placeholder",
                       "put the text together otherwise", std::move(place));
}

}  // namespace
}  // namespace replacing

std::string flyway_placeholder(const PlaceholderForm& form, std::string_view name) {
    return lower_ascii("flyway" + form.separator + std::string(name));
}

Source::Source(std::string file, std::string original)
    : file_(std::move(file)), text_(original), original_(std::move(original)) {
    mark();
}

void Source::mark() {
    Mark here{original_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0, 1, 1};
    const std::string_view all = original_;
    while (true) {
        marks_.push_back(here);
        const std::string_view rest = all.substr(here.offset, replacing::longest_count);
        const std::size_t newline = rest.find('\n');
        if (newline != std::string_view::npos) {
            here = {here.offset + newline + 1, here.line + 1, 1};
        } else if (rest.size() == replacing::longest_count) {
            here = {here.offset + rest.size(), here.line, here.column + replacing::width(rest)};
        } else {
            return;
        }
    }
}

std::size_t Source::original_offset(std::size_t offset) const {
    auto after = std::ranges::upper_bound(shifts_, offset, {}, &Shift::text);
    if (after != shifts_.end() && offset + after->value >= after->text) return after->original - after->replaced;
    if (after == shifts_.begin()) return offset;
    --after;
    return after->original + (offset - after->text);
}

// As original_offset, but a position inside a replaced value leads to the end of its placeholder.
std::size_t Source::original_end(std::size_t offset) const {
    const auto after = std::ranges::upper_bound(shifts_, offset, {}, &Shift::text);
    const bool inside = after != shifts_.end() && offset + after->value > after->text;
    return inside ? after->original : original_offset(offset);
}

Place Source::place(std::size_t offset) const {
    const std::size_t wanted = std::max(std::min(original_offset(offset), original_.size()), marks_.front().offset);
    const auto after = std::ranges::upper_bound(marks_, wanted, {}, &Mark::offset);
    const Mark& known = *std::prev(after);
    const std::string_view between = std::string_view(original_).substr(known.offset, wanted - known.offset);
    return {file_, known.line, known.column + replacing::width(between)};
}

std::string Source::original(std::size_t begin, std::size_t end) const {
    const std::size_t from = std::min(original_offset(begin), original_.size());
    const std::size_t to = std::min(original_end(end), original_.size());
    return original_.substr(from, std::max(from, to) - from);
}

Result<Source> substitute(std::string file, std::string text, const Placeholders& values, const PlaceholderForm& form) {
    Source source(std::move(file), std::move(text));
    if (!form.replaced) return source;
    const std::string_view original = source.original_;
    const std::string_view prefix = form.prefix;
    std::string result;
    std::vector<Source::Shift> shifts;
    std::size_t copied = 0;
    const auto replace = [&](std::size_t begin, std::size_t end, std::string_view value) {
        result.append(original, copied, begin - copied).append(value);
        shifts.push_back({result.size(), end, value.size(), end - begin});
        copied = end;
    };
    for (std::size_t at = original.find(prefix); at != std::string_view::npos; at = original.find(prefix, at)) {
        const std::size_t begin = at + prefix.size();
        if (prefix.starts_with('$') && at > copied && original[at - 1] == '$') {
            replace(at - 1, at + 1, "$");
            at = begin;
            continue;
        }
        const std::size_t close = original.find(form.suffix, begin);
        if (close == std::string_view::npos ||
            original.substr(begin, close - begin).find_first_of("\r\n") != std::string_view::npos)
            return fail(replacing::never_closed(source.place(at), form));
        const std::string_view name = original.substr(begin, close - begin);
        const auto value = values.find(lower_ascii(name));
        if (value == values.end()) return fail(replacing::unknown(name, values, source.place(at), form));
        replace(at, close + form.suffix.size(), value->second);
        at = close + form.suffix.size();
    }
    result.append(original, copied);
    source.text_ = std::move(result);
    source.shifts_ = std::move(shifts);
    return source;
}

std::expected<std::set<std::string>, Errors> left_in(const Source& source, const std::set<std::string>& kept,
                                                     const PlaceholderForm& form) {
    std::set<std::string> left;
    Errors errors;
    if (!form.replaced) return left;
    const std::string_view text = source.text();
    for (std::size_t at = text.find(form.prefix); at != text.npos; at = text.find(form.prefix, at)) {
        const std::string_view written = replacing::written_at(text, at, form);
        const std::size_t around = form.prefix.size() + form.suffix.size();
        const std::string name =
            written.size() < around ? "" : lower_ascii(written.substr(form.prefix.size(), written.size() - around));
        const bool meant = kept.contains(name) && !replacing::is_escaped(text, at, form) &&
                           lower_ascii(source.original(at, at + written.size())) == lower_ascii(written);
        if (meant)
            left.insert(name);
        else
            errors.push_back(replacing::unmeant(written, source.place(at)));
        at += written.size();
    }
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return left;
}

}  // namespace roost
