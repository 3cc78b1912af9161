// A database of the model server: an SQLite file. Reads outside of a writing transaction see the latest that others
// committed, each statement for itself (READ COMMITTED); the first write takes the file's one write lock.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "value.hpp"

namespace model {

// What SQLite refused; the dialects turn it into their own errors.
struct StoreError {
    int code;
    std::string text;
};
// Somebody else wrote for too long.
struct StoreBusy {};
// Cancelled, or the query time-out.
struct StoreStopped {};

class Store {
public:
    // The value of a parameter by its SQLite name ("?1", "@x", ":x"); nullopt: unknown, which is an error.
    using Binder = std::function<std::optional<Value>(std::string_view name)>;
    using Function = std::function<Value(const std::vector<Value>& arguments)>;

    explicit Store(const std::string& path);

    void attach(const std::string& path, std::string_view name);
    void define(const char* name, Function function, int arguments = -1);
    // Whether texts compare without regard to case: the collation MODEL.
    void set_case_sensitive(bool on) { case_sensitive_ = on; }

    Table run(std::string_view sql, const Binder& binder);
    Table run(std::string_view sql, const std::vector<Value>& values = {});
    Value one(std::string_view sql, const std::vector<Value>& values = {});  // NULL where there is no row
    void script(const std::string& sql);
    std::int64_t changes() const { return sqlite3_changes64(db_.get()); }
    bool writing() const { return sqlite3_get_autocommit(db_.get()) == 0; }

    std::atomic<bool> stop = false;  // set by another thread
    std::optional<std::chrono::steady_clock::time_point> deadline;
    std::chrono::milliseconds lock_wait{-1};  // negative: for ever
    bool should_stop() const;
    bool case_sensitive() const { return case_sensitive_; }

private:
    Table step_all(sqlite3_stmt* statement);
    [[noreturn]] void complain(int code);

    std::unique_ptr<sqlite3, decltype(&sqlite3_close_v2)> db_{nullptr, sqlite3_close_v2};
    std::vector<std::unique_ptr<Function>> functions_;
    bool case_sensitive_ = false;
    std::chrono::steady_clock::time_point waiting_since_;
};

}  // namespace model
