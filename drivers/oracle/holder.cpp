#include <fmt/format.h>

#include "db/lock_words.hpp"
#include "drivers/oracle/parts.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

// V$SESSION needs a right, and the ledger may not be there yet: who holds the lock is then not known, and no more.
std::optional<LockHolder> by_session(Connection& connection) {
    const auto rows = read(connection, sql::holder);
    if (!rows || rows->empty()) return std::nullopt;
    return LockHolder{fmt::format("{} (account {})", rows->text(0, 0), rows->text(0, 1)), rows->text(0, 2)};
}

std::optional<LockHolder> by_ledger(Connection& connection) {
    const auto rows = read(connection, sql::run_under_way);
    if (!rows || rows->empty()) return std::nullopt;
    return LockHolder{fmt::format("{} on {} (account {})", rows->text(0, 0), rows->text(0, 2), rows->text(0, 1)),
                      rows->text(0, 3)};
}

}  // namespace

std::string shown_holder(std::string_view holder) { return ascii_holder(holder, 64); }

// For others to read; nothing depends on it.
void tell_holder(Connection& connection, std::string_view holder) {
    const std::optional<std::string> shown[] = {shown_holder(holder)};
    static_cast<void>(connection.execute(sql::tell_holder, shown));
}

std::optional<LockHolder> known_holder(Connection& connection) {
    auto holder = by_session(connection);
    return holder ? holder : by_ledger(connection);
}

}  // namespace roost::oracle
