// Role graphs as text, so that tests show what they are about:
//
//     user alice(alias alice@%), root(superuser)
//     role hr, pg_read(system), dba(not granted, no comment)     what the account may not do
//     comment hr = roost: payroll/staging/db          ("\n" is a line end)
//     hr: alice, carol(noinherit, admin, by root)     options: admin noinherit noset default; by GRANTOR
//
// Lines may be indented; names hold no blanks, commas, colons or parentheses.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/graph.hpp"

namespace roost::test {

inline std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// Parts between separators that stand outside parentheses, trimmed; empty ones are left out.
inline std::vector<std::string_view> parts(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool end = at == text.size();
        if (!end && text[at] == '(') ++depth;
        if (!end && text[at] == ')') --depth;
        if (!end && (text[at] != separator || depth != 0)) continue;
        if (const auto part = trimmed(text.substr(begin, at - begin)); !part.empty()) out.push_back(part);
        begin = at + 1;
    }
    return out;
}

struct Noted {  // name(note, note)
    std::string_view name;
    std::vector<std::string_view> notes;
};
inline Noted noted(std::string_view text) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return {text, {}};
    return {trimmed(text.substr(0, open)), parts(text.substr(open + 1, text.rfind(')') - open - 1), ',')};
}

class GraphReader {
public:
    explicit GraphReader(std::string_view text) {
        for (const std::string_view line : parts(text, '\n')) read(line);
    }
    RoleGraph graph() && { return {std::move(principals_), std::move(memberships_)}; }

private:
    void read(std::string_view line) {
        if (line.starts_with("user ")) return add(line.substr(5), PrincipalKind::user);
        if (line.starts_with("role ")) return add(line.substr(5), PrincipalKind::role);
        if (line.starts_with("comment ")) return comment(line.substr(8));
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) throw std::invalid_argument("no graph: " + std::string(line));
        for (const auto member : parts(line.substr(colon + 1), ','))
            join(id(trimmed(line.substr(0, colon))), noted(member));
    }

    void add(std::string_view list, PrincipalKind kind) {
        for (const std::string_view part : parts(list, ',')) {
            const Noted one = noted(part);
            Principal principal{.name = std::string(one.name), .kind = kind};
            for (const auto note : one.notes) {
                if (note == "superuser")
                    principal.superuser = true;
                else if (note == "system")
                    principal.system = true;
                else if (note == "not granted")
                    principal.may_grant = false;
                else if (note == "no comment")
                    principal.may_comment = false;
                else if (note.starts_with("alias "))
                    principal.alias = note.substr(6);
                else
                    throw std::invalid_argument("no attribute: " + std::string(note));
            }
            ids_[principal.name] = static_cast<PrincipalId>(principals_.size());
            principals_.push_back(std::move(principal));
        }
    }

    void comment(std::string_view line) {
        const std::size_t equals = line.find('=');
        std::string text(trimmed(line.substr(equals + 1)));
        for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n"))
            text.replace(at, 2, "\n");
        principals_[id(trimmed(line.substr(0, equals)))].comment = text;
    }

    void join(PrincipalId role, const Noted& member) {
        Membership row{.role = role, .member = id(member.name)};
        for (const auto note : member.notes) {
            if (note == "admin")
                row.options |= option::admin;
            else if (note == "noinherit")
                row.options &= ~option::inherit;
            else if (note == "noset")
                row.options &= ~option::set;
            else if (note == "default")
                row.options |= option::default_role;
            else if (note.starts_with("by "))
                row.grantor = id(note.substr(3));
            else
                throw std::invalid_argument("no option: " + std::string(note));
        }
        memberships_.push_back(row);
    }

    PrincipalId id(std::string_view name) const {
        const auto at = ids_.find(std::string(name));
        if (at == ids_.end()) throw std::invalid_argument("no principal: " + std::string(name));
        return at->second;
    }

    std::vector<Principal> principals_;
    std::vector<Membership> memberships_;
    std::map<std::string, PrincipalId> ids_;
};

inline RoleGraph graph(std::string_view text) { return GraphReader(text).graph(); }

// "(a, b)" or nothing.
inline std::string notes_text(const std::vector<std::string>& notes) {
    std::string text;
    for (const std::string& note : notes) text += (text.empty() ? "(" : ", ") + note;
    return text.empty() ? text : text + ")";
}

inline std::string member_text(const RoleGraph& graph, const Membership& row) {
    std::vector<std::string> notes;
    if (row.options & option::admin) notes.push_back("admin");
    if (!(row.options & option::inherit)) notes.push_back("noinherit");
    if (!(row.options & option::set)) notes.push_back("noset");
    if (row.options & option::default_role) notes.push_back("default");
    if (row.grantor != no_principal) notes.push_back("by " + std::string(graph.name(row.grantor)));
    return std::string(graph.name(row.member)) + notes_text(notes);
}

// The way back: one principal to a line, then one role's members to a line.
inline std::string text(const RoleGraph& graph) {
    std::string out;
    for (const Principal& principal : graph.principals()) {
        std::vector<std::string> notes;
        if (principal.superuser) notes.push_back("superuser");
        if (principal.system) notes.push_back("system");
        out += (principal.kind == PrincipalKind::user ? "user " : "role ") + principal.name + notes_text(notes) + "\n";
        std::string comment = principal.comment;
        for (std::size_t at = comment.find('\n'); at != std::string::npos; at = comment.find('\n'))
            comment.replace(at, 1, "\\n");
        if (!comment.empty()) out += "comment " + principal.name + " = " + comment + "\n";
    }
    PrincipalId last = no_principal;
    for (const Membership& row : graph.memberships()) {
        if (row.role != last)
            out += (last == no_principal ? "" : "\n") + std::string(graph.name(row.role)) + ": ";
        else
            out += ", ";
        out += member_text(graph, row);
        last = row.role;
    }
    return last == no_principal ? out : out + "\n";
}

// Without the indentation of a raw string: lines trimmed, empty ones left out, each ended.
inline std::string lines(std::string_view text) {
    std::string out;
    for (const std::string_view line : parts(text, '\n')) out += std::string(line) + "\n";
    return out;
}

}  // namespace roost::test
