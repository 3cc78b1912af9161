#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/utf8.hpp"
#include "db/lock_words.hpp"
#include "drivers/mariadb/parts.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {
namespace {

constexpr std::string_view scope = "server";

// Who holds the lock is told without writing anything: a session can show others no text of its own but the names of
// its locks. So beside the lock it takes one for each bit that is set in the text, named after its session and the
// bit's number: lock_holder.sql asks which of them are held. They end with the session, as the lock does.
constexpr std::size_t most_bytes = 120;  // as in lock_holder.sql

std::string spelled(std::string_view holder) {
    std::string sql;
    const std::string shown = cut_holder(holder, most_bytes);
    for (std::size_t bit = 0; bit < shown.size() * 8; ++bit)
        if (static_cast<unsigned char>(shown[bit / 8]) >> bit % 8 & 1)
            sql += fmt::format("{}GET_LOCK(CONCAT('roost.', CONNECTION_ID(), '.{}'), 0)",
                               sql.empty() ? "SELECT " : " + ", bit);
    return sql;
}

class NamedLock : public Lock {
public:
    explicit NamedLock(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
    // Said, not left to the end of the session, which the server notices only a moment later.
    ~NamedLock() override { static_cast<void>(read(*connection_, sql::unlock)); }
    Connection* connection() override { return connection_.get(); }
    Result<void> held() override { return lock_is_held(*connection_, sql::lock_held, scope); }

private:
    std::unique_ptr<Connection> connection_;
};

// "alice@ci 2026-…": the text ends in the time.
LockHolder holder_from(std::string text, const std::string& account) {
    if (invalid_utf8(text)) text = "somebody";
    const auto blank = text.rfind(' ');
    const bool timed = blank != std::string::npos && text.ends_with('Z');
    const std::string who = timed ? text.substr(0, blank) : text;
    return {fmt::format("{}{}", who.empty() ? "somebody" : who,
                        account.empty() ? "" : fmt::format(" (account {})", account)),
            timed ? text.substr(blank + 1) : ""};
}

// nullopt: nobody holds it any more.
std::optional<Error> not_had(Connection& connection) {
    const auto rows = read(connection, sql::lock_holder);
    if (!rows) return rows.error();
    if (rows->empty()) return std::nullopt;
    std::string text;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        const std::string cell = rows->text(i, 3);
        int byte = 0;
        std::from_chars(cell.data(), cell.data() + cell.size(), byte);
        if (byte == 0) break;
        text += static_cast<char>(byte);
    }
    return taken_lock(scope, holder_from(std::move(text), rows->text(0, 1)));
}

// One slice of waiting; true: it is had.
Result<bool> try_for(Connection& connection, std::chrono::milliseconds slice) {
    const std::optional<std::string> seconds[] = {fmt::format("{:.3f}", static_cast<double>(slice.count()) / 1000)};
    const auto rows = read(connection, sql::lock, seconds);
    if (!rows) return fail(rows.error());
    return rows->text(0, 0) == "1";
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open) {
    using std::chrono::milliseconds, std::chrono::steady_clock;
    const auto interrupted = [&] { return request.interrupted && request.interrupted(); };
    const auto stopped = [] { return fail({.kind = ErrorKind::interrupted, .message = "interrupted"}); };
    if (interrupted()) return stopped();
    auto connection = open(target);
    if (!connection) return fail(std::move(connection.error()));
    // Before the lock itself, so that whoever finds it taken can read the text.
    if (const std::string text = spelled(request.holder); !text.empty())
        if (auto said = read(**connection, text); !said) return fail(std::move(said.error()));
    const auto end = steady_clock::now() + request.wait;
    for (;;) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - steady_clock::now());
        const auto taken = try_for(**connection, std::clamp(left, milliseconds(0), milliseconds(1000)));
        if (taken && *taken) return std::make_unique<NamedLock>(std::move(*connection));
        if (interrupted()) return stopped();
        if (!taken) return fail(taken.error());
        if (left > milliseconds(1000)) continue;
        if (auto held = not_had(**connection)) return fail(std::move(*held));  // else it was let go just now: try again
    }
}

}  // namespace roost::mariadb
