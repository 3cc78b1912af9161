#include "core/mark.hpp"

#include <array>
#include <vector>

namespace roost {

namespace {

constexpr std::string_view mark_prefix = "roost: ";

std::string encode_part(std::string_view part) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : part) {
        if (c != '/' && c != '%' && c != '\n' && c != '\r') {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<std::string> decode_part(std::string_view part) {
    std::string out;
    for (std::size_t at = 0; at < part.size(); ++at) {
        if (part[at] != '%') {
            out += part[at];
            continue;
        }
        if (at + 2 >= part.size()) return std::nullopt;
        const int high = hex_value(part[at + 1]);
        const int low = hex_value(part[at + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return out;
}

std::optional<Mark> mark_of_line(std::string_view line) {
    if (!line.starts_with(mark_prefix)) return std::nullopt;
    line.remove_prefix(mark_prefix.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    std::array<std::string, 3> parts;
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const std::size_t slash = line.find('/');
        if ((slash == std::string_view::npos) != (at == 2)) return std::nullopt;
        auto part = decode_part(line.substr(0, slash));
        if (!part) return std::nullopt;
        parts[at] = std::move(*part);
        line.remove_prefix(slash == std::string_view::npos ? line.size() : slash + 1);
    }
    return Mark{parts[0], parts[1], parts[2]};
}

std::vector<std::string_view> comment_lines(std::string_view comment) {
    std::vector<std::string_view> lines;
    while (!comment.empty()) {
        const std::size_t end = comment.find('\n');
        lines.push_back(comment.substr(0, end));
        comment.remove_prefix(end == std::string_view::npos ? comment.size() : end + 1);
    }
    return lines;
}

}  // namespace

std::string to_string(const Mark& mark) {
    return std::string(mark_prefix) + encode_part(mark.project) + '/' + encode_part(mark.environment) + '/' +
           encode_part(mark.database);
}

std::optional<Mark> mark_in(std::string_view comment) {
    for (const std::string_view line : comment_lines(comment)) {
        if (auto mark = mark_of_line(line)) return mark;
    }
    return std::nullopt;
}

std::string marked(std::string_view comment, const Mark& mark) {
    std::string out;
    for (const std::string_view line : comment_lines(comment)) {
        if (mark_of_line(line)) continue;  // a role has one owner: an older mark goes
        out += line;
        out += '\n';
    }
    return out + to_string(mark);
}

}  // namespace roost
