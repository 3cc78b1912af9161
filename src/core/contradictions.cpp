#include "core/contradictions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "core/ascii.hpp"
#include "core/describe.hpp"
#include "core/differences.hpp"

namespace roost {

namespace {

// A managed membership that scripts settled the other way.
struct Contradiction {
    std::string role;
    std::string member;
    bool granted = false;  // by a script, and not declared; false: declared, and revoked by a script
    Place declaration;
};

// Finds declared members by name; sorts those of a role when it is first asked about.
class DeclaredMembers {
public:
    const DeclaredMember* find(const DeclaredRole& role, std::string_view name) {
        const auto by_name = [](const DeclaredMember* member) -> std::string_view { return member->member; };
        const auto [at, first_time] = sorted_.try_emplace(&role);
        auto& members = at->second;
        if (first_time) {
            for (const DeclaredMember& member : *role.members) members.push_back(&member);
            std::ranges::sort(members, {}, by_name);
        }
        const auto found = std::ranges::lower_bound(members, name, {}, by_name);
        return found != members.end() && (*found)->member == name ? *found : nullptr;
    }

private:
    std::map<const DeclaredRole*, std::vector<const DeclaredMember*>> sorted_;
};

// The membership that a change settles, or nothing.
struct Settles {
    std::string_view role, member;
    bool granted = false;
};

std::optional<Settles> settles(const Change& change) {
    if (const auto* grant = std::get_if<Grant>(&change)) return Settles{grant->role, grant->member, true};
    if (const auto* revoke = std::get_if<Revoke>(&change)) return Settles{revoke->role, revoke->member, false};
    return std::nullopt;
}

bool is_about(const Change& change, const Contradiction& found) {
    if (const auto* drop = std::get_if<DropRole>(&change)) {
        return !found.granted && (drop->role == found.role || drop->role == found.member);
    }
    const auto settled = settles(change);
    return settled && settled->role == found.role && settled->member == found.member &&
           settled->granted == found.granted;
}

bool name_byte(char c) {
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x80 || c == '_' || c == '$' || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') ||
           (u >= 'a' && u <= 'z');
}

bool same_letter(char a, char b) { return lower_ascii(a) == lower_ascii(b); }

// Whether the text holds the name as a whole identifier, in any case.
bool mentions(std::string_view text, std::string_view name) {
    auto from = text.begin();
    while (true) {
        const auto hit = std::ranges::search(std::ranges::subrange(from, text.end()), name, same_letter);
        if (hit.empty()) return false;
        const bool begins = hit.begin() == text.begin() || !name_byte(*(hit.begin() - 1));
        const bool ends = hit.end() == text.end() || !name_byte(*hit.end());
        if (begins && ends) return true;
        from = hit.begin() + 1;
    }
}

std::vector<Place> recognised_places(const Contradiction& found, const std::vector<ScriptStatement>& statements) {
    std::vector<Place> places;
    for (const ScriptStatement& statement : statements) {
        if (std::ranges::any_of(statement.changes, [&](const Change& change) { return is_about(change, found); })) {
            places.push_back(statement.place);
        }
    }
    return places;
}

// Statements that were not understood: those that name both, or else all of them by their files alone.
std::vector<Place> suspected_places(const Contradiction& found, const std::vector<ScriptStatement>& statements) {
    std::vector<Place> naming;
    std::vector<Place> files;
    for (const ScriptStatement& statement : statements) {
        if (!statement.changes.empty()) continue;
        const bool both = mentions(statement.sql, found.role) && mentions(statement.sql, found.member);
        if (both) naming.push_back(statement.place);
        if (std::ranges::find(files, statement.place.file, &Place::file) == files.end())
            files.push_back({statement.place.file});
    }
    return naming.empty() ? files : naming;
}

std::string also_at(const std::vector<Place>& places) {
    std::string text;
    for (std::size_t at = 1; at < places.size(); ++at) text += (at == 1 ? ", also at " : ", ") + to_string(places[at]);
    return text;
}

Error contradiction_error(ErrorKind kind, const Contradiction& found, const std::vector<Place>& places, bool sure) {
    const std::string role = shown(found.role);
    const std::string member = shown(found.member);
    const std::string what =
        found.granted ? fmt::format("{} {} to {}, which {} does not declare", sure ? "grants" : "a script granted",
                                    role, member, to_string(found.declaration))
                      : fmt::format("{} {} from {}, a member declared at {}", sure ? "revokes" : "a script revoked",
                                    role, member, to_string(found.declaration));
    return {.kind = kind,
            .message = what + also_at(places),
            .advice = "say it in one place: the script or the declaration",
            .place = places.empty() ? Place{} : places.front()};
}

std::vector<Contradiction> changed_against(const RoleGraph& before, const RoleGraph& after_scripts,
                                           const RoleGraph& outside, const Declared& declared) {
    DeclaredMembers members;
    std::vector<Contradiction> found;
    for (const Difference& d : differences(before, after_scripts, outside)) {
        const bool granted = d.what == Difference::What::granted;
        if (!granted && d.what != Difference::What::revoked) continue;
        const DeclaredRole* role = declared.find(d.role);
        if (!role || !role->members) continue;
        // Another grantor's row may say the same: then nothing was settled.
        const RoleGraph& other = granted ? before : after_scripts;
        if (other.options_of(d.role, d.member)) continue;
        const DeclaredMember* member = members.find(*role, d.member);
        if (granted == (member != nullptr)) continue;
        if (!found.empty() && found.back().role == d.role && found.back().member == d.member) continue;
        found.push_back({d.role, d.member, granted, member ? member->place : role->members_place});
    }
    return found;
}

// Comments that scripts leave a managed role with, and that do not hold its owner's mark.
Errors lost_marks(const Declared& declared, const std::vector<ScriptStatement>& statements) {
    std::map<std::string_view, std::pair<const MarkRole*, Place>> last;
    for (const ScriptStatement& statement : statements) {
        for (const Change& change : statement.changes) {
            if (const auto* mark = std::get_if<MarkRole>(&change)) last[mark->role] = {mark, statement.place};
        }
    }
    Errors errors;
    for (const auto& [name, comment] : last) {
        const DeclaredRole* role = declared.find(name);
        if (!role || mark_in(comment.first->comment) == declared.owner) continue;
        errors.push_back(usage_error(fmt::format("takes roost's mark out of the comment of role {}, declared at {}",
                                                 shown(name), to_string(role->place)),
                                     fmt::format("write the description elsewhere, or keep the line \"{}\"",
                                                 harmless(to_string(declared.owner))),
                                     comment.second));
    }
    return errors;
}

}  // namespace

Errors contradictions(const RoleGraph& before, const RoleGraph& after_scripts, const RoleGraph& outside,
                      const Declared& declared, const std::vector<ScriptStatement>& statements) {
    Errors errors;
    for (const Contradiction& found : changed_against(before, after_scripts, outside, declared)) {
        const std::vector<Place> places = recognised_places(found, statements);
        errors.push_back(places.empty()
                             ? contradiction_error(ErrorKind::failed, found, suspected_places(found, statements), false)
                             : contradiction_error(ErrorKind::failed, found, places, true));
    }
    return errors;
}

Errors contradictions(const Declared& declared, const std::vector<ScriptStatement>& statements) {
    // The last word counts: a script may revoke and grant again.
    std::map<std::pair<std::string_view, std::string_view>, bool> last;
    for (const ScriptStatement& statement : statements) {
        for (const Change& change : statement.changes) {
            if (const auto settled = settles(change)) last[{settled->role, settled->member}] = settled->granted;
        }
    }
    DeclaredMembers members;
    Errors errors;
    for (const auto& [key, granted] : last) {
        const DeclaredRole* role = declared.find(key.first);
        if (!role || !role->members) continue;
        const DeclaredMember* member = members.find(*role, key.second);
        if (granted == (member != nullptr)) continue;
        const Contradiction found{std::string(key.first), std::string(key.second), granted,
                                  member ? member->place : role->members_place};
        errors.push_back(contradiction_error(ErrorKind::usage, found, recognised_places(found, statements), true));
    }
    std::ranges::move(lost_marks(declared, statements), std::back_inserter(errors));
    return errors;
}

}  // namespace roost
