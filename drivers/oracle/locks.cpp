#include <fmt/format.h>

#include <algorithm>

#include "db/lock_words.hpp"
#include "drivers/oracle/parts.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

using Clock = std::chrono::steady_clock;
using Outcome = Result<bool>;  // whether it was had; false: another has it

// Two locks at once. DBMS_LOCK, where the account may use it, needs no table; the row of roost.lock_row is the lock of
// accounts that may not. Whoever takes the first also takes the second, and makes it where it can: an account with the
// right and one without must not run side by side. Where it cannot, it cannot make a ledger either, and changes
// nothing.
class SessionLock : public Lock {
public:
    SessionLock(std::unique_ptr<Connection> connection, std::string holder)
        : connection_(std::move(connection)), holder_(std::move(holder)) {}
    ~SessionLock() override {
        static_cast<void>(connection_->rollback());
        if (named) static_cast<void>(connection_->execute(sql::unlock));
    }
    Connection* connection() override { return connection_.get(); }
    Result<void> held() override {
        if (named)
            if (auto asked = connection_->execute(sql::lock_held); !asked)
                return fail(lost_lock("database", asked.error()));
        if (!row) return {};
        const auto rows = read(*connection_, sql::lock_row_held);
        if (!rows) return fail(lost_lock("database", rows.error()));
        if (!rows->empty() && rows->text(0, 0) == holder_) return {};
        return fail(lost_lock("database", {.message = "the transaction that held it has ended"}));
    }

    Outcome take_named(int seconds);
    Outcome take_row(int seconds);

    bool named = false;
    bool row = false;

private:
    Result<bool> make_row();

    std::unique_ptr<Connection> connection_;
    std::string holder_;
};

bool is_waiting(const Error& error) { return diagnose(error).fault == Fault::lock_timeout; }

// Without the right to DBMS_LOCK the block does not compile: it is missing, denied, or to another engine no statement.
bool has_no_locks(const Error& error) {
    const Fault fault = diagnose(error).fault;
    return fault == Fault::missing || fault == Fault::denied || fault == Fault::syntax;
}

Outcome SessionLock::take_named(int seconds) {
    if (named) return true;
    const std::optional<std::string> given[] = {std::to_string(seconds), shown_holder(holder_)};
    const auto taken = connection_->execute(sql::lock, given);
    if (taken) return named = true;
    if (is_waiting(taken.error())) return false;
    if (has_no_locks(taken.error())) return true;
    return fail(taken.error());
}

// The table and its row, as two first runs at once may both make them.
Result<bool> SessionLock::make_row() {
    for (const auto statement : {sql::lock_table, sql::lock_row_insert}) {
        const auto made = connection_->execute(statement);
        if (made || diagnose(made.error()).fault == Fault::exists) continue;
        Error error = made.error();
        error.message = fmt::format("cannot make roost.lock_row, for want of DBMS_LOCK: {}", error.message);
        error.advice = "grant EXECUTE ON sys.dbms_lock to the account: `roost init --grants` prints what it needs";
        return fail(std::move(error));
    }
    return true;
}

// With DBMS_LOCK in hand: no right to make the row, or no schema ROOST to make it in.
bool may_go_without(const Error& error) {
    const Fault fault = diagnose(error).fault;
    return fault == Fault::denied || fault == Fault::missing;
}

Outcome SessionLock::take_row(int seconds) {
    for (bool made = false;; made = true) {
        if (auto begun = connection_->begin(); !begun) return fail(std::move(begun.error()));
        auto rows = read(*connection_, fmt::format("{}{}", sql::lock_row, seconds > 0 ? " WAIT 1" : " NOWAIT"));
        if (rows && !rows->empty()) break;
        if (auto ended = connection_->rollback(); !ended) return fail(std::move(ended.error()));
        const bool absent = rows ? rows->empty() : diagnose(rows.error()).fault == Fault::missing;
        if (!absent && is_waiting(rows.error())) return false;
        if (!rows && (!absent || made)) return fail(rows.error());
        auto there = make_row();
        if (!there && named && may_go_without(there.error())) return true;
        if (!there) return there;
    }
    const std::optional<std::string> signature[] = {holder_};
    if (auto is_signed = connection_->execute(sql::lock_row_sign, signature); !is_signed)
        return fail(is_signed.error());
    return row = true;
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open) {
    const auto interrupted = [&] { return request.interrupted && request.interrupted(); };
    const auto stopped = [] { return fail({.kind = ErrorKind::interrupted, .message = "interrupted"}); };
    if (interrupted()) return stopped();
    Target apart = target;
    apart.lock_wait = {};
    auto connection = open(apart);
    if (!connection) return fail(std::move(connection.error()));
    Connection& session = **connection;
    auto lock = std::make_unique<SessionLock>(std::move(*connection), request.holder);
    const auto end = Clock::now() + request.wait;
    for (bool asked_again = false;;) {  // a second at a time: no interface of Oracle's says how to end a wait
        if (interrupted()) return stopped();
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(end - Clock::now()).count();
        const int seconds = left >= 1 ? 1 : 0;
        auto had = lock->take_named(seconds);
        if (had && *had) had = lock->take_row(seconds);
        if (interrupted()) return stopped();
        if (!had) return fail(std::move(had.error()));
        if (*had) break;
        if (Clock::now() < end && seconds > 0) continue;
        const auto holder = known_holder(session);
        if (holder || asked_again) return fail(taken_lock("database", holder.value_or(LockHolder{"another run", ""})));
        asked_again = true;  // it may have been let go just now
    }
    tell_holder(session, request.holder);  // the block that takes DBMS_LOCK has said so; beside the row nobody has
    return lock;
}

}  // namespace roost::oracle
