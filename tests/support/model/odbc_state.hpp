// The handles of this driver, and what the files odbc_*.cpp share.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <atomic>
#include <map>
#include <memory>
#include <vector>

#include "session.hpp"

#define MODEL_API extern "C" __attribute__((visibility("default")))

namespace model {

struct Handle {
    explicit Handle(SQLSMALLINT type) : kind(type) {}
    virtual ~Handle() = default;
    SQLSMALLINT kind;
    std::vector<Record> records;

    SQLRETURN report(SQLRETURN code, std::vector<Record> found) {
        records = std::move(found);
        return code;
    }
    SQLRETURN fail(const char* state, const char* text) { return report(SQL_ERROR, {{state, 0, text}}); }
};

struct EnvironmentHandle : Handle {
    EnvironmentHandle() : Handle(SQL_HANDLE_ENV) {}
    SQLULEN version = SQL_OV_ODBC3;
};

struct ConnectionHandle : Handle {
    ConnectionHandle() : Handle(SQL_HANDLE_DBC) {}
    std::unique_ptr<Session> session;
    bool autocommit = true;
    std::map<SQLINTEGER, SQLULEN> attributes;
};

struct BoundColumn {
    SQLSMALLINT type = 0;  // 0: not bound
    SQLPOINTER room = nullptr;
    SQLLEN bytes = 0;
    SQLLEN* length = nullptr;
};

struct BoundParameter {
    SQLSMALLINT direction = 0;
    SQLSMALLINT type = 0;
    SQLPOINTER room = nullptr;
    SQLLEN bytes = 0;
    SQLLEN* length = nullptr;
    std::vector<char> given;  // by SQLPutData
    bool null_given = false;
};

struct StatementHandle : Handle {
    explicit StatementHandle(ConnectionHandle& owner) : Handle(SQL_HANDLE_STMT), connection(owner) {}
    ConnectionHandle& connection;
    std::string prepared;
    std::map<SQLUSMALLINT, BoundParameter> parameters;
    SQLUSMALLINT waiting_for = 0;  // the parameter whose data SQLPutData gives; 0: none
    std::map<SQLUSMALLINT, BoundColumn> columns;

    std::vector<Event> events;  // what is still to come
    Table table;                // the open result
    bool open = false;
    SQLLEN row_count = -1;

    std::size_t next_row = 0;  // behind the block that was fetched last
    std::size_t block = 0;     // where it begins
    std::size_t position = 0;  // the row SQLGetData reads
    SQLUSMALLINT read_column = 0;
    std::size_t read_so_far = 0;  // units of it

    SQLULEN block_rows = 1;
    SQLULEN* fetched = nullptr;
    SQLUSMALLINT* status = nullptr;
    SQLULEN bind_type = SQL_BIND_BY_COLUMN;
    SQLULEN time_out = 0;
    std::map<SQLINTEGER, SQLULEN> attributes;
    std::atomic<bool> running = false;
};

template <class Kind>
Kind& as(SQLHANDLE handle) {
    return *static_cast<Kind*>(static_cast<Handle*>(handle));
}

// odbc_convert.cpp
SQLSMALLINT sql_type(const Column& column);
SQLULEN column_size(const Column& column);
// A value into an application's buffer, from `*read` units on, which moves on. SQL_SUCCESS_WITH_INFO: cut.
SQLRETURN put(const Value& value, SQLSMALLINT type, SQLPOINTER room, SQLLEN bytes, SQLLEN* length, std::size_t* read);
Value taken(const BoundParameter& parameter);
SQLLEN fixed_size(SQLSMALLINT type);  // of a C type; 0: not fixed

// odbc_execute.cpp
SQLRETURN execute(StatementHandle& statement, const std::string& sql);
SQLRETURN next_result(StatementHandle& statement, bool first);
void close_result(StatementHandle& statement);

// Text in the W functions: in characters or SQL_NTS; out with what was cut told.
std::string text_in(const SQLWCHAR* text, SQLLEN characters);
SQLRETURN text_out(std::string_view text, SQLWCHAR* room, SQLLEN characters, SQLSMALLINT* length);

inline SQLULEN number(SQLPOINTER pointer) { return reinterpret_cast<SQLULEN>(pointer); }

}  // namespace model
