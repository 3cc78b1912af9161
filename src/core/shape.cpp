#include "core/shape.hpp"

#include <algorithm>
#include <utility>

namespace roost {

namespace shaping {
namespace {

bool is_word(std::string_view text, std::string_view lower_case) {
    return std::ranges::equal(text, lower_case, [](char mine, char lower) { return (mine | 0x20) == lower; });
}

template <class... Words>
bool is_one_of(std::string_view text, Words... words) {
    return (is_word(text, words) || ...);
}

}  // namespace
}  // namespace shaping

using shaping::is_one_of;
using shaping::is_word;

void Shape::word(std::string_view text, std::size_t begin) {
    const Before before = std::exchange(before_, Before::other);
    switch (kind_) {
        case Kind::leading:
            return leading_word(text, begin);
        case Kind::create:
            return kind_of_object(text);
        case Kind::begin:
            kind_ = is_word(text, "not") ? Kind::compound : Kind::plain;
            if (kind_ == Kind::compound) blocks_.word("begin");
            return;
        case Kind::plain:
            if (!rules_->slash_blocks) return;
            if (before == Before::with && is_one_of(text, "function", "procedure")) kind_ = Kind::query;
            if (is_word(text, "with")) before_ = Before::with;
            return;
        case Kind::copy:
            if (is_word(text, "from")) before_ = Before::from;
            if (before == Before::from && is_word(text, "stdin")) data_follows_ = true;
            return;
        case Kind::routine:
            if (is_word(text, "begin")) {
                before_ = Before::begin;
                body_ = begin;
            } else if (before == Before::begin && is_word(text, "atomic")) {
                before_ = Before::stop;
                kind_ = Kind::body;
            }
            return;
        case Kind::body:
            if (before == Before::stop && is_word(text, "end")) before_ = Before::end;
            if (body_ == begin_ && is_word(text, "begin")) body_ = begin;
            return;
        case Kind::compound: {
            const bool was_open = blocks_.open();
            blocks_.word(text);
            if (!was_open && blocks_.open()) body_ = begin;
            return;
        }
        case Kind::package:
        case Kind::block:
        case Kind::query:
        case Kind::lines:
            return;
    }
}

void Shape::leading_word(std::string_view text, std::size_t begin) {
    begin_ = body_ = begin;
    kind_ = Kind::plain;
    if (is_word(text, "create")) kind_ = Kind::create;
    if (rules_->copy_data && is_word(text, "copy")) kind_ = Kind::copy;
    if (rules_->slash_blocks && is_one_of(text, "begin", "declare")) kind_ = Kind::block;
    if (is_word(text, "with")) before_ = Before::with;
    if (rules_->compound_bodies && is_word(text, "begin")) kind_ = Kind::begin;
    if (rules_->compound_bodies && is_one_of(text, "if", "case", "loop", "while", "repeat", "for")) {
        kind_ = Kind::compound;
        blocks_.word(text);
    }
}

void Shape::kind_of_object(std::string_view text) {
    if (is_one_of(text, "or", "replace", "temp", "temporary")) return;
    if (rules_->slash_blocks &&
        is_one_of(text, "editionable", "noneditionable", "and", "resolve", "compile", "force", "noforce"))
        return;
    if (rules_->compound_bodies && is_one_of(text, "definer", "aggregate")) {
        defined_by_ = true;
        return;
    }
    const bool routine = is_one_of(text, "function", "procedure");
    const bool trigger = is_word(text, "trigger");
    if (rules_->compound_bodies && (routine || trigger || is_word(text, "event"))) {
        kind_ = Kind::compound;
        return blocks_.header();
    }
    if (defined_by_ && !is_one_of(text, "view", "package")) return;  // the account
    kind_ = Kind::plain;
    if (rules_->compound_bodies && is_word(text, "package")) kind_ = Kind::package;
    if (rules_->atomic_bodies && routine) kind_ = Kind::routine;
    if (rules_->trigger_bodies && trigger) kind_ = Kind::body;
    if (rules_->slash_blocks && (routine || trigger || is_one_of(text, "package", "type", "library")))
        kind_ = Kind::block;
    if (rules_->slash_blocks && is_word(text, "java")) kind_ = Kind::lines;
}

void Shape::symbol(char symbol) {
    if (kind_ == Kind::compound) return blocks_.symbol(symbol);
    if (kind_ == Kind::leading && rules_->slash_blocks && symbol == '<') kind_ = Kind::block;  // <<label>>
    other();
    if (symbol == ';') before_ = Before::stop;
}

void Shape::other() {
    if (kind_ == Kind::compound) return blocks_.other();
    if (kind_ == Kind::leading || (kind_ == Kind::create && !defined_by_) || kind_ == Kind::begin) kind_ = Kind::plain;
    before_ = Before::other;
}

bool Shape::ends_at_semicolon() const {
    if (kind_ == Kind::body) return before_ == Before::end;
    if (kind_ == Kind::compound) return !blocks_.open();
    return !ends_at_slash();
}

std::optional<std::size_t> Shape::open_body() const {
    const bool open = kind_ == Kind::body ? before_ != Before::end : kind_ == Kind::compound && blocks_.open();
    return open ? std::optional(body_) : std::nullopt;
}

}  // namespace roost
