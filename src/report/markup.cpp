#include "report/markup.hpp"

#include "core/describe.hpp"

namespace roost {

std::string escaped(std::string_view text, bool lines) { return with_entities(harmless(text, lines), "&#39;"); }

std::string with_entities(std::string_view text, std::string_view apostrophe) {
    std::string out;
    for (const char c : text) {
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
                out += apostrophe;
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace roost
