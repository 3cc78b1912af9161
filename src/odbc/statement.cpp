#include "odbc/statement.hpp"

#include <algorithm>

#include "odbc/diagnostics.hpp"
#include "odbc/rows.hpp"

namespace roost::odbc {
namespace {

// Drivers that lost the connection, or their way, give the same error for ever.
bool is_final(const Notice& record) { return record.sqlstate.starts_with("08") || record.sqlstate == "HY010"; }

}  // namespace

Result<void> Statement::bind(Parameters parameters, std::size_t longest_varchar) {
    values_.resize(parameters.size());
    lengths_.resize(parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        auto value = wide(parameters[i].value_or(std::string()));
        if (!value) return fail(std::move(value.error()));
        const std::size_t units = value->size();
        value->push_back(0);  // an empty text still needs an address
        values_[i] = std::move(*value);
        lengths_[i] = parameters[i] ? static_cast<SQLLEN>(units * sizeof(SQLWCHAR)) : SQL_NULL_DATA;
        const SQLSMALLINT type = units > longest_varchar ? SQL_WLONGVARCHAR : SQL_WVARCHAR;
        const auto code = SQLBindParameter(handle(), static_cast<SQLUSMALLINT>(i + 1), SQL_PARAM_INPUT, SQL_C_WCHAR,
                                           type, std::max<SQLULEN>(units, 1), 0, values_[i].data(),
                                           static_cast<SQLLEN>(values_[i].size() * sizeof(SQLWCHAR)), &lengths_[i]);
        if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_STMT, handle())));
    }
    return {};
}

void Statement::execute(Wide& sql) {
    const auto code = SQLExecDirectW(handle(), sql.data(), static_cast<SQLINTEGER>(sql.size()));
    more_ = true;
    note(code);
}

void Statement::note(SQLRETURN code) {
    if (code == SQL_SUCCESS || code == SQL_NO_DATA) return;  // NO_DATA: FreeTDS for statements that touch no row
    auto records = diagnostics(SQL_HANDLE_STMT, handle(), lines_);
    const bool failed = code != SQL_SUCCESS_WITH_INFO;
    if (records.empty() && !failed) records.push_back({"01000", 0, "the driver had warnings and did not give them"});
    if (failed && std::ranges::all_of(records, is_warning)) records.push_back({"HY000", 0, error_of({}).message});
    for (Notice& record : records) {
        if (failed && is_final(record)) more_ = false;
        (failed && !is_warning(record) ? errors_ : notices_).push_back(std::move(record));
    }
}

bool Statement::next_result() {
    if (!more_) return false;
    const auto code = SQLMoreResults(handle());
    if (code == SQL_NO_DATA || code == SQL_INVALID_HANDLE) more_ = false;
    if (code != SQL_INVALID_HANDLE) note(code);
    return more_;
}

bool Statement::find_rows() {
    while (more_) {
        SQLSMALLINT columns = 0;
        // After an error there is no result to ask about, but there may be one behind it.
        if (errors_.empty() && SQL_SUCCEEDED(SQLNumResultCols(handle(), &columns)) && columns > 0) return true;
        next_result();
    }
    return false;
}

void Statement::read(const RowSink& sink) {
    auto done = read_rows(handle(), sink);
    if (done) return;
    if (done.error().sqlstate.starts_with("08")) more_ = false;
    unread_ = std::move(done.error());
}

void Statement::drain() {
    while (next_result()) {
    }
}

Result<std::vector<Notice>> Statement::outcome() && {
    if (unread_) return fail(std::move(*unread_));
    if (errors_.empty()) return std::move(notices_);
    Error error = error_of(errors_);
    if (error.sqlstate == "07002") {
        error.advice = "ODBC takes a ? outside of quotes for a parameter: write an operator like ? as its function";
    }
    return fail(std::move(error));
}

}  // namespace roost::odbc
