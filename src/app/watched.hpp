// A connection that an interrupt can cancel, for as long as it lives; another one can take its place.
#pragma once

#include <memory>
#include <utility>

#include "app/world.hpp"
#include "db/forwarding.hpp"

namespace roost {

class WatchedConnection : public ForwardingConnection {
public:
    WatchedConnection(std::unique_ptr<Connection> real, Interrupt& interrupt)
        : ForwardingConnection(std::move(real)), interrupt_(interrupt) {
        interrupt_.watch(*real_);
    }
    ~WatchedConnection() override { interrupt_.forget(*real_); }

    // Closes the connection first: what was open in it is rolled back.
    template <class Open>  // () -> std::unique_ptr<Connection>
    void replace(const Open& open) {
        round_trips_ += real_->round_trips();
        interrupt_.forget(*real_);
        real_.reset();
        real_ = open();
        interrupt_.watch(*real_);
    }
    WatchedConnection(const WatchedConnection&) = delete;
    WatchedConnection& operator=(const WatchedConnection&) = delete;

    std::uint64_t round_trips() const override { return round_trips_ + real_->round_trips(); }

private:
    Interrupt& interrupt_;
    std::uint64_t round_trips_ = 0;  // of those that were replaced
};

// In place of a connection that could not be made: everything fails, and says why.
class NoConnection : public Connection {
public:
    explicit NoConnection(Error why) : why_(std::move(why)) {}
    Result<std::vector<Notice>> execute(std::string_view, Parameters) override { return fail(why_); }
    Result<void> query(std::string_view, Parameters, const RowSink&) override { return fail(why_); }
    Result<void> begin() override { return fail(why_); }
    Result<void> commit() override { return fail(why_); }
    Result<void> rollback() override { return fail(why_); }
    bool in_transaction() const override { return false; }
    void cancel() noexcept override {}
    std::uint64_t round_trips() const override { return 0; }

private:
    Error why_;
};

}  // namespace roost
