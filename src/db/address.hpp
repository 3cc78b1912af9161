// What the address of a database says, whatever the engine.
#pragma once

#include <string>
#include <string_view>

#include "db/driver.hpp"

namespace roost {

// A name or address of the loopback; an IPv6 address without its brackets.
bool is_loopback(std::string_view host);

// The account that the target adds to its address.
struct AddedAccount {
    std::string user;      // empty: the address names one, or nobody does
    std::string password;  // the same
};
// `user` and `password` are the address's own, empty where it has none. An error where the target has others.
Result<AddedAccount> added_account(const Target& target, std::string_view user, std::string_view password);

}  // namespace roost
