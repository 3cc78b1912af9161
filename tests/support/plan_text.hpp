// Declarations and plans as text. A declaration is one role to a line, its places are "env.toml" with the line's
// number:
//
//     hr: alice, bob(admin), carol(inherit off)     the whole membership
//     hr:                                           nobody
//     auditors                                      only that it exists
//     guineapigs of new_payroll: hr                 the role of a toggle
//     guineapigs of new_payroll off because TEXT    … that has nobody, and why
//
// Their owner is payroll/staging/db, whose mark is `mark_text`.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.hpp"
#include "support/graph_text.hpp"

namespace roost::test {

inline constexpr std::string_view mark_text = "roost: payroll/staging/db";

inline DeclaredMember declared_member_of(std::string_view text, const Place& place) {
    const Noted one = noted(text);
    DeclaredMember member{std::string(one.name), {option::admin, 0}, place};
    for (std::string_view note : one.notes) {
        const bool on = !note.ends_with(" off");
        if (!on) note.remove_suffix(4);
        const std::uint32_t bit = note == "admin"     ? option::admin
                                  : note == "inherit" ? option::inherit
                                  : note == "set"     ? option::set
                                                      : option::default_role;
        member.options.stated |= bit;
        if (on) member.options.value |= bit;
    }
    return member;
}

inline DeclaredRole declared_role_of(std::string_view line, const Place& place) {
    DeclaredRole role;
    role.place = place;
    role.members_place = place;
    if (const std::size_t because = line.find(" off because "); because != std::string_view::npos) {
        role.reason = line.substr(because + 13);
        role.members.emplace();
        line = line.substr(0, because);
    }
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
        role.members.emplace();
        for (const auto member : parts(line.substr(colon + 1), ','))
            role.members->push_back(declared_member_of(member, place));
        line = line.substr(0, colon);
    }
    const std::size_t of = line.find(" of ");
    role.name = trimmed(line.substr(0, of));
    if (of != std::string_view::npos) role.toggle = trimmed(line.substr(of + 4));
    return role;
}

inline Declared declared(std::string_view text) {
    Declared out{.roles = {}, .owner = {"payroll", "staging", "db"}};
    std::uint32_t number = 0;
    for (const auto line : parts(text, '\n')) out.roles.push_back(declared_role_of(line, {"env.toml", ++number, 0}));
    std::ranges::sort(out.roles, {}, &DeclaredRole::name);
    return out;
}

inline std::string options_text(const Options& options) {
    std::vector<std::string> notes;
    const auto note = [&](std::uint32_t bit, const std::string& name) {
        if (options.stated & bit) notes.push_back(name + (options.value & bit ? "" : " off"));
    };
    note(option::admin, "admin");
    note(option::inherit, "inherit");
    note(option::set, "set");
    note(option::default_role, "default");
    return notes.empty() ? "" : " " + notes_text(notes);
}

struct ChangeText {
    static std::string by(const std::string& grantor) { return grantor.empty() ? "" : " by " + grantor; }
    std::string operator()(const CreateRole& c) const {
        return "create " + c.role + (c.comment.empty() ? "" : " = " + c.comment);
    }
    std::string operator()(const MarkRole& c) const { return "mark " + c.role + " = " + c.comment; }
    std::string operator()(const Grant& c) const {
        return "grant " + c.role + " to " + c.member + options_text(c.options);
    }
    std::string operator()(const AlterMembership& c) const {
        return "alter " + c.role + " for " + c.member + by(c.grantor) + options_text(c.options);
    }
    std::string operator()(const Revoke& c) const { return "revoke " + c.role + " from " + c.member + by(c.grantor); }
    std::string operator()(const DropRole& c) const { return "drop " + c.role; }
    std::string operator()(const CreateUser& c) const { return "create user " + c.user; }
};

inline std::string text(const std::vector<Change>& changes) {
    std::string out;
    for (const Change& change : changes) out += std::visit(ChangeText{}, change) + "\n";
    return out;
}

inline std::string text(const std::vector<PlanLine>& plan) { return text(changes_of(plan)); }

inline std::string text(const Errors& errors) {
    std::string out;
    for (const Error& error : errors) out += to_string(error) + "\n";
    return out;
}

}  // namespace roost::test
