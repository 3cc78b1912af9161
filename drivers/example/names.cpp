#include <fmt/format.h>

#include "core/utf8.hpp"
#include "db/quoting.hpp"
#include "drivers/example/parts.hpp"

namespace roost::example {

Result<std::string> canonical(std::string_view name) {
    if (name.empty() || invalid_utf8(name) || name.contains('\0'))
        return fail(usage_error("a name is empty, no UTF-8 text, or holds a NUL", "name a role or a user"));
    if (name.size() > driver.info.name_bytes)
        return fail(usage_error(fmt::format("{} has {} bytes", name, name.size()),
                                fmt::format("names have {} bytes at most", driver.info.name_bytes)));
    return std::string(name);
}

std::string quote(std::string_view name) { return fmt::format("\"{}\"", doubled(name, '"')); }

std::string literal(std::string_view text) { return fmt::format("'{}'", doubled(text, '\'')); }

}  // namespace roost::example
