// In what two role graphs differ.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "core/graph.hpp"

namespace roost {

// Every principal or membership in which two graphs differ, by name: as the changes that lead from one to the other, in
// order. Attributes (kind, superuser, comment) count; a principal that differs in one is reported as "altered".
struct Difference {
    enum class What : std::uint8_t { created, dropped, altered, granted, revoked, options } what;
    std::string role;     // the principal, or the membership's role
    std::string member;   // empty for a principal
    std::string grantor;  // empty for a principal
    auto operator<=>(const Difference&) const = default;
};
std::vector<Difference> differences(const RoleGraph& before, const RoleGraph& after);
// Less those that somebody else made meanwhile: differences before -> outside, where `outside` is what others can see
// (committed state).
std::vector<Difference> differences(const RoleGraph& before, const RoleGraph& after, const RoleGraph& outside);
std::string to_string(const Difference& difference);  // "alice was granted hr"

}  // namespace roost
