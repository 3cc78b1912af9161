// The connection that odbc::connect makes.
#pragma once

#include <mutex>

#include "db/connection.hpp"
#include "db/transaction.hpp"
#include "odbc/connect.hpp"
#include "odbc/handle.hpp"
#include "odbc/statement.hpp"

namespace roost::odbc {

// A round trip is a connect, a statement, a commit or a rollback. Not counted: begin, which drivers send along with the
// next statement (psqlodbc) or on their own (MariaDB), and blocks of rows, which psqlodbc fetches all at once unless it
// is told otherwise. Where a transaction begins by a statement, that is one.
class OdbcConnection final : public Connection {
public:
    // Takes over a connected handle.
    OdbcConnection(EnvironmentHandle environment, ConnectionHandle connection, const Settings& settings)
        : environment_(std::move(environment)),
          connection_(std::move(connection)),
          errors_abort_(settings.manual_commit_aborts),
          numbered_(settings.numbered),
          lines_(settings.lines),
          longest_varchar_(settings.longest_varchar),
          transaction_sql_(settings.transaction) {}
    ~OdbcConnection() override;

    Result<std::vector<Notice>> execute(std::string_view sql, Parameters parameters) override;
    Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) override;
    Result<void> begin() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    bool in_transaction() const override { return transaction_.open(); }
    void cancel() noexcept override;
    std::uint64_t round_trips() const override { return round_trips_; }

private:
    class Running;  // makes a statement known to cancel() while it runs
    Result<std::vector<Notice>> run(std::string_view sql, Parameters parameters, const RowSink* sink);
    Result<std::vector<Notice>> run_unnoted(std::string_view sql, Parameters parameters, const RowSink* sink);
    Result<void> end(SQLSMALLINT completion);
    Result<void> end_by_interface(SQLSMALLINT completion);
    Result<void> end_by_statement(SQLSMALLINT completion);

    EnvironmentHandle environment_;
    ConnectionHandle connection_;
    const bool errors_abort_;
    const bool numbered_;
    const bool lines_;
    const std::size_t longest_varchar_;
    const TransactionSql transaction_sql_;
    Transaction transaction_;
    std::uint64_t round_trips_ = 1;
    std::mutex running_mutex_;
    SQLHSTMT running_ = nullptr;
};

}  // namespace roost::odbc
