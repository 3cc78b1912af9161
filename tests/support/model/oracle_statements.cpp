// Statements of SQL: which is which, queries and changes of data, settings of the session.
#include <algorithm>
#include <filesystem>

#include "oracle.hpp"
#include "oracle_define.hpp"
#include "oracle_rewriter.hpp"
#include "text.hpp"

namespace model {

Oracle::Outcome Oracle::statement(const Tokens& read, std::size_t from, std::size_t to, std::string_view source,
                                  const Store::Binder& values, int parameters_before) {
    if (from == to) throw ora(900, "invalid SQL statement");
    const bool procedure = any_of(read[from], {"CREATE"}) &&
                           std::any_of(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(std::min(to, from + 4)),
                                       [](const Token& token) { return token.is("PROCEDURE"); });
    if (read[to - 1].is(";") && !procedure) throw ora(933, "SQL command not properly ended");
    const auto too_long = [](const Token& token) {
        return token.kind == Token::Kind::string && token.text.size() > 4000;
    };
    if (!procedure && std::any_of(read.begin() + static_cast<std::ptrdiff_t>(from),
                                  read.begin() + static_cast<std::ptrdiff_t>(to), too_long))
        throw ora(1704, "string literal too long");
    const Token& verb = read[from];
    if (any_of(verb, {"CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "TRUNCATE", "COMMENT", "RENAME"})) {
        if (verb.is("ALTER") && read[from + 1].is("SESSION")) return alter_session(read, from, to), Outcome{};
        if (verb.is("ALTER") && read[from + 1].is("SYSTEM")) return kill(read, from, to), Outcome{};
        if (read[from + 1].is("PLUGGABLE")) return pluggable(read, from, to), Outcome{};
        commits_around([&] { OracleDefinition(*this, read, from, to, source).run(); });
        return {};
    }
    if (verb.is("LOCK")) return lock_table(read, from, to), Outcome{};
    if (verb.is("COMMIT")) return commit(), Outcome{};
    if (verb.is("SAVEPOINT")) return savepoint(read[from + 1].text), Outcome{};
    if (verb.is("ROLLBACK")) return to > from + 2 ? roll_back_to(read[to - 1].text) : roll_back(), Outcome{};
    if (verb.is("SET") && read[from + 1].is("ROLE")) return set_role(read, from + 2, to), Outcome{};
    if (verb.is("SET") && read[from + 1].is("TRANSACTION")) return {};
    if (!any_of(verb, {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE"}))
        throw ora(900, "invalid SQL statement");
    return data(read, from, to, values, parameters_before);
}

Oracle::Outcome Oracle::data(const Tokens& read, std::size_t from, std::size_t to, const Store::Binder& values,
                             int parameters_before) {
    OracleRewriter rewriter(*this, read, variables, parameters_before);
    const std::string text = rewriter.rewrite(read, from, to);
    std::set<std::string> tables;
    for (const auto& use : rewriter.uses()) {
        tables.insert(use.table);
        const bool own = !use.table.contains('.')
                             ? !is_whole_dictionary(use.table) || sees_dictionary() || may_use(use.table, "SELECT")
                             : may_use(use.table, use.action) || (use.action == "SELECT" && may_use(use.table, "READ"));
        if (!own)
            throw may_use(use.table, "") ? ora(1031, "insufficient privileges")
                                         : ora(942, "table or view does not exist");
    }
    refresh(text);
    const bool reads = any_of(read[from], {"SELECT", "WITH"});
    if (rewriter.locks()) {
        lock_rows(tables, read, from, to);
    }
    const bool kept = std::ranges::any_of(tables, [this](const auto& name) { return row_locks_.contains(name); }) &&
                      !store_->writing();
    if (kept) return kept_apart(text, values, reads);
    if (reads) return {.rows = true, .table = store_->run(text, values)};
    const bool begins = !store_->writing();
    if (begins) store_->script("BEGIN IMMEDIATE");
    try {
        store_->run(text, values);
    } catch (...) {
        if (begins) store_->script("ROLLBACK");
        throw;
    }
    return {.count = store_->changes()};
}

// On a table whose rows this session has locked: done and seen on a copy of its own, which keeps nobody from reading or
// writing; done for good when it commits.
Oracle::Outcome Oracle::kept_apart(const std::string& text, const Store::Binder& values, bool reads) {
    if (reads && pending_.empty()) return {.rows = true, .table = store_->run(text, values)};
    std::vector<Value> taken;
    const auto numbered = [&](std::string_view name) -> std::optional<Value> {
        const auto value = values(name);
        const auto index = std::strtoul(std::string(name.substr(1)).c_str(), nullptr, 10);
        if (!value || !name.starts_with('?') || index < 1)
            not_spoken("a change of locked rows with variables of PL/SQL");
        if (taken.size() < index) taken.resize(index);
        return taken[index - 1] = *value;
    };
    Outcome outcome{.rows = reads};
    const auto drop_copies = [this] {
        for (const auto& [name, lock] : row_locks_) store_->script("DROP TABLE IF EXISTS temp." + in_quotes(name, '"'));
    };
    for (const auto& [name, lock] : row_locks_)
        store_->script("CREATE TEMP TABLE " + in_quotes(name, '"') + " AS SELECT * FROM main." + in_quotes(name, '"'));
    try {
        replay();
        outcome.table = store_->run(text, numbered);
        outcome.count = store_->changes();
    } catch (...) {
        drop_copies();
        throw;
    }
    drop_copies();
    if (!reads) pending_.emplace_back(text, taken);
    return outcome;
}

void Oracle::refresh(const std::string& text) {
    if (text.contains("SESSION_ROLES") || text.contains("SESSION_PRIVS")) {
        change("DELETE FROM live_role");
        for (const auto& role : enabled()) change("INSERT INTO live_role VALUES (?1)", {role});
    }
    if (!text.contains("V_$SESSION")) return;
    change("DELETE FROM live_session");
    for (const auto& [id, told] : server_.sessions()) {
        const auto get = [&told](const char* key) {
            return told.contains(key) && !told.at(key).empty() ? Value(told.at(key)) : Value();
        };
        change("INSERT INTO live_session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
               {std::int64_t{id}, get("username"), get("module"), get("client_info"), get("identifier"),
                get("application"), get("pid"), get("host"), get("since"),
                std::string(is_null(get("doing")) ? "INACTIVE" : "ACTIVE"), get("database"), get("doing")});
    }
}

// CREATE PLUGGABLE DATABASE x ADMIN USER a IDENTIFIED BY p, … x FROM y; ALTER … OPEN; DROP … INCLUDING DATAFILES
void Oracle::pluggable(const Tokens& read, std::size_t from, std::size_t to) {
    if (!has("CREATE PLUGGABLE DATABASE")) throw ora(1031, "insufficient privileges");
    if (database_ != "CDB$ROOT") throw ora(65040, "operation not allowed from within a pluggable database");
    const std::string name = upper(read[from + 3].text), path = server_.database_path(name);
    const bool there = server_.has(name);
    const auto remove = [&path] {
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
    };
    if (!read[from].is("CREATE") && !there) throw ora(65011, "Pluggable database " + name + " does not exist.");
    if (read[from].is("ALTER")) return;
    if (read[from].is("DROP")) {
        for (const auto& session : server_.sessions())
            if (session.facts.contains("database") && session.facts.at("database") == name)
                throw ora(65025, "Pluggable database " + name + " is not closed on all instances.");
        return remove();
    }
    if (there) throw ora(65012, "Pluggable database " + name + " already exists.");
    for (std::size_t i = from + 4; i + 1 < to; ++i) {
        if (read[i].is("FROM")) Store(server_.database_path(upper(read[i + 1].text))).run("VACUUM INTO ?1", {path});
    }
    Attributes as("Dialect=oracle;Server=" + server_.folder() + ";Database=CDB$ROOT;Uid=SYS;Pwd=x");
    Oracle made(as);
    made.user_ = "SYS";
    made.open(name);
    for (std::size_t i = from + 4; i + 5 < to; ++i) {
        if (!read[i].is("ADMIN")) continue;
        made.change("INSERT OR IGNORE INTO model_user (name, password) VALUES (?1, ?2)",
                    {dictionary_name(read[i + 2]), read[i + 5].text});
        made.change("INSERT OR IGNORE INTO model_sys_priv VALUES (?1, 'CREATE SESSION', 'NO')",
                    {dictionary_name(read[i + 2])});
    }
    made.change("INSERT OR REPLACE INTO model_database VALUES ('uid', ?1)",
                {std::to_string(std::strtoul(random_hex(7).c_str(), nullptr, 16))});
}

// ALTER SYSTEM KILL SESSION 'sid,serial#' [IMMEDIATE]
void Oracle::kill(const Tokens& read, std::size_t from, std::size_t to) {
    if (to < from + 5 || !read[from + 2].is("KILL")) not_spoken("ALTER SYSTEM " + read[from + 2].text);
    if (!has("ALTER SYSTEM")) throw ora(1031, "insufficient privileges");
    if (!server_.kill(std::stoi(read[from + 4].text))) throw ora(30, "User session ID does not exist.");
}

// A territory and a language bring others along; the model knows that they do, and one set of them for all that are not
// American.
void Oracle::set_nls(const std::string& name, const std::string& value) {
    nls_[name] = value;
    const bool american = value.starts_with("AMERICA");
    if (name == "NLS_LANGUAGE") {
        nls_["NLS_DATE_LANGUAGE"] = value;
        nls_["NLS_SORT"] = american ? "BINARY" : value;
    } else if (name == "NLS_TERRITORY") {
        nls_["NLS_DATE_FORMAT"] = american ? "DD-MON-RR" : "DD.MM.RR";
        nls_["NLS_TIMESTAMP_FORMAT"] = american ? "DD-MON-RR HH.MI.SSXFF AM" : "DD.MM.RR HH24:MI:SSXFF";
        nls_["NLS_NUMERIC_CHARACTERS"] = american ? ".," : ",.";
    }
}

void Oracle::alter_session(const Tokens& read, std::size_t from, std::size_t to) {
    if (to < from + 5 || !read[from + 2].is("SET") || !read[from + 4].is("="))
        throw ora(922, "missing or invalid option");
    for (std::size_t i = from + 3; i + 2 < to; i += 3) {
        const std::string name = read[i].upper;
        if (name == "CURRENT_SCHEMA") {
            const std::string schema = dictionary_name(read[i + 2]);
            if (!is_user(schema)) throw ora(1435, "user does not exist");
            schema_ = schema;
        } else if (name == "CONTAINER") {
            not_spoken("ALTER SESSION SET CONTAINER");
        } else if (nls_.contains(name)) {
            set_nls(name, read[i + 2].text);
        } else if (name != "DDL_LOCK_TIMEOUT" && name != "TIME_ZONE" && name != "PLSQL_WARNINGS") {
            throw ora(2248, "invalid option for ALTER SESSION");
        }
    }
}

void Oracle::set_role(const Tokens& read, std::size_t from, std::size_t to) {
    std::set<std::string> granted, wanted;
    for (const auto& row :
         rows("SELECT granted_role FROM model_role_priv WHERE grantee IN (?1, 'PUBLIC')", {user_}).rows)
        granted.insert(text_of(row[0]));
    if (any_of(read[from], {"NONE"})) {
        set_roles_ = std::set<std::string>();
        return;
    }
    const bool all = any_of(read[from], {"ALL"});
    if (all) wanted = granted;
    for (std::size_t i = all ? from + 2 : from; i < to; i += 2) {
        const std::string role = dictionary_name(read[i]);
        if (!granted.contains(role)) throw ora(1924, "role '" + role + "' not granted or does not exist");
        if (all) {
            wanted.erase(role);
        } else {
            wanted.insert(role);
        }
    }
    set_roles_ = nested(wanted);
}

Problem Oracle::translated(const StoreError& error) const {
    const std::string& text = error.text;
    const auto behind = [&text](std::string_view sign) { return text.substr(text.find(sign) + sign.size()); };
    if (text.starts_with("no such table: ")) return ora(942, "table or view does not exist");
    if (text.starts_with("no such column: ")) return ora(904, "\"" + behind(": ") + "\": invalid identifier");
    if (text.starts_with("near ") || text.starts_with("incomplete input"))
        return ora(933, "SQL command not properly ended (" + text + ")");
    if (text.starts_with("UNIQUE ")) return ora(1, "unique constraint violated (" + behind(": ") + ")");
    if (text.starts_with("NOT NULL ")) return ora(1400, "cannot insert NULL into (" + behind(": ") + ")");
    if (text.starts_with("CHECK ")) return ora(2290, "check constraint violated (" + behind(": ") + ")");
    if (text.starts_with("FOREIGN KEY")) return ora(2291, "integrity constraint violated - parent key not found");
    if (text.contains("no such function") || text.contains("wrong number of arguments"))
        return ora(50000, "model: not spoken: " + text);
    if (error.code == SQLITE_BUSY_SNAPSHOT) return ora(60, "deadlock detected while waiting for resource");
    return ora(50000, "model: SQLite says: " + text);
}

}  // namespace model
