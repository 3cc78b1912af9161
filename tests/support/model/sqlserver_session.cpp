// Log-in, transactions and settings of a SQL Server session.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "model_sql.hpp"
#include "sqlserver.hpp"
#include "sqlserver_batch.hpp"
#include "text.hpp"

namespace model {
namespace {

namespace sql = roost::model::sql;

constexpr std::string_view server_tables = R"(
CREATE TABLE IF NOT EXISTS model_login (principal_id INTEGER PRIMARY KEY, name TEXT UNIQUE COLLATE NOCASE, password TEXT, is_disabled INTEGER NOT NULL DEFAULT 0,
    default_database TEXT NOT NULL DEFAULT 'master', permissions TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS model_server_member (role TEXT COLLATE NOCASE, login TEXT COLLATE NOCASE, PRIMARY KEY (role, login));
INSERT OR IGNORE INTO model_login (principal_id, name) VALUES (1, 'sa');
INSERT OR IGNORE INTO model_server_member VALUES ('sysadmin', 'sa');
)";

constexpr auto implicit_verbs =
    std::to_array<std::string_view>({"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "CREATE", "ALTER", "DROP",
                                     "GRANT", "REVOKE", "DENY", "TRUNCATE"});

}  // namespace

SqlServer::SqlServer(const Attributes& attributes) : Session(attributes, 51) {
    product_ = "Microsoft SQL Server";
    message_prefix_ = attributes.has("TDS_Version") ? "[FreeTDS][SQL Server]" : "[model][SQL Server]";
    logins_ = std::make_unique<Store>(server_.folder() + "/server.db");
    logins_->script(std::string(server_tables));
    since_ = text_of(logins_->one("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"));
    encrypted_ =
        same(attributes.get({"Encryption", "Encrypt"}), "off") || same(attributes.get({"Encryption", "Encrypt"}), "no")
            ? "FALSE"
            : "TRUE";
    reset_options();
    log_in(attributes);
    announce("");
}

SqlServer::~SqlServer() = default;

void SqlServer::log_in(const Attributes& attributes) {
    login_ = attributes.get({"Uid", "User"});
    const auto found =
        logins_->run("SELECT name, password, is_disabled, default_database FROM model_login WHERE name = ?1", {login_});
    const bool known = !found.rows.empty() && number_of(found.rows[0][2]) == 0 &&
                       (is_null(found.rows[0][1]) || found.rows[0][1] == Value(attributes.get({"Pwd", "Password"})));
    if (!known) throw problem(18456, message_prefix_ + "Login failed for user '" + login_ + "'.", "28000");
    login_ = text_of(found.rows[0][0]);
    const std::string asked = attributes.get({"Database"});
    enter(asked.empty() ? text_of(found.rows[0][3]) : asked);
}

// Into a database, as whom the login is there.
void SqlServer::enter(const std::string& database) {
    const bool exists = same(database, "master") || server_.has(database);
    const auto refuse = [&] {
        Problem denied = problem(
            4060,
            message_prefix_ + "Cannot open database \"" + database + "\" requested by the login. The login failed.",
            "42000");
        denied.records.push_back({"28000", 18456, message_prefix_ + "Login failed for user '" + login_ + "'."});
        throw denied;
    };
    if (!exists) refuse();
    open(database);
    const bool sysadmin =
        !is_null(logins_->one("SELECT 1 FROM model_server_member WHERE role = 'sysadmin' AND login = ?1", {login_}));
    const Value id =
        sysadmin ? Value(std::int64_t{1})
                 : store_->one("SELECT principal_id FROM model_principal WHERE login = ?1 COLLATE NOCASE", {login_});
    if (is_null(id)) refuse();
    users_ = {number_of(id)};
    sysadmin_ = {sysadmin};
    login_names_ = {login_};
}

void SqlServer::open(const std::string& database) {
    auto opened = std::make_unique<Store>(server_.database_path(database));
    std::swap(opened, store_);
    database_ = database;
    // Looked at first: who only comes in does not wait for whoever writes.
    const auto is_new = [&] {
        return is_null(store_->one("SELECT 1 FROM sqlite_master WHERE name = 'model_property'"));
    };
    if (is_new()) {
        store_->script("BEGIN IMMEDIATE");
        if (is_new()) {
            store_->script(std::string(sql::sqlserver));
            for (const auto& [name, value] : Variables{{"collation", "SQL_Latin1_General_CP1_CI_AS"},
                                                       {"guid", random_hex(8) + "-" + random_hex(12)},
                                                       {"created", since_}})
                store_->run("INSERT INTO model_database VALUES (?1, ?2)", {name, value});
        }
        store_->script("COMMIT");
    }
    const std::string collation = text_of(store_->one("SELECT value FROM model_database WHERE name = 'collation'"));
    store_->set_case_sensitive(collation.contains("_CS_") || collation.contains("_BIN"));
    define_functions();
    store_->script(std::string(sql::sqlserver_views));
}

void SqlServer::reset_options() {
    options_ = {{"NOCOUNT", "OFF"},
                {"XACT_ABORT", "OFF"},
                {"IMPLICIT_TRANSACTIONS", "OFF"},
                {"LOCK_TIMEOUT", "-1"},
                {"QUOTED_IDENTIFIER", "ON"},
                {"ANSI_NULLS", "ON"},
                {"ANSI_PADDING", "ON"},
                {"ANSI_WARNINGS", "ON"},
                {"CONCAT_NULL_YIELDS_NULL", "ON"},
                {"ARITHABORT", "OFF"},
                {"ANSI_NULL_DFLT_ON", "ON"},
                {"ANSI_NULL_DFLT_OFF", "OFF"},
                {"ANSI_DEFAULTS", "OFF"},
                {"LANGUAGE", "us_english"},
                {"DATEFORMAT", "mdy"},
                {"DATEFIRST", "7"},
                {"ISOLATION", "2"},
                {"DEADLOCK_PRIORITY", "0"},
                {"ROWCOUNT", "0"},
                {"TEXTSIZE", "2147483647"},
                {"ARITHIGNORE", "OFF"},
                {"NUMERIC_ROUNDABORT", "OFF"},
                {"NOEXEC", "OFF"},
                {"PARSEONLY", "OFF"},
                {"FMTONLY", "OFF"},
                {"CURSOR_CLOSE_ON_COMMIT", "OFF"},
                {"FORCEPLAN", "OFF"},
                {"SHOWPLAN_ALL", "OFF"},
                {"IDENTITY_INSERT", "OFF"},
                {"REMOTE_PROC_TRANSACTIONS", "OFF"}};
}

std::string SqlServer::option(const std::string& name) const {
    const auto found = options_.find(name);
    return found == options_.end() ? std::string() : found->second;
}

bool SqlServer::is_on(const std::string& name) const { return option(name) == "ON"; }

void SqlServer::set_option(const std::string& name, const std::string& value) {
    if (!options_.contains(name)) not_spoken("SET " + name);
    options_[name] = value;
    if (name == "LANGUAGE") {  // and with it how dates are read
        options_["DATEFORMAT"] = same(value, "us_english") ? "mdy" : "dmy";
        options_["DATEFIRST"] = same(value, "us_english") ? "7" : "1";
    }
    if (name == "LOCK_TIMEOUT") store_->lock_wait = std::chrono::milliseconds(std::stoi(value));
}

Tokens SqlServer::tokens(std::string_view sql) {
    try {
        return lex(sql, {.brackets = true, .at_variables = true, .nested_comments = true});
    } catch (const std::string& what) {
        throw error(what.starts_with("Unclosed") ? 105 : 113, what);
    }
}

void SqlServer::execute(const std::string& sql, std::vector<Parameter>& parameters, std::vector<Event>& events) {
    trying = nested = 0;
    caught.clear();
    Batch(*this, sql, &parameters, events).run();
    if (!doomed_) return;
    roll_back();
    throw error(3998, "Uncommittable transaction is detected at the end of the batch. The transaction is rolled back.");
}

void SqlServer::begin() { ++transactions_; }

void SqlServer::commit() {
    if (transactions_ == 0) throw error(3902, "The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.");
    if (doomed_)
        throw error(3930,
                    "The current transaction cannot be committed and cannot support operations that write to the log "
                    "file. Roll back the transaction.");
    if (transactions_ == 1 && store_->writing()) store_->script("COMMIT");
    if (--transactions_ == 0) std::erase_if(app_locks_, [](const auto& lock) { return lock.second.of_transaction; });
}

void SqlServer::roll_back() {
    if (transactions_ == 0)
        throw error(3903, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
    abandon();
}

void SqlServer::abandon() {
    if (store_->writing()) store_->script("ROLLBACK");
    transactions_ = 0;
    doomed_ = false;
    std::erase_if(app_locks_, [](const auto& lock) { return lock.second.of_transaction; });
}

// The store's own write lock is taken with it, which a server would do only for the rows.
void SqlServer::save(const std::string& name) {
    if (transactions_ == 0) throw error(628, "Cannot issue SAVE TRANSACTION when there is no active transaction.");
    if (!store_->writing()) store_->script("BEGIN IMMEDIATE");
    store_->script("SAVEPOINT " + in_quotes("save " + name, '"'));
}

void SqlServer::roll_back_to(const std::string& name) {
    if (transactions_ == 0)
        throw error(3903, "The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.");
    if (doomed_)
        throw error(3931,
                    "The current transaction cannot be rolled back to a savepoint. Roll back the whole transaction.");
    try {
        store_->script("ROLLBACK TO " + in_quotes("save " + name, '"'));
    } catch (const StoreError&) {
        throw error(6401, "Cannot roll back " + name + ". No transaction or savepoint of that name was found.");
    }
}

void SqlServer::writing(const std::function<void()>& work) {
    if (doomed_)
        throw error(3930,
                    "The current transaction cannot be committed and cannot support operations that write to the log "
                    "file. Roll back the transaction.");
    const bool own = transactions_ == 0;
    if (!store_->writing()) store_->script("BEGIN IMMEDIATE");
    store_->script("SAVEPOINT statement");
    try {
        work();
    } catch (...) {
        if (store_->writing()) store_->script(own ? "ROLLBACK" : "ROLLBACK TO statement; RELEASE statement");
        throw;
    }
    store_->script(own ? "COMMIT" : "RELEASE statement");
}

bool SqlServer::starts_implicitly(const Token& verb) const {
    return is_on("IMPLICIT_TRANSACTIONS") && transactions_ == 0 &&
           std::ranges::find(implicit_verbs, verb.upper) != implicit_verbs.end();
}

// As FreeTDS does it: a transaction is begun when autocommit goes off and after each end; turning it on rolls back.
void SqlServer::set_autocommit(bool on) {
    if (is_lost()) return;
    if (on) {
        roll_back();
    } else {
        begin();
    }
    autocommit_ = on;
    announce("");
}

void SqlServer::finish(bool commit_it) {
    if (commit_it) {
        commit();
    } else {
        roll_back();
    }
    if (!autocommit_) begin();
}

void SqlServer::played_error(const Record& record) {
    if (transactions_ > 0 && (record.native == 1205 || is_on("XACT_ABORT"))) abandon();
}

Problem SqlServer::deadlocked() const {
    return error(1205, "Transaction (Process ID " + std::to_string(slot_.id()) +
                           ") was deadlocked on lock resources with another process and has been chosen as the "
                           "deadlock victim. Rerun the transaction.");
}

Facts SqlServer::facts() const {
    std::string options;
    for (const auto& [name, value] : options_) options += name + "=" + value + ";";
    char host[256] = {};
    gethostname(host, sizeof host - 1);
    return {{"transactions", std::to_string(transactions_)},
            {"options", options + "ENCRYPT=" + encrypted_ + ";"},
            {"since", since_},
            {"host", host}};
}

void SqlServer::use(const std::string& database) {
    if (same(database, database_)) return;
    if (!same(database, "master") && !server_.has(database))
        throw error(911, "Database '" + database + "' does not exist. Make sure that the name is entered correctly.");
    if (transactions_ > 0 && store_->writing()) not_spoken("USE in a transaction that wrote");
    enter(database);
}

}  // namespace model
