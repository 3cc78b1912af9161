#include "app/session.hpp"

#include <fmt/format.h>

namespace roost {

Result<Session> Session::connect(const World& world, const Loaded& loaded, Access access) {
    Session session;
    session.driver_ = loaded.driver;
    session.loaded_ = &loaded;
    session.world_ = &world;
    session.open_ = [&world, driver = loaded.driver](const Target& target) -> Result<std::unique_ptr<Connection>> {
        auto connection = driver->connect(target);
        if (!connection) return connection;
        return std::make_unique<WatchedConnection>(world.wrap(std::move(*connection)), *world.interrupt);
    };
    auto connection = loaded.driver->connect(loaded.target);
    if (!connection) return fail(explained(std::move(connection.error()), *loaded.driver, world));
    session.connection_ = std::make_unique<WatchedConnection>(world.wrap(std::move(*connection)), *world.interrupt);
    auto facts = loaded.driver->facts(*session.connection_, loaded.target);
    if (!facts) return fail(explained(std::move(facts.error()), *loaded.driver, world));
    session.facts_ = std::move(*facts);
    const std::string_view read_only = loaded.driver->info.read_only;
    if (access == Access::read && !read_only.empty())
        if (auto set = session.connection().execute(read_only); !set)
            return fail(explained(std::move(set.error()), *loaded.driver, world));
    world.say(Level::detail, fmt::format("connected to {} {}, database {}", loaded.driver->info.title,
                                         session.facts_.version, session.facts_.database));
    return session;
}

Result<void> Session::lock(const World& world, std::chrono::milliseconds wait, const std::string& who) {
    const LockRequest request{.wait = wait,
                              .holder = fmt::format("{} {}", who, utc(world.now())),
                              .interrupted = [&world] { return world.interrupt->requested(); },
                              .run = connection_.get()};
    auto lock = driver_->lock(loaded_->target, request, open_);
    if (!lock) return fail(std::move(lock.error()));
    lock_ = std::move(*lock);
    world.say(Level::detail, "lock taken");
    return {};
}

void Session::renew() const {
    connection_->replace([&]() -> std::unique_ptr<Connection> {
        auto connection = driver_->connect(loaded_->target);
        if (!connection) return std::make_unique<NoConnection>(std::move(connection.error()));
        return world_->wrap(std::move(*connection));
    });
}

std::uint64_t Session::round_trips() const {
    return connection_->round_trips() + (outside() ? outside()->round_trips() : 0);
}

RunHeader header_of(const Loaded& loaded, const Session& session) {
    return {.project = loaded.project.name,
            .environment = loaded.environment.name,
            .engine = std::string(session.driver().info.title),
            .engine_version = session.facts().version,
            .roles = std::string(session.driver().info.roles),
            .database = session.facts().database,
            .account = session.facts().account,
            .schema_version = {},
            .round_trips = session.round_trips()};
}

Error explained(Error error, const Driver& driver, const World& world) {
    if (error.sqlstate.empty() && error.native == 0) return error;
    const Diagnosis diagnosis = driver.diagnose(error);
    if (world.interrupt->requested() && diagnosis.fault == Fault::cancelled)
        return {.kind = ErrorKind::interrupted, .message = "interrupted", .place = error.place};
    if (error.advice.empty()) error.advice = diagnosis.advice;
    return error;
}

}  // namespace roost
