#include "core/variables.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace roost {

namespace referring {
namespace {

std::string_view name_at(std::string_view text, std::size_t at, std::string_view signs) {
    std::size_t end = at;
    const auto in_name = [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || signs.contains(c);
    };
    while (end < text.size() && in_name(text[end])) ++end;
    return text.substr(at, end - at);
}

}  // namespace
}  // namespace referring

void Variables::set(std::string_view name, std::string value) { values_[lower_ascii(name)] = std::move(value); }

void Variables::unset(std::string_view name) { values_.erase(lower_ascii(name)); }

void Variables::set_mark(std::string_view value) {
    const std::string word = lower_ascii(value);
    on_ = word != "off";
    if (word == "on") mark_ = '&';
    if (word.size() == 1) mark_ = word.front();
}

std::optional<Variables::Reference> Variables::find(std::string_view text, std::size_t from, std::size_t to) const {
    if (style_ == VariableStyle::none || !on_) return std::nullopt;
    const char first = style_ == VariableStyle::dollar ? '$' : mark_;
    for (std::size_t at = text.find(first, from); at < to; at = text.find(first, at + 1)) {
        const Reference found = style_ == VariableStyle::dollar ? parenthesised(text, at) : marked(text, at);
        if (!found.name.empty()) return found;
    }
    return std::nullopt;
}

Variables::Reference Variables::parenthesised(std::string_view text, std::size_t at) const {
    if (!text.substr(at).starts_with("$(")) return {};
    const std::string_view name = referring::name_at(text, at + 2, "_-");
    const std::size_t close = at + 2 + name.size();
    if (close >= text.size() || text[close] != ')') return {};
    return {at, close + 1, name};
}

// The client passes over blanks after the sign: 'R & D' asks for d.
Variables::Reference Variables::marked(std::string_view text, std::size_t at) const {
    std::size_t begin = at + 1;
    if (begin < text.size() && text[begin] == mark_) ++begin;
    begin = std::min(text.find_first_not_of(" \t", begin), text.size());
    const std::string_view name = referring::name_at(text, begin, "_$#");
    std::size_t end = begin + name.size();
    if (end < text.size() && text[end] == '.') ++end;
    return {at, end, name};
}

const std::string* Variables::value(std::string_view name) const {
    const auto at = values_.find(lower_ascii(name));
    return at == values_.end() ? nullptr : &at->second;
}

std::string Variables::advice(std::string_view name) const {
    if (style_ == VariableStyle::dollar) return "write :setvar " + std::string(name) + " \"…\" on a line before it";
    return "write DEFINE " + std::string(name) + " = … before it, or SET DEFINE OFF where " + mark_ + " is text";
}

}  // namespace roost
