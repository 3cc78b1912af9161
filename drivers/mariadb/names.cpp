#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

constexpr std::size_t longest = 128, longest_host = 255;  // characters

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// The dictionary is utf8mb3: nothing above U+FFFF.
bool has_four_bytes(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return (c & 0xF8) == 0xF0; });
}

bool is_keyword(std::string_view name, std::string_view lower) { return lower_ascii(name) == lower; }

Result<void> check_part(std::string_view part, std::string_view of, std::size_t most) {
    // The server cuts blanks off and says nothing.
    if (part.ends_with(' '))
        return misuse(fmt::format("{} ends in a blank", of), "MariaDB would cut it off: take it out");
    if (characters(part) > most)
        return misuse(fmt::format("{} has {} characters", of, characters(part)),
                      fmt::format("MariaDB holds {} at most there", most));
    return {};
}

Result<std::string> canonical_account(std::string_view name, const Account& account) {
    if (account.user.empty()) return misuse(fmt::format("{} names no user", name), "write user@host");
    if (account.host.empty())
        return misuse(fmt::format("{} names no host", name),
                      fmt::format("write {} or {}@%", account.user, account.user));
    if (auto checked = check_part(account.host, "the host of " + std::string(name), longest_host); !checked)
        return fail(std::move(checked.error()));
    return account.user + "@" + lower_ascii(account.host);  // as the server keeps it
}

}  // namespace

std::optional<Account> account_in(std::string_view name) {
    const auto at = name.rfind('@');
    if (at == std::string_view::npos) return std::nullopt;
    return Account{std::string(name.substr(0, at)), std::string(name.substr(at + 1))};
}

std::string name_of(const Account& account) {
    const bool bare = account.host == "%" && !account.user.empty() && !account.user.contains('@');
    return bare ? account.user : account.user + "@" + account.host;
}

Result<std::string> canonical(std::string_view name) {
    if (name.empty()) return misuse("a name is empty", "name a role or an account");
    if (invalid_utf8(name) || name.contains('\0') || has_four_bytes(name))
        return misuse("a name is no UTF-8 text, holds a NUL, or a character above U+FFFF", "MariaDB cannot hold it");
    const auto account = account_in(name);
    const std::string_view user = account ? std::string_view(account->user) : name;
    if (auto checked = check_part(user, name, longest); !checked) return fail(std::move(checked.error()));
    if (account) return canonical_account(name, *account);
    if (is_keyword(name, "public") || is_keyword(name, "none"))
        return misuse(fmt::format("{} is reserved", name), "MariaDB keeps PUBLIC and NONE for itself");
    return std::string(name);
}

// A role `a@b` can be made, and is then no other than the account to whoever names it.
Result<std::string> canonical_role(std::string_view name) {
    if (account_in(name))
        return misuse(fmt::format("role {} has a name with an @", name),
                      "on MariaDB that is an account: name it otherwise");
    return canonical(name);
}

std::string quote(std::string_view name) { return fmt::format("`{}`", doubled(name, '`')); }

std::string grantee(std::string_view name) {
    const auto found = account_in(name);
    return found ? quote(found->user) + "@" + quote(found->host) : quote(name);
}

std::string account(std::string_view name) { return account_in(name) ? grantee(name) : quote(name) + "@`%`"; }

// Right whatever sql_mode says: NO_BACKSLASH_ESCAPES decides what a backslash means, so none is written.
std::string literal(std::string_view text) {
    if (!text.contains('\\')) return fmt::format("'{}'", doubled(text, '\''));
    std::string hex;
    for (const unsigned char c : text) hex += fmt::format("{:02x}", c);
    return fmt::format("_utf8mb4 x'{}'", hex);
}

}  // namespace roost::mariadb
