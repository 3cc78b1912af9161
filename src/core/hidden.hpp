// What secrets make up in a statement.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/split_rules.hpp"

namespace roost {

enum class Hidden : std::uint8_t {
    nothing,
    texts,  // between quotes, where it can be no name
    sql     // names, or more
};

// Told by the statement as it is sent and as it is shown, without its secrets. Of one that is known to be about roles
// the quotes of a password alone hold no name.
Hidden hidden_in(std::string_view sent, std::string_view shown, const SplitRules& rules, bool about_roles);

}  // namespace roost
