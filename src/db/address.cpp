#include "db/address.hpp"

#include "core/ascii.hpp"
#include "db/misuse.hpp"

namespace roost {

bool is_loopback(std::string_view host) {
    const bool numbers = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return lower_ascii(host) == "localhost" || host == "::1" || (numbers && host.starts_with("127."));
}

Result<AddedAccount> added_account(const Target& target, std::string_view user, std::string_view password) {
    const std::string& given = target.password.reveal();
    if (!user.empty() && !target.user.empty() && user != target.user)
        return misuse("two users are given: one in the address, one as user", "take one of them out");
    if (!password.empty() && !given.empty() && password != given)
        return misuse("two passwords are given: one in the address, one as password", "take one of them out");
    return AddedAccount{user.empty() ? target.user : std::string(), password.empty() ? given : std::string()};
}

}  // namespace roost
