// Log-in, transactions, locks and the roles of an Oracle session.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "model_sql.hpp"
#include "oracle.hpp"
#include "plsql.hpp"
#include "text.hpp"

namespace model {
namespace {

namespace sql = roost::model::sql;

// "//host:1521/service", "host/service", "service"
std::string service_of(const Attributes& attributes) {
    const std::string given = attributes.get({"Database", "Service", "DBQ"});
    return upper(given.substr(given.find_last_of('/') + 1));
}

}  // namespace

Problem Oracle::ora(int number, const std::string& text) {
    char code[24];
    std::snprintf(code, sizeof code, "ORA-%05d: ", number);
    return problem(number, code + text,
                   number == 1017 || number == 28000 || number == 1045 ? "28000"
                   : number == 1013                                    ? "HY008"
                                                                       : "HY000");
}

void Oracle::not_spoken(const std::string& what) { throw ora(50000, "model: not spoken: " + what); }

Oracle::Oracle(const Attributes& attributes) : Session(attributes, 101) {
    product_ = "Oracle";
    message_prefix_ = "[Oracle][ODBC][Ora]";
    login_ = attributes.get({"Uid", "User"});
    user_ = login_.starts_with('"') ? login_.substr(1, login_.size() - 2) : upper(login_);
    const std::string service = service_of(attributes).empty() ? "CDB$ROOT" : service_of(attributes);
    const auto refuse = [this](int number, const std::string& text) {
        Problem refused = ora(number, text);
        for (Record& record : refused.records) record.text = message_prefix_ + record.text;
        throw refused;
    };
    if (service != "CDB$ROOT" && !server_.has(service))
        refuse(12514, "TNS:listener does not currently know of service requested in connect descriptor");
    open(service);
    const Table found = rows("SELECT password, status FROM model_user WHERE name = ?1", {user_});
    if (found.rows.empty()) refuse(1017, "invalid username/password; logon denied");
    const Value& password = found.rows[0][0];
    if (!is_null(password) && password != Value(attributes.get({"Pwd", "Password"})))
        refuse(1017, "invalid username/password; logon denied");
    if (found.rows[0][1] != Value(std::string("OPEN"))) refuse(28000, "the account is locked");
    login_roles_ = nested(default_roles());
    if (!has("CREATE SESSION")) refuse(1045, "user " + user_ + " lacks CREATE SESSION privilege; logon denied");
    since_ = text_of(one("SELECT strftime('%Y-%m-%d %H:%M:%S', 'now')"));
    announce("");
}

Oracle::~Oracle() = default;

void Oracle::open(const std::string& service) {
    store_ = std::make_unique<Store>(server_.database_path(service));
    store_->set_case_sensitive(true);
    database_ = service;
    schema_ = user_;
    store_->script("BEGIN IMMEDIATE");
    if (is_null(one("SELECT 1 FROM sqlite_master WHERE name = 'model_object'"))) {
        store_->script(std::string(sql::oracle));
        change("INSERT INTO model_database VALUES ('uid', ?1)",
               {std::to_string(std::strtoul(random_hex(7).c_str(), nullptr, 16))});
    }
    store_->script("COMMIT");
    nls_ = {{"NLS_LANGUAGE", "AMERICAN"},     {"NLS_TERRITORY", "AMERICA"},
            {"NLS_DATE_FORMAT", "DD-MON-RR"}, {"NLS_TIMESTAMP_FORMAT", "DD-MON-RR HH.MI.SSXFF AM"},
            {"NLS_SORT", "BINARY"},           {"NLS_COMP", "BINARY"},
            {"NLS_LENGTH_SEMANTICS", "BYTE"}, {"NLS_NUMERIC_CHARACTERS", ".,"},
            {"NLS_DATE_LANGUAGE", "AMERICAN"}};
    define_functions();
    store_->script(std::string(sql::oracle_views));
}

Tokens Oracle::tokens(std::string_view text) {
    try {
        return lex(text, {.colon_variables = true});
    } catch (const std::string& what) {
        throw ora(1756, what);
    }
}

void Oracle::execute(const std::string& text, std::vector<Parameter>& parameters, std::vector<Event>& events) {
    try {
        run(text, parameters, events);
    } catch (...) {
        if (autocommit_) roll_back();
        throw;
    }
    if (autocommit_) commit();
}

void Oracle::run(const std::string& text, std::vector<Parameter>& parameters, std::vector<Event>& events) {
    variables.clear();
    const Tokens read = tokens(text);
    if (any_of(read.front(), {"BEGIN", "DECLARE", "CALL"})) {
        Plsql(*this, text, read, parameters).run();
        events.push_back({.kind = Event::Kind::count, .count = 0});
    } else {
        const auto values = [&](std::string_view name) -> std::optional<Value> {
            const auto index = std::strtoul(std::string(name.substr(1)).c_str(), nullptr, 10);
            if (index < 1 || index > parameters.size()) throw ora(1008, "not all variables bound");
            const Value& value = parameters[index - 1].value;
            return value == Value(std::string()) ? Value() : value;  // an empty text is NULL
        };
        Outcome outcome = statement(read, 0, read.size() - 1, text, values, 0);
        if (outcome.rows) {
            events.push_back({.kind = Event::Kind::rows, .table = std::move(outcome.table)});
        } else {
            events.push_back({.kind = Event::Kind::count, .count = std::max<std::int64_t>(0, outcome.count)});
        }
    }
}

void Oracle::commit() {
    if (!pending_.empty()) {
        store_->script("BEGIN IMMEDIATE");
        replay();
        pending_.clear();
    }
    if (store_->writing()) store_->script("COMMIT");
    row_locks_.clear();
}

void Oracle::roll_back() {
    pending_.clear();
    if (store_->writing()) store_->script("ROLLBACK");
    row_locks_.clear();
}

void Oracle::savepoint(const std::string& name) {
    if (!store_->writing()) store_->script("BEGIN IMMEDIATE");
    store_->script("SAVEPOINT " + in_quotes("save " + name, '"'));
}

void Oracle::roll_back_to(const std::string& name) {
    try {
        store_->script("ROLLBACK TO " + in_quotes("save " + name, '"'));
    } catch (const StoreError&) {
        throw ora(1086, "savepoint '" + name + "' never established in this session or is invalid");
    }
}

// Every DDL and DCL commits before and after.
void Oracle::commits_around(const std::function<void()>& work) {
    commit();
    store_->script("BEGIN IMMEDIATE");
    try {
        work();
    } catch (...) {
        store_->script("ROLLBACK");
        throw;
    }
    store_->script("COMMIT");
}

void Oracle::replay() {
    for (const auto& [text, values] : pending_) store_->run(text, values);
}

std::int64_t Oracle::request_lock(const std::string& handle, std::int64_t seconds) {
    if (locks_.contains(handle)) return 4;
    auto lock = server_.lock("dbms/" + database_ + "/" + handle, {{"session", std::to_string(slot_.id())}},
                             std::chrono::seconds(seconds), [this] { return should_stop(); });
    if (!lock && slot_.killed()) lose();
    if (!lock && store_->should_stop()) throw StoreStopped{};
    if (!lock) return 1;
    locks_[handle] = std::move(lock);
    return 0;
}

std::int64_t Oracle::release_lock(const std::string& handle) { return locks_.erase(handle) > 0 ? 0 : 4; }

Facts Oracle::facts() const {
    char host[256] = {};
    gethostname(host, sizeof host - 1);
    return {{"username", user_},         {"module", module_}, {"client_info", client_info_},
            {"identifier", identifier_}, {"since", since_},   {"host", host}};
}

// Whole tables are locked, which a server would do only for the rows.
void Oracle::lock_rows(const std::set<std::string>& tables, const Tokens& read, std::size_t from, std::size_t to) {
    std::chrono::milliseconds patience(-1);
    for (std::size_t i = from; i < to; ++i) {
        if (read[i].is("NOWAIT")) patience = std::chrono::milliseconds(0);
        if (read[i].is("WAIT")) patience = std::chrono::seconds(std::stoi(read[i + 1].text));
    }
    for (const auto& name : tables) {
        if (row_locks_.contains(name)) continue;
        auto lock = server_.lock("rows/" + database_ + "/" + name, {{"session", std::to_string(slot_.id())}}, patience,
                                 [this] { return should_stop(); });
        if (!lock && slot_.killed()) lose();
        if (!lock && store_->should_stop()) throw StoreStopped{};
        if (!lock && patience.count() == 0)
            throw ora(54, "resource busy and acquire with NOWAIT specified or timeout expired");
        if (!lock) throw ora(30006, "resource busy; acquire with WAIT timeout expired");
        row_locks_[name] = std::move(lock);
    }
}

// LOCK TABLE owner.table IN EXCLUSIVE MODE [NOWAIT | WAIT n]: any right to it but READ allows that.
void Oracle::lock_table(const Tokens& read, std::size_t from, std::size_t to) {
    const bool whole = to >= from + 8 && read[from + 3].is(".") && read[from + 5].is("IN") &&
                       read[from + 6].is("EXCLUSIVE") && read[from + 7].is("MODE");
    if (!whole) not_spoken("LOCK TABLE but as owner.table IN EXCLUSIVE MODE");
    const auto named = [&](std::size_t at) {
        return read[at].kind == Token::Kind::word ? read[at].upper : read[at].text;
    };
    const std::string owner = named(from + 2), found = table(owner, named(from + 4));
    if (found.empty() || !may_use(found, "")) throw ora(942, "table or view does not exist");
    const bool may = owner == user_ || has("LOCK ANY TABLE") ||
                     std::ranges::any_of(std::array{"SELECT", "INSERT", "UPDATE", "DELETE", "ALTER"},
                                         [&](const char* right) { return may_use(found, right); });
    if (!may) throw ora(1031, "insufficient privileges");
    lock_rows({found}, read, from + 8, to);
}

std::set<std::string> Oracle::nested(std::set<std::string> roles) const {
    std::vector<std::string> ahead(roles.begin(), roles.end());
    while (!ahead.empty()) {
        const std::string role = ahead.back();
        ahead.pop_back();
        for (const auto& row : rows("SELECT granted_role FROM model_role_priv WHERE grantee = ?1", {role}).rows)
            if (roles.insert(text_of(row[0])).second) ahead.push_back(text_of(row[0]));
    }
    return roles;
}

std::set<std::string> Oracle::default_roles() const {
    std::set<std::string> roles;
    for (const auto& row :
         rows("SELECT GRANTED_ROLE FROM DBA_ROLE_PRIVS WHERE GRANTEE IN (?1, 'PUBLIC') AND DEFAULT_ROLE = 'YES'",
              {user_})
             .rows)
        roles.insert(text_of(row[0]));
    return roles;
}

std::set<std::string> Oracle::enabled() const { return set_roles_ ? *set_roles_ : login_roles_; }

bool Oracle::is_role(const std::string& name) const {
    return !is_null(one("SELECT 1 FROM model_role WHERE name = ?1", {name}));
}
bool Oracle::is_user(const std::string& name) const {
    return !is_null(one("SELECT 1 FROM model_user WHERE name = ?1", {name}));
}
bool Oracle::has_role(const std::string& role) const { return enabled().contains(role); }

bool Oracle::has(const std::string& right) const {
    if (user_ == "SYS" || user_ == "SYSTEM" || has_role("DBA")) return true;
    for (const auto& row : rows("SELECT grantee FROM model_sys_priv WHERE privilege = ?1", {right}).rows) {
        const std::string grantee = text_of(row[0]);
        if (grantee == user_ || grantee == "PUBLIC" || has_role(grantee)) return true;
    }
    return false;
}

bool Oracle::sees_dictionary() const { return has_role("SELECT_CATALOG_ROLE") || has("SELECT ANY DICTIONARY"); }

std::string Oracle::table(const std::string& owner, const std::string& name) const {
    const Value found = one(
        "SELECT owner || '.' || name FROM model_object WHERE owner = ?1 AND name = ?2 AND type IN ('TABLE', 'VIEW')",
        {owner.empty() ? schema_ : owner, name});
    return text_of(found);
}

bool Oracle::may_use(const std::string& table, const std::string& action) const {
    const auto dot = table.find('.');
    const std::string owner = dot == table.npos ? "SYS" : table.substr(0, dot),
                      name = dot == table.npos ? table : table.substr(dot + 1);
    if (owner == user_ || has(action + " ANY TABLE")) return true;
    for (const auto& row :
         rows("SELECT grantee FROM model_tab_priv WHERE owner = ?1 AND table_name = ?2 AND (privilege = ?3 OR ?3 = '')",
              {owner, name, action})
             .rows) {
        const std::string grantee = text_of(row[0]);
        if (grantee == user_ || grantee == "PUBLIC" || has_role(grantee)) return true;
    }
    return false;
}

bool Oracle::may_lock() const { return user_ == "SYS" || has_role("DBA") || may_use("SYS.DBMS_LOCK", "EXECUTE"); }

}  // namespace model
