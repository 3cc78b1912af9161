// One statement for many members, for the engines that have it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/driver.hpp"

namespace roost {

// A statement about members: the text on both sides of their list.
struct Sentence {
    std::string before;
    std::string after;
    bool alone = false;  // names its one member itself: then all that is said with it is said of that member alone
};

// Whether two changes differ in nothing but the member.
template <class Edge>
bool but_for_member(Edge a, const Edge& b) {
    a.member = b.member;
    return a == b;
}

// The end of the changes that differ from the `first` one in nothing but the member, `most` of them.
template <class Edge>
std::size_t end_of_alike(std::span<const Change> changes, std::size_t first, std::size_t most) {
    const Edge& edge = std::get<Edge>(changes[first]);
    std::size_t end = first + 1;
    for (; end < changes.size() && end - first < most; ++end) {
        const Edge* next = std::get_if<Edge>(&changes[end]);
        if (!next || !but_for_member(*next, edge)) break;
    }
    return end;
}

// Writes what is said of the changes from `first` on that differ in nothing but the member; returns their end.
// `spelled` is how a list names a member.
template <class Edge>
std::size_t write_edges(std::span<const Change> changes, std::size_t first, const std::vector<Sentence>& said,
                        std::string (*spelled)(std::string_view), std::vector<Statement>& written) {
    constexpr std::size_t most_grantees = 500;
    const bool alone = std::ranges::any_of(said, &Sentence::alone);
    const std::size_t end = end_of_alike<Edge>(changes, first, alone ? 1 : most_grantees);
    std::string list;
    std::vector<std::uint32_t> covers;
    for (std::size_t i = first; i < end; ++i) {
        list += (list.empty() ? "" : ", ") + spelled(std::get<Edge>(changes[i]).member);
        covers.push_back(static_cast<std::uint32_t>(i));
    }
    for (const Sentence& sentence : said)
        written.push_back({sentence.before + (sentence.alone ? "" : list) + sentence.after, {}, covers});
    return end;
}

}  // namespace roost
