#include "odbc/text.hpp"

#include <cstdint>

namespace roost::odbc {
namespace {

static_assert(sizeof(SQLWCHAR) == 2, "unixODBC was built with a SQLWCHAR that is not UTF-16");

constexpr std::uint32_t bad = 0xffffffff;

// Takes one code point off the front of `text`, or gives `bad`.
std::uint32_t take_code_point(std::string_view& text) {
    constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || length > text.size()) return bad;
    std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if ((next & 0xc0) != 0x80) return bad;
        point = point << 6 | (next & 0x3fu);
    }
    if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return bad;
    text.remove_prefix(length);
    return point;
}

void append_code_point(std::string& out, std::uint32_t point) {
    const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(static_cast<unsigned char>(value)); };
    const auto tail = [&byte](std::uint32_t value) { byte(0x80 | (value & 0x3f)); };
    if (point < 0x80) return byte(point);
    if (point < 0x800) {
        byte(0xc0 | point >> 6);
    } else {
        if (point < 0x10000) {
            byte(0xe0 | point >> 12);
        } else {
            byte(0xf0 | point >> 18);
            tail(point >> 12);
        }
        tail(point >> 6);
    }
    tail(point);
}

}  // namespace

Result<Wide> wide(std::string_view text) {
    Wide result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::uint32_t point = take_code_point(text);
        if (point == 0) return fail({.message = "a NUL byte inside a text that goes to the database"});
        if (point == bad) return fail({.message = "a text that goes to the database is not UTF-8"});
        if (point < 0x10000) {
            result.push_back(static_cast<SQLWCHAR>(point));
        } else {
            result.push_back(static_cast<SQLWCHAR>(0xd7c0 + (point >> 10)));
            result.push_back(static_cast<SQLWCHAR>(0xdc00 + (point & 0x3ff)));
        }
    }
    return result;
}

bool append_utf8(std::string& out, std::span<const SQLWCHAR> text) {
    bool whole = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint32_t unit = text[i];
        if (unit < 0x80) {
            out += static_cast<char>(unit);
        } else if (unit < 0xd800 || unit > 0xdfff) {
            append_code_point(out, unit);
        } else if (unit < 0xdc00 && i + 1 < text.size() && (text[i + 1] & 0xfc00) == 0xdc00) {
            append_code_point(out, 0x10000 + ((unit - 0xd800) << 10) + (text[++i] - 0xdc00u));
        } else {
            append_code_point(out, 0xfffd);
            whole = false;
        }
    }
    return whole;
}

std::string utf8(std::span<const SQLWCHAR> text) {
    std::string result;
    append_utf8(result, text);
    return result;
}

}  // namespace roost::odbc
