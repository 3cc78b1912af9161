#include "text.hpp"

#include <algorithm>
#include <random>

#include "value.hpp"

namespace model {
namespace {

void append(std::string& out, char32_t point) {
    const auto byte = [&out](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xc0 | point >> 6);
        byte(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        byte(0xe0 | point >> 12);
        byte(0x80 | (point >> 6 & 0x3f));
        byte(0x80 | (point & 0x3f));
    } else {
        byte(0xf0 | point >> 18);
        byte(0x80 | (point >> 12 & 0x3f));
        byte(0x80 | (point >> 6 & 0x3f));
        byte(0x80 | (point & 0x3f));
    }
}

// The code point at the front, taken off; U+FFFD for what is none.
char32_t take(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (length == 0 || length > text.size()) {
        text.remove_prefix(1);
        return 0xfffd;
    }
    char32_t point = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
    text.remove_prefix(length);
    return point;
}

char32_t lower(char32_t point) {
    if (point >= 'A' && point <= 'Z') return point + 32;
    if (point >= 0xc0 && point <= 0xde && point != 0xd7) return point + 32;
    if (point >= 0x100 && point <= 0x137) return point | 1;
    if (point >= 0x391 && point <= 0x3a9) return point + 32;
    if (point >= 0x410 && point <= 0x42f) return point + 32;
    if (point >= 0x400 && point <= 0x40f) return point + 80;
    return point;
}

}  // namespace

std::string utf8(std::span<const SQLWCHAR> text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char32_t point = text[i];
        const bool pair = (point & 0xfc00) == 0xd800 && i + 1 < text.size() && (text[i + 1] & 0xfc00) == 0xdc00;
        if (pair) point = 0x10000 + ((point - 0xd800) << 10) + (text[++i] - 0xdc00u);
        append(out, point);
    }
    return out;
}

std::vector<SQLWCHAR> utf16(std::string_view text) {
    std::vector<SQLWCHAR> out;
    while (!text.empty()) {
        const char32_t point = take(text);
        if (point < 0x10000) {
            out.push_back(static_cast<SQLWCHAR>(point));
        } else {
            out.push_back(static_cast<SQLWCHAR>(0xd7c0 + (point >> 10)));
            out.push_back(static_cast<SQLWCHAR>(0xdc00 + (point & 0x3ff)));
        }
    }
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return out;
}

bool same(std::string_view a, std::string_view b) { return upper(a) == upper(b); }

std::string folded(std::string_view text) {
    std::string out;
    while (!text.empty()) append(out, lower(take(text)));
    return out;
}

std::string in_quotes(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text) {
        out += c;
        if (c == quote) out += c;
    }
    return out + quote;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

std::string random_hex(std::size_t digits) {
    std::random_device source;
    std::string out;
    while (out.size() < digits) out += "0123456789ABCDEF"[source() & 15];
    return out;
}

std::string text_of(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* real = std::get_if<double>(&value)) {
        std::string text = std::to_string(*real);
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
        return text;
    }
    return {};
}

std::int64_t number_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* real = std::get_if<double>(&value)) return static_cast<std::int64_t>(*real);
    return std::strtoll(text_of(value).c_str(), nullptr, 10);
}

}  // namespace model
