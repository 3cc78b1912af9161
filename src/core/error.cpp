#include "core/error.hpp"

namespace roost {

std::string to_string(const Place& place) {
    std::string text = place.file;
    if (place.line == 0) return text;
    if (!text.empty()) text += ':';
    text += std::to_string(place.line);
    if (place.column != 0) text += ':' + std::to_string(place.column);
    return text;
}

std::string to_string(const Error& error) {
    std::string text = to_string(error.place);
    if (!text.empty()) text += ": ";
    text += error.message;
    if (!error.sqlstate.empty()) {
        text += " (" + error.sqlstate + ')';
    } else if (error.native != 0) {
        text += " (" + std::to_string(error.native) + ')';
    }
    if (!error.advice.empty()) text += "; " + error.advice;
    return text;
}

}  // namespace roost
