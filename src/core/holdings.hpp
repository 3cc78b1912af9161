// What a database grants and sets beside memberships: rights, owners, settings, definitions.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace roost {

// One row of a driver's query `holdings`, its columns in this order; empty where a column says nothing.
struct Holding {
    // "right", "default right", "owner", "setting", "definition"; "limit": `what` says which one of the engine's own is
    // near, for the holder or else for the object.
    std::string kind;
    std::string holder;   // a principal as the dictionary spells it; "PUBLIC"
    std::string schema;   // of the object, where objects have one
    std::string object;   // "table payslip", "column payslip.amount", "schema payroll"
    std::string what;     // "SELECT", "SELECT with grant option", "search_path = payroll"
    std::string grantor;  // where the engine keeps grantors apart
    std::string created;  // of the object, ISO 8601, UTC, where the engine tells
    auto operator<=>(const Holding&) const = default;
};
using Holdings = std::vector<Holding>;  // sorted

// "grant SELECT on table payroll.payslip to hr", "set search_path = payroll for hr"; `is` false: what took it away.
std::string describe(const Holding& holding, bool is);

}  // namespace roost
