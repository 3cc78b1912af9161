#include <fmt/format.h>

#include <chrono>
#include <thread>

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

std::string shown_holder(std::string_view holder) {
    constexpr std::size_t most = 64, tail = 25;  // the end says since when
    std::string shown;
    for (const unsigned char c : holder)
        if (c < 0x80 || c >= 0xC0) shown += c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '?';
    if (shown.size() > most) shown = shown.substr(0, most - tail - 3) + "..." + shown.substr(shown.size() - tail);
    return shown;
}

// For others to read; nothing depends on it.
void tell_holder(Connection& connection, std::string_view holder) {
    const std::optional<std::string> shown[] = {shown_holder(holder)};
    static_cast<void>(connection.execute(sql::tell_holder, shown));
}

Error not_had(Connection& connection) {
    auto holder = by_session(connection);
    if (!holder) holder = by_ledger(connection);
    // It tells who it is once it has the lock: whoever came a moment later looks again for a second.
    for (int tries = 0; !holder && tries < 20; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        holder = by_session(connection);
        if (!holder) holder = by_ledger(connection);
    }
    if (!holder) holder = LockHolder{"another run", ""};
    return {.kind = ErrorKind::refused,
            .message = fmt::format("roost's lock on this database is held by {}{}{}", holder->who,
                                   holder->since.empty() ? "" : ", since ", holder->since),
            .advice = "try again when it has ended"};
}

}  // namespace roost::oracle
