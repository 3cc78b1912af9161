// What a statement does to roles and memberships: steps that are played on a graph (foresee.hpp), guards included.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/change.hpp"
#include "core/graph.hpp"
#include "core/role_rules.hpp"

namespace roost {

// What a guard asks: of the roles; whether the failure at hand has that code; what a variable was set to.
struct Question {
    enum class What : std::uint8_t { roles, failure, variable };
    What what = What::roles;
    Meaning meaning = Meaning::principal;
    std::string name;  // a principal, a role, a code, a variable
    std::string member = {};
};
struct Condition {
    enum class Kind : std::uint8_t { question, none_of, all_of, any_of };
    Kind kind = Kind::question;
    Question question = {};
    std::vector<Condition> parts = {};
};

struct Deed;
using Deeds = std::vector<Deed>;

struct Do {
    Change change;
    bool if_needed = false;    // IF EXISTS, IF NOT EXISTS
    bool once = false;         // a membership that is there already is an error
    bool account = false;      // of DropRole: a user is meant
    bool login = false;        // of CreateUser: of a log-in that may be missing
    bool with_values = false;  // WITH ADMIN TRUE, REVOKE SET OPTION FOR: SQL only where there are more than ADMIN
};
// Takes memberships away: of a role, of a member or of both; an empty name is anybody.
struct RevokeAll {
    std::string role, member;
};
// Of somebody who is given rights, or loses them.
struct Needs {
    std::string principal;
};
struct Assign {
    std::string variable;
    Condition value;
};
struct Branch {
    Condition when;
    Deeds then, otherwise;
};
struct Handler {
    std::vector<std::string> catches;  // codes and names of conditions in capitals; OTHERS
    Deeds steps;
};
struct Attempt {
    Deeds body;
    std::vector<Handler> handlers;
    bool undone = false;  // what the body did before it failed is taken back
};
// The failure at hand again, or one of the script's own.
struct Raise {
    bool again = false;
};
struct NotUnderstood {};  // it may do anything

struct Deed {
    std::variant<Do, RevokeAll, Needs, Assign, Branch, Attempt, Raise, NotUnderstood> what;
};

}  // namespace roost
