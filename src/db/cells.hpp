// What stands in a cell of a catalogue's row.
#pragma once

#include <charconv>
#include <cstdint>

#include "db/connection.hpp"

namespace roost {

// 0 for NULL, and for what is no number.
inline std::int64_t number(const Cell& cell) {
    std::int64_t value = 0;
    if (cell) std::from_chars(cell->data(), cell->data() + cell->size(), value);
    return value;
}

}  // namespace roost
