#include "app/world.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace roost {

void Interrupt::request() noexcept {
    requested_ = true;
    const std::scoped_lock lock(mutex_);
    for (Connection* connection : connections_) connection->cancel();
}

void Interrupt::watch(Connection& connection) {
    const std::scoped_lock lock(mutex_);
    connections_.push_back(&connection);
}

void Interrupt::forget(Connection& connection) noexcept {
    const std::scoped_lock lock(mutex_);
    std::erase(connections_, &connection);
}

std::string utc(std::chrono::system_clock::time_point time) {
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()) % 1000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(time)),
                       milliseconds.count());
}

std::string actor(const World& world, const std::string& given) {
    if (!given.empty()) return given;
    // GitHub Actions, GitLab, Jenkins, Azure Pipelines, Bitbucket, Buildkite; then whoever called sudo.
    for (const char* name : {"GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_USER_ID", "BUILD_REQUESTEDFOR",
                             "BITBUCKET_STEP_TRIGGERER_UUID", "BUILDKITE_BUILD_CREATOR", "SUDO_USER"})
        if (auto value = value_of(world.variables, name); !value.empty()) return value;
    return world.system_user;
}

}  // namespace roost
