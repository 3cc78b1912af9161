#include "odbc/connection.hpp"

#include <limits>

#include "odbc/diagnostics.hpp"
#include "odbc/text.hpp"

namespace roost::odbc {

namespace {

void drop_shared_state(Error& error) {
    const bool shared = error.sqlstate.starts_with("42") || error.sqlstate == "HY000" || error.sqlstate == "01000";
    if (shared && error.native != 0) error.sqlstate.clear();
}

}  // namespace

class OdbcConnection::Running {
public:
    Running(OdbcConnection& connection, SQLHSTMT statement) : connection_(connection) { set(statement); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() { set(nullptr); }  // waits for a cancel() that is under way: the handle must outlive it

private:
    void set(SQLHSTMT statement) {
        const std::scoped_lock lock(connection_.running_mutex_);
        connection_.running_ = statement;
    }
    OdbcConnection& connection_;
};

OdbcConnection::~OdbcConnection() {
    if (transaction_.open()) static_cast<void>(end(SQL_ROLLBACK));
    SQLDisconnect(connection_.get());
}

void OdbcConnection::cancel() noexcept {
    const std::scoped_lock lock(running_mutex_);
    if (running_ != nullptr) SQLCancel(running_);
}

Result<std::vector<Notice>> OdbcConnection::execute(std::string_view sql, Parameters parameters) {
    return run(sql, parameters, nullptr);
}

Result<void> OdbcConnection::query(std::string_view sql, Parameters parameters, const RowSink& sink) {
    if (auto done = run(sql, parameters, &sink); !done) return fail(std::move(done.error()));
    return {};
}

Result<std::vector<Notice>> OdbcConnection::run(std::string_view sql, Parameters parameters, const RowSink* sink) {
    auto outcome = run_unnoted(sql, parameters, sink);
    if (!outcome && numbered_) drop_shared_state(outcome.error());
    if (outcome) {
        transaction_.succeed(sql, errors_abort_);
    } else {
        transaction_.fail();
    }
    return outcome;
}

Result<std::vector<Notice>> OdbcConnection::run_unnoted(std::string_view sql, Parameters parameters,
                                                        const RowSink* sink) {
    auto text = wide(sql);
    if (!text) return fail(std::move(text.error()));
    if (text->size() > static_cast<std::size_t>(std::numeric_limits<SQLINTEGER>::max())) {
        return fail({.message = "a statement is longer than 2 GB"});
    }
    Statement statement(connection_.get(), lines_);
    if (statement.handle() == nullptr) return fail(error_of(diagnostics(SQL_HANDLE_DBC, connection_.get())));
    const Running running(*this, statement.handle());
    if (auto bound = statement.bind(parameters, longest_varchar_); !bound) return fail(std::move(bound.error()));
    ++round_trips_;
    statement.execute(*text);
    if (sink != nullptr && statement.find_rows()) statement.read(*sink);
    statement.drain();
    return std::move(statement).outcome();
}

Result<void> OdbcConnection::begin() {
    if (transaction_.open()) return fail({.message = "a transaction is open already"});
    if (!transaction_sql_.begin.empty()) {
        if (auto begun = run_unnoted(transaction_sql_.begin, {}, nullptr); !begun)
            return fail(std::move(begun.error()));
    } else {
        const auto code = SQLSetConnectAttr(connection_.get(), SQL_ATTR_AUTOCOMMIT, as_pointer(SQL_AUTOCOMMIT_OFF), 0);
        if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_DBC, connection_.get())));
    }
    transaction_.begin();
    return {};
}

// psqlodbc with Protocol=7.4-0 answers SQL_SUCCESS to a commit of an aborted transaction while it rolls back: so we
// remember.
Result<void> OdbcConnection::commit() {
    if (!transaction_.open()) return fail({.message = "there is no transaction to commit"});
    if (transaction_.spoiled()) {
        Error error{.message = "an earlier statement of the transaction failed: it was rolled back"};
        if (auto rolled_back = end(SQL_ROLLBACK); !rolled_back) return rolled_back;
        return fail(std::move(error));
    }
    return end(SQL_COMMIT);
}

Result<void> OdbcConnection::rollback() {
    if (!transaction_.open()) return {};
    return end(SQL_ROLLBACK);
}

Result<void> OdbcConnection::end(SQLSMALLINT completion) {
    auto result = transaction_sql_.begin.empty() ? end_by_interface(completion) : end_by_statement(completion);
    transaction_.end();
    return result;
}

// What is left open after a commit that failed would hold its locks, and take in whatever comes next.
Result<void> OdbcConnection::end_by_statement(SQLSMALLINT completion) {
    const bool commits = completion == SQL_COMMIT;
    auto done = run_unnoted(commits ? transaction_sql_.commit : transaction_sql_.rollback, {}, nullptr);
    if (done) return {};
    if (commits) static_cast<void>(run_unnoted(transaction_sql_.rollback, {}, nullptr));
    return fail(std::move(done.error()));
}

Result<void> OdbcConnection::end_by_interface(SQLSMALLINT completion) {
    Result<void> result;
    ++round_trips_;
    if (!SQL_SUCCEEDED(SQLEndTran(SQL_HANDLE_DBC, connection_.get(), completion))) {
        result = fail(error_of(diagnostics(SQL_HANDLE_DBC, connection_.get())));
        if (completion == SQL_COMMIT) SQLEndTran(SQL_HANDLE_DBC, connection_.get(), SQL_ROLLBACK);
    }
    const auto code = SQLSetConnectAttr(connection_.get(), SQL_ATTR_AUTOCOMMIT, as_pointer(SQL_AUTOCOMMIT_ON), 0);
    if (result && !SQL_SUCCEEDED(code)) result = fail(error_of(diagnostics(SQL_HANDLE_DBC, connection_.get())));
    return result;
}

}  // namespace roost::odbc
