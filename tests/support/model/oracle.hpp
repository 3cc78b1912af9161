// A session that speaks Oracle's SQL and PL/SQL, as far as README.md says.
#pragma once

#include <map>
#include <set>

#include "lexer.hpp"
#include "session.hpp"

namespace model {

class Oracle : public Session {
public:
    explicit Oracle(const Attributes& attributes);
    ~Oracle() override;
    void set_autocommit(bool on) override { autocommit_ = on; }

    static Tokens tokens(std::string_view sql);
    static Problem ora(int number, const std::string& text);
    [[noreturn]] static void not_spoken(const std::string& what);

    // One statement of SQL, no block. `values`: by name (":X") or number ("?1").
    struct Outcome {
        bool rows = false;
        Table table = {};
        std::int64_t count = -1;  // -1: it counts nothing
    };
    Outcome statement(const Tokens& tokens, std::size_t from, std::size_t to, std::string_view source,
                      const Store::Binder& values, int parameters_before);
    Table query(const std::string& sql, const Store::Binder& values) { return store_->run(sql, values); }
    std::set<std::string> variables;  // of the PL/SQL block that runs

    void commit();
    void roll_back();
    void savepoint(const std::string& name);
    void roll_back_to(const std::string& name);

    // Names and rights.
    std::string current_schema() const { return schema_; }
    std::string user() const { return user_; }
    bool is_role(const std::string& name) const;
    bool is_user(const std::string& name) const;
    bool has(const std::string& right) const;      // of the system, directly or through enabled roles
    bool has_role(const std::string& role) const;  // granted, directly or nested
    std::set<std::string> enabled() const;         // roles, nested ones too
    bool sees_dictionary() const;
    // The store's name of a table, "OWNER.NAME"; empty: there is none.
    std::string table(const std::string& owner, const std::string& name) const;
    bool may_use(const std::string& table, const std::string& action) const;
    Value context(const std::string& what) const;  // SYS_CONTEXT('USERENV', …)

    Table rows(const std::string& sql, const std::vector<Value>& values = {}) const { return store_->run(sql, values); }
    Value one(const std::string& sql, const std::vector<Value>& values = {}) const { return store_->one(sql, values); }
    void change(const std::string& sql, const std::vector<Value>& values = {}) const { store_->run(sql, values); }
    Problem problem_of(const StoreError& error) const { return translated(error); }

    // Packages. DBMS_LOCK.REQUEST gives 0, 1 for a time-out, 4 for already held.
    std::int64_t request_lock(const std::string& handle, std::int64_t seconds);
    std::int64_t release_lock(const std::string& handle);
    bool may_lock() const;
    void set_module(const std::string& module) {
        module_ = module;
        announce("");
    }
    void set_client_info(const std::string& text) {
        client_info_ = text.substr(0, 64);
        announce("");
    }
    void set_identifier(const std::string& text) {
        identifier_ = text;
        announce("");
    }
    void sleep(std::chrono::milliseconds time) { wait(time); }

protected:
    void execute(const std::string& sql, std::vector<Parameter>& parameters, std::vector<Event>& events) override;
    void finish(bool commit_it) override { commit_it ? commit() : roll_back(); }
    void abandon() override {
        roll_back();
        locks_.clear();
    }
    void played_error(const Record&) override {}
    Problem translated(const StoreError& error) const override;
    Problem lock_timeout() const override {
        return ora(54, "resource busy and acquire with NOWAIT specified or timeout expired");
    }
    Problem cancelled() const override { return ora(1013, "user requested cancel of current operation"); }
    Facts facts() const override;

private:
    friend class OracleDefinition;
    void run(const std::string& text, std::vector<Parameter>& parameters, std::vector<Event>& events);
    void open(const std::string& service);
    void define_functions();
    void define_text_functions();
    void refresh(const std::string& text);
    Outcome data(const Tokens& tokens, std::size_t from, std::size_t to, const Store::Binder& values,
                 int parameters_before);
    Outcome kept_apart(const std::string& text, const Store::Binder& values, bool reads);
    void commits_around(const std::function<void()>& work);  // DDL
    void pluggable(const Tokens& tokens, std::size_t from, std::size_t to);
    void lock_table(const Tokens& read, std::size_t from, std::size_t to);
    void lock_rows(const std::set<std::string>& tables, const Tokens& tokens, std::size_t from, std::size_t to);
    void alter_session(const Tokens& tokens, std::size_t from, std::size_t to);
    void kill(const Tokens& tokens, std::size_t from, std::size_t to);
    void set_nls(const std::string& name, const std::string& value);
    void set_role(const Tokens& tokens, std::size_t from, std::size_t to);
    std::set<std::string> nested(std::set<std::string> roles) const;
    std::set<std::string> default_roles() const;

    bool autocommit_ = true;
    std::string user_, schema_, since_;
    std::string module_, client_info_, identifier_;
    std::optional<std::set<std::string>> set_roles_;  // by SET ROLE; nothing: those of the log-in
    std::set<std::string> login_roles_;               // enabled at log-in
    std::map<std::string, std::string> nls_;
    std::map<std::string, std::unique_ptr<FileLock>> locks_;      // of DBMS_LOCK
    std::map<std::string, std::unique_ptr<FileLock>> row_locks_;  // until the transaction ends
    // Changes to tables whose rows this session locked: kept until it commits, so that they keep nobody else from
    // writing.
    std::vector<std::pair<std::string, std::vector<Value>>> pending_;
    void replay();
};

}  // namespace model
