#include "core/holes.hpp"

namespace roost {

std::string filled(std::string_view text, const HoleValue& value) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t close = text[at] == '{' ? text.find('}', at) : text.npos;
        const auto put_in = close == text.npos ? std::nullopt : value(text.substr(at + 1, close - at - 1), out);
        out += put_in ? *put_in : std::string(1, text[at]);
        at = put_in ? close + 1 : at + 1;
    }
    return out;
}

}  // namespace roost
