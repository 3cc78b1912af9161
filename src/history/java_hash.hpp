// Java's String.hashCode(), by which Flyway names its lock.
#pragma once

#include <cstdint>
#include <string_view>

namespace roost {

// Of good UTF-8, as the UTF-16 that Java would have of it.
std::int32_t java_hash(std::string_view text);

}  // namespace roost
