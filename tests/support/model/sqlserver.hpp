// A session that speaks Transact-SQL, as far as README.md says.
#pragma once

#include <map>
#include <set>

#include "lexer.hpp"
#include "session.hpp"

namespace model {

using Variables = std::map<std::string, Value>;  // "@x", in small letters

// The statement in hand: tokens of one batch.
struct Clause {
    const Tokens& tokens;
    std::size_t from;
    std::size_t to;
    std::string_view source;  // the batch
};

class SqlServer : public Session {
public:
    explicit SqlServer(const Attributes& attributes);
    ~SqlServer() override;
    void set_autocommit(bool on) override;

    static Tokens tokens(std::string_view sql);

    // The transaction.
    void begin();
    void commit();
    void roll_back();
    void save(const std::string& name);
    void roll_back_to(const std::string& name);
    int open_transactions() const { return transactions_; }
    bool doomed() const { return doomed_; }
    void doom() { doomed_ = true; }
    // Runs what writes: in the open transaction, or in one of its own; undone as a whole where it throws.
    void writing(const std::function<void()>& work);
    bool starts_implicitly(const Token& verb) const;

    // Settings: "NOCOUNT" -> "ON".
    bool is_on(const std::string& option) const;
    void set_option(const std::string& option, const std::string& value);
    std::string option(const std::string& name) const;

    bool case_sensitive() const { return store_->case_sensitive(); }

    // Principals. Ids; -1: there is none, or none that we see.
    std::int64_t principal(const std::string& name) const;
    std::int64_t seen_principal(const std::string& name) const;
    std::string principal_name(std::int64_t id) const;
    bool is_role(std::int64_t id) const;
    bool is_in(std::int64_t principal, std::int64_t role) const;  // directly or nested
    std::int64_t user() const { return users_.back(); }
    bool is_owner() const;  // dbo, or in db_owner
    // A right on the database, or on an object (0: none in particular) of a schema.
    bool may(const std::string& permission, std::int64_t object = 0, std::int64_t schema = 0) const;
    bool may_server(const std::string& permission) const;
    bool sees(std::int64_t principal) const;

    // Objects, by the store's name "schema.name".
    std::string default_schema() const;
    std::int64_t schema(const std::string& name) const;  // -1
    struct Object {
        std::int64_t id = -1, schema = -1;
        std::string type = {}, name = {};  // the store's
    };
    Object object(const std::string& schema, const std::string& name) const;
    Object object(std::string_view dotted) const;  // "[dbo].[t]", as OBJECT_ID takes it
    void check_use(const std::string& table, const std::string& action) const;

    // Statements. Each gets the tokens of one.
    void define(const Clause& clause);     // CREATE, ALTER, DROP, TRUNCATE
    void rights(const Clause& clause);     // GRANT, REVOKE, DENY
    void databases(const Clause& clause);  // CREATE and DROP DATABASE, BACKUP, RESTORE
    void use(const std::string& database);
    void execute_as(const std::string& user, bool login);
    void revert();
    void kill_session(std::int64_t session);
    using Arguments = std::vector<std::pair<std::string, Value>>;  // "@name" or "", in their order
    // A procedure of the system; nullopt: it is none. The value is what it returns.
    std::optional<std::int64_t> procedure(const std::string& name, Arguments arguments, std::vector<Event>& events);
    // Fills the live_* tables that the text names.
    void refresh(std::string_view text);

    Table run(const std::string& sql, const Store::Binder& binder) { return store_->run(sql, binder); }
    Value one(const std::string& sql, const std::vector<Value>& values = {}) const { return store_->one(sql, values); }
    void change(const std::string& sql, const std::vector<Value>& values = {}) const { store_->run(sql, values); }
    std::int64_t changes() const { return store_->changes(); }
    void sleep(std::chrono::milliseconds time) { wait(time); }
    Problem problem_of(const StoreError& error) const { return translated(error); }
    Problem timed_out() const { return lock_timeout(); }
    Problem deadlocked() const;

    int trying = 0;               // TRY blocks around
    int nested = 0;               // procedures and EXEC around
    std::vector<Problem> caught;  // of the CATCH blocks around
    int last_error = 0;
    std::int64_t last_count = 0;

protected:
    void execute(const std::string& sql, std::vector<Parameter>& parameters, std::vector<Event>& events) override;
    void finish(bool commit) override;
    void abandon() override;
    void played_error(const Record& record) override;
    Problem translated(const StoreError& error) const override;
    Problem lock_timeout() const override;
    Problem cancelled() const override;
    Facts facts() const override;

private:
    friend class Definition;
    void open(const std::string& database);
    void log_in(const Attributes& attributes);
    void enter(const std::string& database);
    void define_functions();
    void define_text_functions();
    void define_rights_functions();
    void fill_sessions();
    void fill_logins();
    void fill_databases();
    void reset_options();
    std::set<std::int64_t> closure(std::int64_t principal) const;  // itself, its roles, public
    std::optional<std::int64_t> lock_procedure(const std::string& name, const Arguments& arguments);
    std::optional<std::int64_t> property_procedure(const std::string& name, const Arguments& arguments);
    std::optional<std::int64_t> login_procedure(const std::string& name, const Arguments& arguments);
    std::string lock_name(const std::string& resource) const;

    std::unique_ptr<Store> logins_;  // server.db
    int transactions_ = 0;
    bool doomed_ = false;
    bool autocommit_ = true;
    std::map<std::string, std::string> options_;
    std::vector<std::int64_t> users_;  // the last one is who we are; EXECUTE AS adds
    std::vector<bool> sysadmin_;       // beside each
    std::vector<std::string> login_names_;
    std::map<std::string, std::string> context_;
    std::string application_name_, encrypted_, since_;
    struct AppLock {
        std::unique_ptr<FileLock> file;
        int count = 0;
        bool of_transaction = false;
    };
    std::map<std::string, AppLock> app_locks_;
};

// [name] as the messages quote it: 'name'.
inline Problem error(int number, std::string text) { return problem(number, std::move(text)); }
[[noreturn]] void not_spoken(const std::string& what);
[[noreturn]] void wrong_syntax(const Token& near);

}  // namespace model
