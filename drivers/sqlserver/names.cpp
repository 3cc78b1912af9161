#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

// Lower case, for most databases compare names without regard to case. Fixed roles of later versions are known by
// is_fixed_role: db_… may be a role of the user's.
constexpr std::string_view reserved[] = {"public",
                                         "dbo",
                                         "guest",
                                         "sys",
                                         "information_schema",
                                         "db_owner",
                                         "db_accessadmin",
                                         "db_datareader",
                                         "db_datawriter",
                                         "db_ddladmin",
                                         "db_securityadmin",
                                         "db_backupoperator",
                                         "db_denydatareader",
                                         "db_denydatawriter"};

bool is_reserved(std::string_view name) { return std::ranges::find(reserved, lower_ascii(name)) != std::end(reserved); }

// As nvarchar counts them: characters outside the basic plane, four bytes of UTF-8, count twice.
std::size_t characters(std::string_view name) {
    std::size_t count = 0;
    for (const unsigned char c : name) count += c >= 0xF0 ? 2 : (c & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

}  // namespace

Result<std::string> canonical(std::string_view name) {
    constexpr std::size_t most = 128;  // sysname
    if (name.empty()) return misuse("a name is empty", "name a role or a user");
    if (invalid_utf8(name) || name.contains('\0'))
        return misuse("a name is no UTF-8 text, or holds a NUL", "SQL Server cannot hold it");
    if (characters(name) > most)
        return misuse(fmt::format("{} has {} characters", name, characters(name)),
                      fmt::format("SQL Server holds names of {} characters at most", most));
    if (name.ends_with(' '))
        return misuse(fmt::format("'{}' ends in a blank", name), "SQL Server compares names without it");
    if (is_reserved(name))
        return misuse(fmt::format("{} is reserved", name),
                      "SQL Server keeps public, dbo, guest, sys, INFORMATION_SCHEMA and its fixed roles for itself");
    return std::string(name);
}

std::string quote(std::string_view name) { return fmt::format("[{}]", doubled(name, ']')); }

std::string literal(std::string_view text) { return fmt::format("N'{}'", doubled(text, '\'')); }

}  // namespace roost::sqlserver
