#include "core/checksum.hpp"

#include <array>

#include "core/utf8.hpp"

namespace roost {

namespace crc32 {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ ((rest & 1U) != 0 ? 0xEDB88320U : 0U);
        table[byte] = rest;
    }
    return table;
}

constexpr std::array<std::uint32_t, 256> table = make_table();

}  // namespace
}  // namespace crc32

std::uint32_t flyway_checksum(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::uint32_t rest = 0xFFFFFFFFU;
    for (const char byte : text) {
        if (byte == '\n' || byte == '\r') continue;
        rest = crc32::table[(rest ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ rest >> 8;
    }
    return ~rest;
}

}  // namespace roost
