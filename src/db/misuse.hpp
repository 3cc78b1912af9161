// The error of a user who asks for what cannot be.
#pragma once

#include <string>
#include <utility>

#include "core/error.hpp"

namespace roost {

inline std::unexpected<Error> misuse(std::string message, std::string advice) {
    return fail(usage_error(std::move(message), std::move(advice)));
}

}  // namespace roost
