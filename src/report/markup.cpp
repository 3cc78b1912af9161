#include "report/markup.hpp"

#include "core/describe.hpp"

namespace roost {

std::string escaped(std::string_view text, bool lines) {
    std::string out;
    for (const char c : harmless(text, lines)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace roost
