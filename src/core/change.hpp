// What can be done to a database's roles: one variant that plan, apply, prediction and reports share.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"

namespace roost {

// Wanted options of a membership: `stated` says which bits were declared, `value` what they are to be. `admin` counts
// as stated false where nothing is said: the whole membership is declared, and who may extend it is part of it. The
// other options are kept as found unless stated.
struct Options {
    std::uint32_t stated = 0;
    std::uint32_t value = 0;
    bool operator==(const Options&) const = default;
};

struct CreateRole {
    std::string role;
    std::string comment;  // holds the owner's mark
    bool operator==(const CreateRole&) const = default;
};
// Sets the comment of an existing role. roost puts the owner's mark into it and keeps what stood there; a script's may
// take it out.
struct MarkRole {
    std::string role;
    std::string comment;
    bool operator==(const MarkRole&) const = default;
};
struct Grant {
    std::string role;
    std::string member;
    Options options;
    bool operator==(const Grant&) const = default;
};
// Changes the options of an existing membership without taking it away: members that stay are never revoked.
struct AlterMembership {
    std::string role;
    std::string member;
    std::string grantor;
    Options options;  // only the bits that differ are stated
    bool operator==(const AlterMembership&) const = default;
};
struct Revoke {
    std::string role;
    std::string member;
    std::string grantor;  // empty: the engine keeps no grantors apart
    bool operator==(const Revoke&) const = default;
};
// Only ever predicted from a script: roost itself drops nothing, and makes no users.
struct DropRole {
    std::string role;
    bool operator==(const DropRole&) const = default;
};
struct CreateUser {
    std::string user;
    bool operator==(const CreateUser&) const = default;
};

using Change = std::variant<CreateRole, MarkRole, Grant, AlterMembership, Revoke, DropRole, CreateUser>;

// Whether it makes or marks a role; else it is about a membership.
bool is_about_roles(const Change& change);
const std::string& role_of(const Change& change);    // the role, or the user that is created
const std::string& member_of(const Change& change);  // of a membership; else empty

// A statement to send, and where it came from: the user's script, or the declaration that it carries out.
struct Statement {
    std::string sql;
    Place place;
    std::vector<std::uint32_t> covers = {};  // indexes of the changes it carries out; empty for a script's statement
    // Its lines are those of the file from `place` on, and a line that the engine names in an error is one of them.
    bool lines_hold = false;
};

}  // namespace roost
