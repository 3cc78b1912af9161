// How the role DDL of an engine differs that recognise() reads and Foreseen plays, as data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace roost {

// What can be wrong with a statement about roles.
enum class Mishap : std::uint8_t {
    role_exists,        // CREATE ROLE
    user_exists,        // CREATE USER
    role_missing,       // GRANT or REVOKE of a role
    member_missing,     // GRANT or REVOKE to or from somebody
    grantee_missing,    // rights to or from somebody
    drop_role_missing,  // DROP ROLE
    drop_user_missing,  // DROP USER
    drop_has_members,   // DROP ROLE while it has members
    not_a_member,       // REVOKE, or an option of a membership that is not there
    is_a_member,        // a second row for a membership, where it is a row of a table
    circular,           // GRANT that would make a role a member of itself
    raised,             // the script's own RAISE
};

struct MishapRule {
    Mishap mishap = Mishap::raised;
    bool error = true;                // false: nothing happens
    std::string_view code = {};       // as the engine reports it, and scripts compare it: "42710", "-1921"
    std::string_view condition = {};  // its name in a handler, in capitals: "DUPLICATE_OBJECT"
    std::string_view advice = {};     // how a script avoids it
};

// What a query or expression in a guard asks; $role, $name and $member are captured by its form.
enum class Meaning : std::uint8_t {
    principal,       // a role or user $name is there
    role,            // a role $role is there
    user,            // a user $name is there
    any_host,        // a role $name, or an account of that user from any host
    member,          // $member is directly in $role
    role_as_member,  // so is a role $member
    user_as_member,  // so is a user $member
    nested_member,   // role and member are there, and $member is in $role, directly or through others
    not_nested,      // both are there, and it is not
    not_in,          // it is not, or one of them is not there
    unknown_pair,    // one of them is not there
    has_role,        // an error where one is not there; true of superusers, of a role about itself, of nested members
};
// See core/form.hpp for how forms read.
struct GuardForm {
    std::string_view form;
    Meaning meaning = Meaning::principal;
    bool holds = true;   // false: the form is true where the meaning is not
    bool unique = true;  // of a query: it finds one row at most
};

// Blocks of statements that run as one.
enum class BlockKind : std::uint8_t {
    none,
    in_do,      // DO $$ … $$
    anonymous,  // DECLARE … BEGIN … END; only EXECUTE IMMEDIATE changes roles there
    compound,   // BEGIN NOT ATOMIC … END, IF … THEN … END IF
    batch,      // IF … statement, BEGIN … END; statements end without a sign
};

// Tables that hold the roles, where the engine has none. Columns and tables in capitals.
struct RoleTables {
    std::string_view roles = {};  // empty: there are none
    std::string_view name = {}, login = {}, comment = {};
    std::string_view memberships = {};
    std::string_view role = {}, member = {}, admin = {}, inherit = {};
};

struct RoleRules {
    bool accounts = false;          // 'user'@'host'; a name may stand in a string's quotes; users and roles share names
    bool many_word_rights = false;  // GRANT CREATE SESSION TO u: what has several words is no role
    bool altered_members = false;   // ALTER ROLE r ADD MEMBER m and its procedures; GRANT is about rights alone
    bool users_are_roles = false;   // DROP ROLE drops users too, and DROP USER roles
    bool queries_act = false;       // a query may run anything: functions in views, operators, casts, attributes
    bool any_case = false;          // names may compare without regard to case
    BlockKind blocks = BlockKind::none;
    std::size_t name_bytes = 0;                       // longer names are cut by the engine; 0: it refuses them
    std::string_view reserved = {};                   // roles whose names begin so cannot be made
    std::string_view hidden = {};                     // a role that is always there, and in no graph: "public"
    std::string_view drop_fails = {};                 // what lets DROP fail that no graph tells; empty: nothing
    std::string_view user_fails = {};                 // the same of CREATE USER
    std::span<const GuardForm> queries = {};          // from FROM on
    std::span<const GuardForm> tests = {};            // expressions
    std::span<const MishapRule> mishaps = {};         // those that are not named make a statement opaque
    std::span<const std::string_view> harmless = {};  // first words of calls inside blocks that do nothing to roles
    RoleTables tables = {};
};

}  // namespace roost
