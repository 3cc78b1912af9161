// Databases, the sessions in them, and the live_* tables that show them.
#include <filesystem>

#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

std::string word_behind(const Clause& clause, std::string_view behind) {
    for (std::size_t i = clause.from; i + 1 < clause.to; ++i)
        if (clause.tokens[i].is(behind)) return clause.tokens[clause.tokens[i + 1].is("=") ? i + 2 : i + 1].text;
    return {};
}

// A whole database, as others committed it, into a file.
void copy(const std::string& from, const std::string& to) {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(to + end, ignored);
    Store source(from);
    const std::string collation = text_of(source.one("SELECT value FROM model_database WHERE name = 'collation'"));
    source.set_case_sensitive(collation.contains("_CS_") ||
                              collation.contains("_BIN"));  // its indexes are in that order
    source.run("VACUUM INTO ?1", {to});
}

}  // namespace

void SqlServer::databases(const Clause& clause) {
    const std::string verb = clause.tokens[clause.from].upper;
    if (transactions_ > 0)
        throw error(226, verb + " DATABASE statement not allowed within multi-statement transaction.");
    if (!sysadmin_.back()) throw error(262, verb + " DATABASE permission denied in database 'master'.");
    std::size_t at = clause.from + 2;
    const bool guarded = clause.tokens[at].is("IF");
    if (guarded) at += 2;
    const std::string name = clause.tokens[at].text, path = server_.database_path(name);
    const bool there = server_.has(name);
    if (verb != "CREATE" && verb != "RESTORE" && !there) {
        if (guarded) return;
        throw error(
            3701, "Cannot drop the database '" + name + "', because it does not exist or you do not have permission.");
    }
    if (verb == "BACKUP") return copy(path, word_behind(clause, "DISK"));
    if (verb == "ALTER") return;  // SET SINGLE_USER and the like change nothing here
    if (verb == "DROP") {
        for (const auto& session : server_.sessions())
            if (session.facts.contains("database") && session.facts.at("database") == name)
                throw error(3702, "Cannot drop database \"" + name + "\" because it is currently in use.");
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
        return;
    }
    if (verb == "CREATE" && there)
        throw error(1801, "Database '" + name + "' already exists. Choose a different database name.");
    if (verb == "RESTORE") copy(word_behind(clause, "DISK"), path);
    const std::string here = database_;
    open(name);
    for (const auto& [key, value] : {std::pair<std::string, std::string>("collation", word_behind(clause, "COLLATE")),
                                     {"guid", random_hex(8) + "-" + random_hex(12)},
                                     {"created", text_of(one("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"))}})
        if (!value.empty()) change("INSERT OR REPLACE INTO model_database VALUES (?1, ?2)", {key, value});
    open(here);
}

void SqlServer::kill_session(std::int64_t session) {
    if (!may_server("ALTER ANY CONNECTION"))
        throw error(6102, "User does not have permission to use the KILL statement.");
    if (!server_.kill(static_cast<int>(session)))
        throw error(6106, "Process ID " + std::to_string(session) + " is not an active process ID.");
}

void SqlServer::refresh(std::string_view text) {
    const std::string names = upper(text);
    if (names.contains("SYS.DM_")) fill_sessions();
    if (names.contains("SYS.SERVER_") || names.contains("SYS.SQL_LOGINS")) fill_logins();
    if (names.contains("SYS.DATABASES") || names.contains("SYS.DATABASE_RECOVERY")) fill_databases();
}

void SqlServer::fill_sessions() {
    change("DELETE FROM live_session");
    change("DELETE FROM live_lock");
    for (const auto& [id, told] : server_.sessions()) {
        const auto get = [&told](const char* key) { return told.contains(key) ? told.at(key) : std::string(); };
        change("INSERT INTO live_session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
               {std::int64_t{id}, get("login"), get("database"), get("application"), get("host"), number_of(get("pid")),
                get("since"), std::string(get("doing").empty() ? "sleeping" : "running"), get("doing"),
                number_of(get("transactions")), get("options")});
    }
    const bool all = may_server("VIEW SERVER STATE");
    for (const auto& [name, holder] : server_.locks()) {
        if (!holder.contains("resource")) continue;
        const auto session = number_of(holder.at("session"));
        if (!all && session != slot_.id()) continue;
        change("INSERT INTO live_lock VALUES (?1, ?2, 'APPLICATION', ?3, ?4, ?5)",
               {session, holder.at("database"), "0:[" + holder.at("resource").substr(0, 32) + "]:(5d8ca6ad)",
                std::string(holder.at("mode") == "Exclusive" ? "X" : "S"),
                std::string(holder.at("owner") == "Session" ? "SHARED_TRANSACTION_WORKSPACE" : "TRANSACTION")});
    }
}

void SqlServer::fill_logins() {
    change("DELETE FROM live_login");
    change("DELETE FROM live_server_member");
    const bool all = may_server("VIEW ANY DEFINITION");
    const Table logins =
        logins_->run("SELECT principal_id + 256, name, is_disabled, default_database FROM model_login");
    change("INSERT INTO live_login VALUES (3, 'sysadmin', 'R', '0x03', 0, NULL, 1)");
    for (const auto& row : logins.rows) {
        if (!all && row[1] != Value(login_names_.back()) && row[1] != Value(std::string("sa"))) continue;
        change("INSERT INTO live_login VALUES (?1, ?2, 'S', '0x' || ?1, ?3, ?4, 0)", {row[0], row[1], row[2], row[3]});
    }
    const Table members = logins_->run(
        "SELECT l.principal_id + 256 FROM model_server_member m JOIN model_login l ON l.name = m.login WHERE m.role = "
        "'sysadmin'");
    for (const auto& row : members.rows) change("INSERT INTO live_server_member VALUES (3, ?1)", {row[0]});
}

void SqlServer::fill_databases() {
    change("DELETE FROM live_database");
    for (const auto& name : server_.databases()) {
        const auto fact = [&](const char* key) {
            const std::string query = std::string("SELECT value FROM model_database WHERE name = '") + key + "'";
            return name == database_ ? one(query) : Store(server_.database_path(name)).one(query);
        };
        change("INSERT INTO live_database VALUES (DB_ID(?1), ?1, ?2, ?3, ?4)",
               {name, fact("collation"), fact("guid"), fact("created")});
    }
}

}  // namespace model
