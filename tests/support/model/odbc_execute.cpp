// Statements, their parameters, and the results they leave, one after the other.
#include "lexer.hpp"
#include "odbc_state.hpp"
#include "text.hpp"

namespace model {
namespace {

// Calls of one thread each; SQLCancel alone comes from another.
class Running {
public:
    explicit Running(StatementHandle& statement) : statement_(statement) { statement_.running = true; }
    ~Running() { statement_.running = false; }

private:
    StatementHandle& statement_;
};

void hand_back(StatementHandle& statement, const std::vector<Parameter>& values) {
    for (auto& [number, bound] : statement.parameters) {
        if (bound.direction == SQL_PARAM_INPUT || number > values.size()) continue;
        std::size_t read = 0;
        put(values[number - 1u].value, bound.type, bound.room, bound.bytes, bound.length, &read);
    }
}

std::vector<Record> decorated(const StatementHandle& statement, std::vector<Record> records) {
    for (Record& record : records) record.text = statement.connection.session->decorated(record.text);
    return records;
}

}  // namespace

void close_result(StatementHandle& statement) {
    statement.table = {};
    statement.open = false;
    statement.row_count = -1;
    statement.next_row = statement.block = statement.position = 0;
    statement.read_column = 0;
}

SQLRETURN execute(StatementHandle& statement, const std::string& sql) {
    close_result(statement);
    statement.records.clear();
    std::vector<Parameter> values;
    for (const auto& [number, bound] : statement.parameters) {
        if (values.size() < number) values.resize(number);
        values[number - 1u] = {taken(bound), bound.direction != SQL_PARAM_INPUT};
    }
    Session& session = *statement.connection.session;
    session.set_deadline(static_cast<long>(statement.time_out));
    {
        const Running running(statement);
        statement.events = session.call(sql, values);
    }
    session.set_deadline(0);
    hand_back(statement, values);
    return next_result(statement, true);
}

// FreeTDS's ways, as observed: DDL is SQL_NO_DATA; of an error before any result nothing follows, whatever the server
// ran after it; an error behind a result shows only here.
SQLRETURN next_result(StatementHandle& statement, bool first) {
    close_result(statement);
    statement.records.clear();
    std::vector<Record> said;
    while (!statement.events.empty()) {
        Event event = std::move(statement.events.front());
        statement.events.erase(statement.events.begin());
        for (Record& record : decorated(statement, event.records)) said.push_back(std::move(record));
        if (event.kind == Event::Kind::info) continue;
        if (event.kind == Event::Kind::error) {
            if (first) statement.events.clear();
            return statement.report(SQL_ERROR, std::move(said));
        }
        statement.open = event.kind == Event::Kind::rows;
        statement.table = std::move(event.table);
        statement.row_count = statement.open ? -1 : static_cast<SQLLEN>(event.count);
        return statement.report(said.empty() ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO, std::move(said));
    }
    if (said.empty()) return SQL_NO_DATA;
    return statement.report(SQL_SUCCESS_WITH_INFO, std::move(said));
}

namespace {

// SQL_NEED_DATA for the first parameter from `number` on that is given later.
SQLRETURN start(StatementHandle& statement, const std::string& sql) {
    for (auto& [number, bound] : statement.parameters) {
        const bool later =
            bound.length && (*bound.length == SQL_DATA_AT_EXEC || *bound.length <= SQL_LEN_DATA_AT_EXEC_OFFSET);
        if (!later || number <= statement.waiting_for) continue;
        statement.prepared = sql;
        return SQL_NEED_DATA;
    }
    statement.waiting_for = 0;
    return execute(statement, sql);
}

}  // namespace
}  // namespace model

using namespace model;

MODEL_API SQLRETURN SQLExecDirectW(SQLHSTMT handle, SQLWCHAR* sql, SQLINTEGER length) {
    return start(as<StatementHandle>(handle), text_in(sql, length));
}

MODEL_API SQLRETURN SQLPrepareW(SQLHSTMT handle, SQLWCHAR* sql, SQLINTEGER length) {
    auto& statement = as<StatementHandle>(handle);
    close_result(statement);
    statement.records.clear();
    statement.prepared = text_in(sql, length);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLExecute(SQLHSTMT handle) {
    auto& statement = as<StatementHandle>(handle);
    return start(statement, statement.prepared);
}

MODEL_API SQLRETURN SQLParamData(SQLHSTMT handle, SQLPOINTER* token) {
    auto& statement = as<StatementHandle>(handle);
    for (auto& [number, bound] : statement.parameters) {
        const bool later =
            bound.length && (*bound.length == SQL_DATA_AT_EXEC || *bound.length <= SQL_LEN_DATA_AT_EXEC_OFFSET);
        if (!later || number <= statement.waiting_for) continue;
        statement.waiting_for = number;
        bound.given.clear();
        bound.null_given = false;
        *token = bound.room;
        return SQL_NEED_DATA;
    }
    statement.waiting_for = 0;
    return execute(statement, statement.prepared);
}

MODEL_API SQLRETURN SQLPutData(SQLHSTMT handle, SQLPOINTER data, SQLLEN bytes) {
    auto& statement = as<StatementHandle>(handle);
    BoundParameter& bound = statement.parameters[statement.waiting_for];
    if (bytes == SQL_NULL_DATA) {
        bound.null_given = true;
        return SQL_SUCCESS;
    }
    const auto* from = static_cast<const char*>(data);
    bound.given.insert(bound.given.end(), from, from + bytes);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLMoreResults(SQLHSTMT handle) { return next_result(as<StatementHandle>(handle), false); }

MODEL_API SQLRETURN SQLCancel(SQLHSTMT handle) {
    auto& statement = as<StatementHandle>(handle);
    if (statement.running) statement.connection.session->cancel();
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLBindParameter(SQLHSTMT handle, SQLUSMALLINT number, SQLSMALLINT direction, SQLSMALLINT type,
                                     SQLSMALLINT, SQLULEN, SQLSMALLINT, SQLPOINTER room, SQLLEN bytes, SQLLEN* length) {
    if (type == SQL_C_DEFAULT) type = SQL_C_WCHAR;
    as<StatementHandle>(handle).parameters[number] = {direction, type, room, bytes, length, {}, false};
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLNumParams(SQLHSTMT handle, SQLSMALLINT* count) {
    const auto& statement = as<StatementHandle>(handle);
    const LexRules rules{.brackets = true, .at_variables = true, .colon_variables = false, .nested_comments = true};
    SQLSMALLINT found = 0;
    for (const Token& token : lex(statement.prepared, rules))
        if (token.kind == Token::Kind::parameter) ++found;
    *count = found;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLFreeStmt(SQLHSTMT handle, SQLUSMALLINT what) {
    auto& statement = as<StatementHandle>(handle);
    if (what == SQL_UNBIND) statement.columns.clear();
    if (what == SQL_RESET_PARAMS) statement.parameters.clear();
    if (what == SQL_CLOSE) {
        close_result(statement);
        statement.events.clear();
    }
    if (what == SQL_DROP) delete &statement;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLCloseCursor(SQLHSTMT handle) { return SQLFreeStmt(handle, SQL_CLOSE); }
