// A connection that an interrupt can cancel, for as long as it lives.
#pragma once

#include <memory>
#include <utility>

#include "app/world.hpp"

namespace roost {

class WatchedConnection : public Connection {
public:
    WatchedConnection(std::unique_ptr<Connection> real, Interrupt& interrupt)
        : real_(std::move(real)), interrupt_(interrupt) {
        interrupt_.watch(*real_);
    }
    ~WatchedConnection() override { interrupt_.forget(*real_); }
    WatchedConnection(const WatchedConnection&) = delete;
    WatchedConnection& operator=(const WatchedConnection&) = delete;

    Result<std::vector<Notice>> execute(std::string_view sql, Parameters parameters) override {
        return real_->execute(sql, parameters);
    }
    Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) override {
        return real_->query(sql, parameters, sink);
    }
    Result<void> begin() override { return real_->begin(); }
    Result<void> commit() override { return real_->commit(); }
    Result<void> rollback() override { return real_->rollback(); }
    bool in_transaction() const override { return real_->in_transaction(); }
    void cancel() noexcept override { real_->cancel(); }
    std::uint64_t round_trips() const override { return real_->round_trips(); }

private:
    std::unique_ptr<Connection> real_;
    Interrupt& interrupt_;
};

}  // namespace roost
