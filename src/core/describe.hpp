// Changes and names in words, the same in reports and in the ledger.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/change.hpp"
#include "core/graph.hpp"

namespace roost {

// A name as it can be shown: quoted unless it is plain, control and direction characters escaped as \u{…}. Names are
// data: they come from the database, and must not steer a terminal.
std::string shown(std::string_view name);
// Characters that steer a terminal or the direction of text, or that cannot be seen.
bool steers(char32_t c);
// Whether text holds any of them, or bytes that are no UTF-8, beside line ends and tabs.
bool steers(std::string_view text);
// Text of any kind made harmless in the same way; line ends stay where `lines` is true.
std::string harmless(std::string_view text, bool lines = false);

// The first of many, each as `say` puts it: "a, b and 3 more".
template <class Range, class Say>
std::string first_of(const Range& all, const Say& say, std::size_t most = 10) {
    std::string text;
    std::size_t said = 0;
    for (const auto& each : all) {
        if (said == most) break;
        text += (said++ == 0 ? "" : ", ") + say(each);
    }
    return all.size() > most ? text + " and " + std::to_string(all.size() - most) + " more" : text;
}

// "grant guineapigs to hr", "alter hr for carol: inherit off", …
std::string describe(const Change& change);
// "inherit off, admin on"; empty where nothing is stated.
std::string describe(const Options& options);
// "create", "mark", "grant", "alter", "revoke", "drop": the word for it in JSON.
std::string_view verb(const Change& change);

}  // namespace roost
