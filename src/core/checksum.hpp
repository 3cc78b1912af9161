// The checksum that Flyway keeps of a script.
#pragma once

#include <cstdint>
#include <string_view>

namespace roost {

// CRC32 over the bytes of each line without its end; a byte-order mark does not count. Flyway stores it as signed.
std::uint32_t flyway_checksum(std::string_view text);

}  // namespace roost
