#include "db/lock_words.hpp"

#include <fmt/format.h>

namespace roost {

Result<void> lock_is_held(Connection& connection, std::string_view query, std::string_view scope) {
    const auto rows = read(connection, query);
    if (rows && !rows->empty() && rows->text(0, 0) == "1") return {};
    return fail(rows ? lost_lock(scope) : lost_lock(scope, rows.error()));
}

Error lost_lock(std::string_view scope, const Error& cause) {
    return {.message = fmt::format("roost's lock on this {} was lost{}{}", scope, cause.message.empty() ? "" : ": ",
                                   cause.message),
            .advice = "another run may have begun by now: see `roost history`, and run again",
            .sqlstate = cause.sqlstate,
            .native = cause.native};
}

Error taken_lock(std::string_view scope, const LockHolder& holder) {
    return {.kind = ErrorKind::refused,
            .message = fmt::format("roost's lock on this {} is held by {}{}{}", scope, holder.who,
                                   holder.since.empty() ? "" : ", since ", holder.since),
            .advice = "try again when it has ended"};
}

std::string cut_holder(std::string_view holder, std::size_t most) {
    constexpr std::size_t tail = 25;  // a blank and a time
    std::string shown(holder);
    if (shown.size() <= most) return shown;
    std::string head = shown.substr(0, most - tail - 3);
    while (!head.empty() && (head.back() & 0xC0) == 0x80) head.pop_back();  // not half a character
    if (!head.empty() && (head.back() & 0xC0) == 0xC0) head.pop_back();
    return head + "..." + shown.substr(shown.size() - tail);
}

std::string ascii_holder(std::string_view holder, std::size_t most) {
    std::string shown;
    for (const unsigned char c : holder)
        if (c < 0x80 || c >= 0xC0) shown += c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '?';
    return cut_holder(shown, most);
}

}  // namespace roost
