// The connection that sqlite::connect makes.
#pragma once

#include <sqlite3.h>

#include <memory>

#include "db/connection.hpp"
#include "db/transaction.hpp"

namespace roost::sqlite {

struct Close {
    void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

// A round trip is a call of execute, query, begin, commit or rollback; connecting is one.
class SqliteConnection final : public Connection {
public:
    explicit SqliteConnection(Database database) : database_(std::move(database)) {}
    // Closing rolls back what is open.

    Result<std::vector<Notice>> execute(std::string_view sql, Parameters parameters) override;
    Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) override;
    Result<void> begin() override;  // BEGIN IMMEDIATE, at once: a busy database is found out here
    Result<void> commit() override;
    Result<void> rollback() override;
    bool in_transaction() const override { return sqlite3_get_autocommit(database_.get()) == 0; }
    void cancel() noexcept override { sqlite3_interrupt(database_.get()); }
    std::uint64_t round_trips() const override { return round_trips_; }

private:
    Result<void> run_all(std::string_view sql, Parameters parameters, const RowSink& sink);
    Result<void> run_one(std::string_view sql, Parameters parameters, const RowSink& sink);
    Result<void> send(std::string_view sql);

    Database database_;
    Transaction transaction_;
    std::uint64_t round_trips_ = 1;
};

}  // namespace roost::sqlite
