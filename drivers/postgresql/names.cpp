#include <fmt/format.h>

#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {

Result<std::string> canonical(std::string_view name) {
    if (name.empty()) return misuse("a name is empty", "name a role or a user");
    if (invalid_utf8(name) || name.contains('\0'))
        return misuse("a name is no UTF-8 text, or holds a NUL", "PostgreSQL cannot hold it");
    // The server cuts longer names and only gives a notice.
    if (name.size() > driver.info.name_bytes)
        return misuse(fmt::format("{} has {} bytes", name, name.size()),
                      fmt::format("PostgreSQL holds names of {} bytes at most", driver.info.name_bytes));
    // Exactly as the server compares them, quoted or not: "Public" is an ordinary name.
    if (name == "public" || name == "none" || name.starts_with("pg_"))
        return misuse(fmt::format("{} is reserved", name), "PostgreSQL keeps public, none and pg_* for itself");
    return std::string(name);
}

std::string quote(std::string_view name) { return fmt::format("\"{}\"", doubled(name, '"')); }

std::string literal(std::string_view text) {
    if (!text.contains('\\')) return fmt::format("'{}'", doubled(text, '\''));
    // As the server's own quote_literal(): right whatever standard_conforming_strings says.
    return fmt::format("E'{}'", doubled(doubled(text, '\\'), '\''));
}

}  // namespace roost::postgresql
