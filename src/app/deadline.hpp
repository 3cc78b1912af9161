// Ends what a connection is doing once its time is up.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/connection.hpp"

namespace roost {

class Deadline {
public:
    // The connection must outlive it.
    Deadline(Connection& connection, std::chrono::milliseconds time)
        : waiting_([this, &connection, time](const std::stop_token& stop) {
              std::unique_lock lock(mutex_);
              woken_.wait_for(lock, stop, time, [] { return false; });
              // Again and again: a cancel between two statements ends none.
              for (; !stop.stop_requested(); woken_.wait_for(lock, stop, pause, [] { return false; })) {
                  passed_ = true;
                  connection.cancel();
              }
          }) {}
    bool passed() const { return passed_; }

private:
    static constexpr std::chrono::milliseconds pause{100};
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::atomic<bool> passed_ = false;
    std::jthread waiting_;  // last: it uses the others
};

}  // namespace roost
