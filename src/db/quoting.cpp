#include "db/quoting.hpp"

namespace roost {

std::string doubled(std::string_view text, char mark) {
    std::string result;
    for (const char c : text) result.append(c == mark ? 2 : 1, c);
    return result;
}

}  // namespace roost
