#include "core/blocks.hpp"

#include <utility>

#include "core/ascii.hpp"

namespace roost {

namespace blocks {
namespace {

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
    return ((lower_ascii(text) == words) || ...);
}

bool opens(std::string_view text) { return is_one_of(text, "begin", "if", "case", "loop", "while", "repeat", "for"); }

// A body of one plain statement begins with it.
bool begins_plain_body(std::string_view text) {
    return is_one_of(text, "return", "select", "set", "call", "insert", "update", "delete", "replace", "with",
                     "execute", "signal", "values");
}

}  // namespace
}  // namespace blocks

using blocks::is_one_of;

void Blocks::enter(std::string_view text) {
    ++depth_;
    handler_ = false;
    before_ = is_one_of(text, "begin", "loop", "repeat") ? Before::start : Before::other;
}

void Blocks::word(std::string_view text) {
    if (in_header()) return header_word(text, std::exchange(before_, Before::header));
    const Before before = std::exchange(before_, Before::other);
    if (cases_ > 0) {
        if (is_one_of(text, "case")) ++cases_;
        if (is_one_of(text, "end")) --cases_;
        if (before == Before::until) before_ = Before::until;
        return;
    }
    if (before == Before::end || depth_ == 0) {
        if (before == Before::start && blocks::opens(text)) enter(text);
        return;
    }
    if (is_one_of(text, "end") && (before == Before::start || before == Before::until)) {
        --depth_;
        before_ = Before::end;
    } else if (before == Before::start && blocks::opens(text)) {
        enter(text);
    } else if (handler_ && is_one_of(text, "begin")) {
        enter(text);
    } else if (is_one_of(text, "case")) {
        ++cases_;
        before_ = before == Before::until ? before : Before::other;
    } else if (is_one_of(text, "then", "else", "atomic") || (before != Before::start && is_one_of(text, "do"))) {
        before_ = Before::start;
    } else if (is_one_of(text, "until") || before == Before::until) {
        before_ = Before::until;
    } else if (is_one_of(text, "handler")) {
        handler_ = true;
    }
}

void Blocks::header_word(std::string_view text, Before before) {
    if (before == Before::named || (before == Before::loop && is_one_of(text, "each"))) return;
    if (before == Before::loop) {
        ++depth_;
        before_ = Before::other;
    } else if (is_one_of(text, "before", "after", "or", "character")) {
        before_ = Before::named;
    } else if (is_one_of(text, "for")) {
        before_ = Before::loop;
    } else if (blocks::opens(text) && before != Before::kind) {
        enter(text);
    } else if (blocks::begins_plain_body(text)) {
        before_ = Before::other;
    }
}

void Blocks::symbol(char symbol) {
    if (symbol == ';') handler_ = false;
    if ((symbol == ';' || symbol == ':') && !in_header())
        before_ = Before::start;
    else
        other();
}

void Blocks::other() {
    if (in_header())
        before_ = Before::header;
    else if (before_ != Before::until)
        before_ = Before::other;
}

}  // namespace roost
