#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "db/lock_words.hpp"
#include "drivers/postgresql/parts.hpp"
#include "postgresql_sql.hpp"

namespace roost::postgresql {
namespace {

constexpr std::string_view scope = "server";

class AdvisoryLock : public Lock {
public:
    explicit AdvisoryLock(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
    // Said, not left to the end of the session, which the server notices only a moment later.
    ~AdvisoryLock() override { static_cast<void>(read(*connection_, sql::unlock)); }
    Connection* connection() override { return connection_.get(); }
    Result<void> held() override { return lock_is_held(*connection_, sql::lock_held, scope); }

private:
    std::unique_ptr<Connection> connection_;
};

// The session waits and idles however long a run takes, whatever the role's own settings say.
constexpr std::string_view patience = "-c statement_timeout=0 -c idle_session_timeout=0";

// The same server and account, but the database of the lock. The options are defaults of that session.
Result<Target> lock_target(const Target& target, const LockRequest& request) {
    auto parts = wanted(target);
    if (!parts) return fail(std::move(parts.error()));
    std::erase_if(parts->attributes, [](const Attribute& attribute) { return attribute.is("Database"); });
    set(parts->pqopt, "dbname", target.lock_database);
    set(parts->pqopt, "application_name", ascii_holder(request.holder, 63));
    const auto wait = std::max<std::int64_t>(1, request.wait.count());  // 0 would wait for ever
    Target changed = target;
    changed.lock_wait = {};
    changed.url = Secret();
    changed.odbc = Secret(connection_string(std::move(*parts), fmt::format("-c lock_timeout={} {}", wait, patience)));
    return changed;
}

// nullopt: nobody holds it any more.
std::optional<Error> not_had(Connection& connection) {
    const auto rows = read(connection, sql::lock_holder);
    if (!rows) return rows.error();
    if (rows->empty()) return std::nullopt;
    return taken_lock(scope, {fmt::format("{} (account {})", rows->text(0, 1), rows->text(0, 0)), rows->text(0, 2)});
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener& open) {
    const auto interrupted = [&] { return request.interrupted && request.interrupted(); };
    const auto stopped = [] { return fail({.kind = ErrorKind::interrupted, .message = "interrupted"}); };
    if (interrupted()) return stopped();
    const auto changed = lock_target(target, request);
    if (!changed) return fail(changed.error());
    auto connection = open(*changed);
    if (!connection) {
        Error error = std::move(connection.error());
        error.message = fmt::format("cannot connect to {} for the lock: {}", target.lock_database, error.message);
        error.advice =
            "set database.lock_database to a database of this server that every account of roost's may connect to";
        return fail(std::move(error));
    }
    for (;;) {
        const auto taken = read(**connection, sql::lock);
        if (taken) return std::make_unique<AdvisoryLock>(std::move(*connection));
        if (interrupted()) return stopped();
        if (diagnose(taken.error()).fault != Fault::lock_timeout) return fail(taken.error());
        if (auto held = not_had(**connection)) return fail(std::move(*held));  // else it was let go just now: try again
    }
}

}  // namespace roost::postgresql
