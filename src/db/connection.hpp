// A connection to a database: what roost asks of ODBC and of SQLite alike. One thread at a time, but for cancel().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost {

// A warning or notice that came with success. Read in full: engines warn where they should fail.
struct Notice {
    std::string sqlstate;
    int native = 0;
    std::string text;
    std::uint32_t line = 0;  // of what was sent, from 1; 0: the driver does not say
};

using Cell = std::optional<std::string_view>;  // nullopt: NULL. UTF-8; valid until the sink returns
using RowSink = std::function<void(std::span<const Cell>)>;
using Parameters = std::span<const std::optional<std::string>>;

struct Rows {
    std::vector<std::vector<std::optional<std::string>>> rows;
    bool empty() const { return rows.empty(); }
    // The cell as text, NULL as the empty string.
    std::string text(std::size_t row, std::size_t column) const {
        return rows.at(row).at(column).value_or(std::string{});
    }
};

class Connection {
public:
    virtual ~Connection() = default;  // rolls back what is open; never throws

    // Runs one statement or one pack of statements, drains every result and every diagnostic, and gives the notices. An
    // error holds SQLSTATE, native code, the driver's text and the line where it says so; of a pack it does not say
    // which statement failed. Nothing is retried. `parameters` are bound, and only allowed with one statement.
    virtual Result<std::vector<Notice>> execute(std::string_view sql, Parameters parameters = {}) = 0;
    // Runs one query and hands every row to `sink`, read in blocks; then drains. Never truncates: a cell that does not
    // fit is an error.
    virtual Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) = 0;

    // Ends auto-commit until commit or rollback. Costs no round trip of its own where the interface starts transactions
    // lazily.
    virtual Result<void> begin() = 0;
    // After any error of the transaction that no ROLLBACK TO SAVEPOINT took back: an error, and rolled back.
    virtual Result<void> commit() = 0;
    virtual Result<void> rollback() = 0;  // without a transaction: nothing
    virtual bool in_transaction() const = 0;

    // From another thread: ends what is running, if anything is; it then fails. Never throws.
    virtual void cancel() noexcept = 0;

    // How many times this connection sent something and waited for the answer, connecting included.
    virtual std::uint64_t round_trips() const = 0;
};

// All rows of a small result.
Result<Rows> read(Connection& connection, std::string_view sql, Parameters parameters = {});

}  // namespace roost
