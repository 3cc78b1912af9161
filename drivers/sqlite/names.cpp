#include <fmt/format.h>

#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/sqlite/parts.hpp"

namespace roost::sqlite {

Result<std::string> canonical(std::string_view name) {
    const auto refused = [](std::string message, std::string advice) {
        return fail(usage_error(std::move(message), std::move(advice)));
    };
    if (name.empty()) return refused("a name is empty", "name a role or a user");
    if (invalid_utf8(name) || name.contains('\0'))
        return refused("a name is no UTF-8 text, or holds a NUL", "take another name");
    if (name.size() > driver.info.name_bytes)
        return refused(fmt::format("a name has {} bytes", name.size()),
                       fmt::format("names of roles have {} bytes at most", driver.info.name_bytes));
    return std::string(name);
}

std::string quote(std::string_view name) { return fmt::format("\"{}\"", doubled(name, '"')); }

std::string literal(std::string_view text) { return fmt::format("'{}'", doubled(text, '\'')); }

}  // namespace roost::sqlite
