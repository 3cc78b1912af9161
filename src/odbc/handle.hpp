// ODBC handles with one owner.
#pragma once

#include <sql.h>
#include <sqlext.h>

#include <utility>

namespace roost::odbc {

template <SQLSMALLINT type>
class Handle {
public:
    explicit Handle(SQLHANDLE parent) noexcept {
        if (!SQL_SUCCEEDED(SQLAllocHandle(type, parent, &handle_))) handle_ = nullptr;
    }
    Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Handle& operator=(Handle&&) = delete;
    ~Handle() {
        if (handle_ != nullptr) SQLFreeHandle(type, handle_);
    }
    SQLHANDLE get() const { return handle_; }
    explicit operator bool() const { return handle_ != nullptr; }

private:
    SQLHANDLE handle_ = nullptr;
};

using EnvironmentHandle = Handle<SQL_HANDLE_ENV>;
using ConnectionHandle = Handle<SQL_HANDLE_DBC>;
using StatementHandle = Handle<SQL_HANDLE_STMT>;

// ODBC passes small integers where it has a pointer parameter.
inline SQLPOINTER as_pointer(SQLULEN value) { return reinterpret_cast<SQLPOINTER>(value); }

}  // namespace roost::odbc
