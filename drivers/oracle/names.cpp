#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.hpp"
#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What Oracle takes unquoted, of ASCII alone: how it makes capitals of other letters depends on the database.
bool is_plain(std::string_view name) {
    return is_letter(name.front()) && std::ranges::all_of(name, [](char c) {
               return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '#';
           });
}

bool is_quoted(std::string_view name) { return name.size() >= 2 && name.starts_with('"') && name.ends_with('"'); }

Result<std::string> exact(std::string_view inner) {
    if (inner.empty()) return misuse("a name is empty", "name a role or a user");
    if (inner.contains('"'))
        return misuse(fmt::format("{} holds a \"", inner), "Oracle has no names with a \" in them");
    return std::string(inner);
}

}  // namespace

Result<std::string> schema(std::string_view name) {
    if (name.empty()) return misuse("a name is empty", "name a role or a user");
    if (invalid_utf8(name) || name.contains('\0'))
        return misuse("a name is no UTF-8 text, or holds a NUL", "Oracle cannot hold it");
    Result<std::string> spelled = upper_ascii(name);
    if (is_quoted(name)) {
        spelled = exact(name.substr(1, name.size() - 2));
    } else if (name.contains('"')) {
        return misuse(fmt::format("{} holds a \"", name), "Oracle has no names with a \" in them");
    } else if (!is_plain(name)) {
        return misuse(fmt::format("{} is no name that Oracle takes without quotes", name),
                      fmt::format("write it with them, exactly as the dictionary has it: '\"{}\"'", name));
    }
    if (spelled && spelled->size() > driver.info.name_bytes)
        return misuse(fmt::format("{} has {} bytes", *spelled, spelled->size()),
                      fmt::format("Oracle holds names of {} bytes at most", driver.info.name_bytes));
    return spelled;
}

Result<std::string> canonical(std::string_view name) {
    auto spelled = schema(name);
    if (!spelled) return spelled;
    if (*spelled == "PUBLIC" || *spelled == "SYS" || *spelled == "SYSTEM")
        return misuse(fmt::format("{} is reserved", *spelled), "Oracle keeps PUBLIC, SYS and SYSTEM for itself");
    if (spelled->starts_with("C##") || spelled->starts_with("c##"))
        return misuse(fmt::format("{} is common to all containers", *spelled),
                      "roost manages local roles and users alone: C## names belong to CDB$ROOT");
    return spelled;
}

std::string quote(std::string_view name) { return fmt::format("\"{}\"", doubled(name, '"')); }

std::string grantee(std::string_view name) { return name == "PUBLIC" ? std::string(name) : quote(name); }

std::string literal(std::string_view text) { return fmt::format("'{}'", doubled(text, '\'')); }

}  // namespace roost::oracle
