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
    // Said, not left to the end of the session, which the server notices only a moment later. The run's session has
    // been closed by now: its lock is waited for, so that the next run need not.
    ~NamedLock() override {
        const std::optional<std::string> seconds[] = {"1"};
        if (with_run_) static_cast<void>(read(*connection_, sql::run_lock, seconds));
        static_cast<void>(read(*connection_, sql::unlock));
    }
    void with_run() { with_run_ = true; }
    Connection* connection() override { return connection_.get(); }
    Result<void> held() override { return lock_is_held(*connection_, sql::lock_held, scope); }

private:
    std::unique_ptr<Connection> connection_;
    bool with_run_ = false;
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

// The last run's session, which still works on a statement; nullopt: it has ended by now.
std::optional<Error> still_runs(Connection& connection) {
    const auto rows = read(connection, sql::run_lock_holder);
    if (!rows) return rows.error();
    if (rows->empty()) return std::nullopt;
    const std::string session = rows->text(0, 0), account = rows->text(0, 1);
    return Error{.kind = ErrorKind::refused,
                 .message = fmt::format("session {}{} still works on what a run that was cut off sent last", session,
                                        account.empty() ? "" : fmt::format(" (account {})", account)),
                 .advice = fmt::format("try again when it has ended; KILL {} ends it", session)};
}

// Waits in slices, so that it can be interrupted. `query` takes the lock; `in_the_way` tells who has it, or nobody any
// more.
Result<void> take(Connection& connection, std::string_view query, const LockRequest& request,
                  std::chrono::steady_clock::time_point end, std::optional<Error> (*in_the_way)(Connection&)) {
    using std::chrono::milliseconds;
    constexpr milliseconds longest(1000);
    for (;;) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - std::chrono::steady_clock::now());
        const auto slice = std::clamp(left, milliseconds(0), longest);
        const std::optional<std::string> seconds[] = {fmt::format("{:.3f}", static_cast<double>(slice.count()) / 1000)};
        const auto rows = read(connection, query, seconds);
        if (rows && rows->text(0, 0) == "1") return {};
        if (request.interrupted && request.interrupted())
            return fail({.kind = ErrorKind::interrupted, .message = "interrupted"});
        if (!rows) return fail(rows.error());
        if (left > longest) continue;
        if (auto error = in_the_way(connection)) return fail(std::move(*error));  // else it was let go just now
    }
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open) {
    if (request.interrupted && request.interrupted())
        return fail({.kind = ErrorKind::interrupted, .message = "interrupted"});
    auto connection = open(target);
    if (!connection) return fail(std::move(connection.error()));
    // Before the lock itself, so that whoever finds it taken can read the text.
    if (const std::string text = spelled(request.holder); !text.empty())
        if (auto said = read(**connection, text); !said) return fail(std::move(said.error()));
    const auto end = std::chrono::steady_clock::now() + request.wait;
    if (auto taken = take(**connection, sql::lock, request, end, not_had); !taken)
        return fail(std::move(taken.error()));
    auto lock = std::make_unique<NamedLock>(std::move(*connection));
    if (request.run == nullptr) return lock;
    if (auto taken = take(*request.run, sql::run_lock, request, end, still_runs); !taken)
        return fail(std::move(taken.error()));
    lock->with_run();
    return lock;
}

}  // namespace roost::mariadb
