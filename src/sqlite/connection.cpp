#include "sqlite/connection.hpp"

#include "sqlite/statement.hpp"

namespace roost::sqlite {

Result<void> SqliteConnection::run_all(std::string_view sql, Parameters parameters, const RowSink& sink) {
    if (auto fine = check_text(sql); !fine) return fine;
    while (true) {
        auto statement = prepare(database_.get(), sql);
        if (!statement) return fail(std::move(statement.error()));
        if (*statement == nullptr) return {};
        if (auto bound = bind(database_.get(), statement->get(), parameters); !bound) return bound;
        if (auto done = run(database_.get(), statement->get(), sink); !done) return done;
        transaction_.succeed(sqlite3_sql(statement->get()));
    }
}

Result<void> SqliteConnection::run_one(std::string_view sql, Parameters parameters, const RowSink& sink) {
    if (auto fine = check_text(sql); !fine) return fine;
    auto statement = prepare(database_.get(), sql);
    if (!statement) return fail(std::move(statement.error()));
    if (*statement == nullptr) return {};
    const auto another = prepare(database_.get(), sql);
    if (!another || *another != nullptr) return fail({.message = "more than one statement where one is expected"});
    if (auto bound = bind(database_.get(), statement->get(), parameters); !bound) return bound;
    auto done = run(database_.get(), statement->get(), sink);
    if (done) transaction_.succeed(sqlite3_sql(statement->get()));
    return done;
}

Result<std::vector<Notice>> SqliteConnection::execute(std::string_view sql, Parameters parameters) {
    ++round_trips_;
    const RowSink ignore = [](std::span<const Cell>) {};
    auto done = parameters.empty() ? run_all(sql, {}, ignore) : run_one(sql, parameters, ignore);
    if (done) return std::vector<Notice>();
    transaction_.fail();
    return fail(std::move(done.error()));
}

Result<void> SqliteConnection::query(std::string_view sql, Parameters parameters, const RowSink& sink) {
    ++round_trips_;
    auto done = run_one(sql, parameters, sink);
    if (!done) transaction_.fail();
    return done;
}

Result<void> SqliteConnection::send(std::string_view sql) {
    ++round_trips_;
    return run_all(sql, {}, [](std::span<const Cell>) {});
}

Result<void> SqliteConnection::begin() {
    auto begun = send("BEGIN IMMEDIATE");
    if (begun) transaction_.begin();
    return begun;
}

Result<void> SqliteConnection::commit() {
    if (!transaction_.open()) return fail({.message = "there is no transaction to commit"});
    // Some errors (a full disk, for one) end the transaction by themselves.
    const bool lost = transaction_.spoiled() || !in_transaction();
    auto committed =
        lost ? fail({.message = "an earlier statement of the transaction failed: it was rolled back"}) : send("COMMIT");
    if (!committed) (void)rollback();
    transaction_.end();
    return committed;
}

Result<void> SqliteConnection::rollback() {
    transaction_.end();
    if (!in_transaction()) return {};
    return send("ROLLBACK");
}

}  // namespace roost::sqlite
