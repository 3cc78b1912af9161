// What a run takes from outside: environment, clock, random source, terminal. Passed in, so that a test can take its
// place.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/secret.hpp"
#include "db/connection.hpp"

namespace roost {

// Set by a signal; ends what the database is doing, so that the run rolls back and says so. Thread-safe.
class Interrupt {
public:
    bool requested() const noexcept { return requested_; }
    void request() noexcept;
    // What request() cancels, from its making to its end.
    void watch(Connection& connection);
    void forget(Connection& connection) noexcept;

private:
    std::atomic<bool> requested_ = false;
    std::mutex mutex_;
    std::vector<Connection*> connections_;
};

enum class Level : std::uint8_t { detail, info, warning };

struct World {
    ProcessVariables variables;  // the process's environment
    std::function<std::chrono::system_clock::time_point()> now;
    std::function<Result<std::string>(const std::vector<std::string>& command)> run;  // password_command
    // Every connection that is made goes through here; the identity but for tests that inject faults.
    std::function<std::unique_ptr<Connection>(std::unique_ptr<Connection>)> wrap;
    std::function<void(Level, std::string_view)> say;  // progress and warnings, for people; never results
    std::filesystem::path directory;                   // where the program was called
    std::string system_user;
    std::string host;
    std::string version;  // of roost
    Interrupt* interrupt = nullptr;
};

// "2026-11-22T01:33:08.123Z"
std::string utc(std::chrono::system_clock::time_point time);

// Who is to be recorded: what was given, else the pipeline's user, else the system's.
std::string actor(const World& world, const std::string& given);

}  // namespace roost
