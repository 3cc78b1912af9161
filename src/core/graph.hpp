// The role graph: principals and their memberships, as read from a database. Immutable once built.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roost {

// Index into the graph's principals, which are in bytewise order of their names.
using PrincipalId = std::uint32_t;
inline constexpr PrincipalId no_principal = 0xFFFFFFFF;

enum class PrincipalKind : std::uint8_t { role, user };  // a user can log in

struct Principal {
    std::string name;          // canonical: as the engine's dictionary spells it
    std::string comment = {};  // the engine's comment on a role; the owner's mark is a line of it (mark.hpp)
    PrincipalKind kind = PrincipalKind::role;
    bool superuser = false;
    bool system = false;              // built in, or the provider's: never managed
    std::string alias = {};           // another spelling that finds it ("alice@%" for alice); empty: none
    std::uint64_t attributes = 0;     // what else the engine says of it, in the engine's own code: compared, not read
    std::string_view unmanaged = {};  // what it is that makes it `system`; empty: built in
    // What the account that reads it may do to it; true where the engine does not say.
    bool may_grant = true;    // change its memberships
    bool may_comment = true;  // and its comment
    bool operator==(const Principal&) const = default;
};

// Options of a membership, as bits. An engine has those that ServerFacts::membership_options names.
namespace option {
inline constexpr std::uint32_t admin = 1;         // may hand the role on
inline constexpr std::uint32_t inherit = 2;       // has the role's rights without SET ROLE
inline constexpr std::uint32_t set = 4;           // may SET ROLE to it
inline constexpr std::uint32_t default_role = 8;  // enabled at log-in
}  // namespace option

// role -> member, direct. One row per grantor where the engine keeps grantors apart. An edge that only administers
// (PostgreSQL 16's row with neither INHERIT nor SET) is no membership and never gets here.
struct Membership {
    PrincipalId role = no_principal;
    PrincipalId member = no_principal;
    PrincipalId grantor = no_principal;  // no_principal: the engine does not say
    std::uint32_t options = option::inherit | option::set;
    auto operator<=>(const Membership&) const = default;
};
static_assert(sizeof(Membership) == 16);

class RoleGraph {
public:
    RoleGraph() = default;
    // Takes principals in any order and memberships that index them; sorts both. Names are unique.
    RoleGraph(std::vector<Principal> principals, std::vector<Membership> memberships);

    std::span<const Principal> principals() const { return principals_; }
    std::span<const Membership> memberships() const { return memberships_; }  // by role, member, grantor
    const Principal& principal(PrincipalId id) const { return principals_[id]; }
    std::string_view name(PrincipalId id) const {
        return id == no_principal ? std::string_view{} : principals_[id].name;
    }
    std::optional<PrincipalId> find(std::string_view name) const;       // by name, else by alias
    std::span<const Membership> members_of(PrincipalId role) const;     // direct, by member
    std::span<const std::uint32_t> roles_of(PrincipalId member) const;  // indexes into memberships(), by role

    // What a membership gives, over all of its grantors; nullopt: it does not exist.
    std::optional<std::uint32_t> options_of(std::string_view role, std::string_view member) const;

    bool operator==(const RoleGraph& other) const {
        return principals_ == other.principals_ && memberships_ == other.memberships_;
    }

private:
    std::vector<Principal> principals_;
    std::vector<Membership> memberships_;
    std::vector<std::uint32_t> by_member_;
    std::vector<PrincipalId> by_alias_;  // those that have one
};

}  // namespace roost
