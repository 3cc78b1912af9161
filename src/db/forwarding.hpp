// A connection that passes everything on to another one; what differs is overridden.
#pragma once

#include <memory>
#include <utility>

#include "db/connection.hpp"

namespace roost {

class ForwardingConnection : public Connection {
public:
    explicit ForwardingConnection(std::unique_ptr<Connection> real) : real_(std::move(real)) {}

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

protected:
    std::unique_ptr<Connection> real_;
};

}  // namespace roost
