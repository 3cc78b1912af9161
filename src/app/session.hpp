// A connection to the environment's database, with what the server said of itself, and the lock where one is held.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "app/load.hpp"
#include "app/watched.hpp"
#include "app/world.hpp"
#include "db/driver.hpp"
#include "report/report.hpp"

namespace roost {

enum class Access : std::uint8_t { read, write };

class Session {
public:
    // With `read`, a session that cannot write, where the engine has one.
    static Result<Session> connect(const World& world, const Loaded& loaded, Access access);

    // Takes roost's lock, so that runs never interleave; held until the session ends. `who` and the time are shown to
    // others that wait.
    Result<void> lock(const World& world, std::chrono::milliseconds wait, const std::string& who);

    // Whether the lock is still held; an error where it was lost: then nothing keeps another run out.
    Result<void> still_locked() const { return lock_->held(); }

    // Closes the connection and makes another in its place: nothing is left of what a script did to the session. Where
    // that fails, everything that is asked of the connection does.
    void renew() const;

    Connection& connection() const { return *connection_; }
    // A connection that sees what others have committed and not what this run does; nullptr where the engine gives
    // none.
    Connection* outside() const { return lock_ ? lock_->connection() : nullptr; }
    const Driver& driver() const { return *driver_; }
    const ServerFacts& facts() const { return facts_; }
    std::uint64_t round_trips() const;
    std::string redact(std::string_view text) const { return loaded_->redact(text); }

private:
    Session() = default;
    const Driver* driver_ = nullptr;
    const Loaded* loaded_ = nullptr;
    const World* world_ = nullptr;
    Opener open_;
    std::unique_ptr<Lock> lock_;  // before the connection: released after its transaction has ended
    std::unique_ptr<WatchedConnection> connection_;
    ServerFacts facts_;
};

// The header of a report on this session.
RunHeader header_of(const Loaded& loaded, const Session& session);

// What the driver knows to say about an error of its engine: its advice, where the error has none. Interrupted where a
// cancelled statement is why.
Error explained(Error error, const Driver& driver, const World& world);

}  // namespace roost
