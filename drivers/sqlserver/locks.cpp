#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "db/lock_words.hpp"
#include "drivers/sqlserver/parts.hpp"
#include "sqlserver_sql.hpp"

namespace roost::sqlserver {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view scope = "database";
constexpr milliseconds slice{500};  // of waiting, between questions whether to give up
constexpr std::string_view program = "roost: ";

class ApplicationLock : public Lock {
public:
    explicit ApplicationLock(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
    // Said, not left to the end of the session, which the server notices only a moment later.
    ~ApplicationLock() override { static_cast<void>(connection_->execute(sql::unlock)); }
    // Not for reading what others have committed: it would wait for the run's own transaction.
    Connection* connection() override { return nullptr; }
    Result<void> held() override { return lock_is_held(*connection_, sql::lock_held, scope); }

private:
    std::unique_ptr<Connection> connection_;
};

// The same address, but the program's name says who holds the lock: those who may see sessions read it there.
Result<Target> lock_target(const Target& target, const LockRequest& request) {
    auto parts = wanted(target);
    if (!parts) return fail(std::move(parts.error()));
    set(*parts, "APP", braced(ascii_holder(std::string(program) + request.holder, 128)));
    Target changed = target;
    changed.lock_wait = {};
    changed.url = Secret();
    changed.user.clear();
    changed.password = Secret();
    changed.odbc = Secret(connection_string(*parts));
    return changed;
}

std::optional<LockHolder> known_holder(Connection& connection) {
    const auto rows = read(connection, sql::lock_holder);
    if (!rows || rows->empty()) return std::nullopt;
    LockHolder holder{rows->text(0, 1), {}};
    if (holder.who.starts_with(program)) {
        holder.since = holder.who.substr(holder.who.rfind(' ') + 1);
        holder.who = holder.who.substr(program.size(), holder.who.rfind(' ') - program.size());
    }
    holder.who += fmt::format(" (account {})", rows->text(0, 0));
    return holder;
}

Error not_had(const std::optional<LockHolder>& holder) {
    if (holder) return taken_lock(scope, *holder);
    Error error = taken_lock(scope, {"another run", ""});
    error.advice += "; the account may not see whose it is: GRANT VIEW SERVER STATE shows it";
    return error;
}

Result<int> ask_for_lock(Connection& connection, milliseconds wait) {
    std::string text(sql::lock);
    constexpr std::string_view place = "{wait}";
    text.replace(text.find(place), place.size(), std::to_string(wait.count()));
    const auto rows = read(connection, text);
    if (!rows) return fail(rows.error());
    const std::string answer = rows->empty() ? std::string("-999") : rows->text(0, 0);
    int value = -999;
    std::from_chars(answer.data(), answer.data() + answer.size(), value);
    return value;
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open) {
    constexpr int timed_out = -1, deadlock = -3;
    const auto interrupted = [&] { return request.interrupted && request.interrupted(); };
    const auto stopped = [] { return fail({.kind = ErrorKind::interrupted, .message = "interrupted"}); };
    if (interrupted()) return stopped();
    const auto changed = lock_target(target, request);
    if (!changed) return fail(changed.error());
    auto connection = open(*changed);
    if (!connection) {
        connection.error().message = "cannot connect a second time for the lock: " + connection.error().message;
        return fail(std::move(connection.error()));
    }
    bool asked_again = false;
    for (milliseconds left = std::max(request.wait, milliseconds(0));; left -= slice) {
        const auto answer = ask_for_lock(**connection, std::clamp(left, milliseconds(0), slice));
        if (interrupted()) return stopped();
        if (!answer) return fail(answer.error());
        if (*answer >= 0) return std::make_unique<ApplicationLock>(std::move(*connection));
        if (*answer != timed_out && *answer != deadlock)
            return fail({.message = fmt::format("sp_getapplock answers {} to the request for roost's lock", *answer)});
        if (left > slice) continue;
        const auto holder = known_holder(**connection);
        if (holder || asked_again) return fail(not_had(holder));
        asked_again = true;  // it may have been let go just now
    }
}

}  // namespace roost::sqlserver
