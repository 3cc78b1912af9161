#include "oracle_define.hpp"

#include "text.hpp"

namespace model {

void OracleDefinition::need(std::string_view word) {
    if (!take(word)) throw Oracle::ora(922, "missing or invalid option");
}

void OracleDefinition::end() const {
    if (at_ < to_) throw Oracle::ora(933, "SQL command not properly ended");
}

std::string OracleDefinition::name() {
    if (!now().is_name()) throw Oracle::ora(903, "invalid name near '" + now().text + "'");
    const std::string found = dictionary_name(tokens_[at_++]);
    if (found.size() > 128) throw Oracle::ora(972, "identifier is too long");
    return found;
}

std::vector<std::string> OracleDefinition::names() {
    std::vector<std::string> all;
    do all.push_back(name());
    while (take(","));
    return all;
}

void OracleDefinition::may(const std::string& right) const {
    if (!session_.has(right)) throw Oracle::ora(1031, "insufficient privileges");
}

void OracleDefinition::run() {
    const std::string verb = tokens_[at_++].upper;
    if (verb == "GRANT" || verb == "REVOKE") return rights(verb == "GRANT");
    if (verb == "COMMENT") return;
    if (take("OR")) {
        need("REPLACE");
        if (!any_of(now(), {"VIEW", "PROCEDURE"})) Oracle::not_spoken("CREATE OR REPLACE " + now().text);
    }
    const std::string kind = tokens_[at_++].upper;
    if (verb == "CREATE" && kind == "ROLE") return create_role();
    if (verb == "ALTER" && kind == "ROLE") return alter_role();
    if (verb == "DROP" && kind == "ROLE") return drop_role();
    if (verb == "CREATE" && kind == "USER") return create_user();
    if (verb == "ALTER" && kind == "USER") return alter_user();
    if (verb == "DROP" && kind == "USER") return drop_user();
    if (kind == "TABLE") return table(verb);
    if (verb == "CREATE" && kind == "UNIQUE") need("INDEX");
    if (verb == "CREATE" && (kind == "INDEX" || kind == "UNIQUE")) return index();
    if (verb == "CREATE" && (kind == "VIEW" || kind == "PROCEDURE")) return module(kind);
    if (verb == "DROP" && (kind == "VIEW" || kind == "PROCEDURE")) return drop_object(kind);
    Oracle::not_spoken(verb + " " + kind);
}

void OracleDefinition::check_new(const std::string& name, int conflict, const std::string& kind) const {
    const bool common = name.starts_with("C##"), root = session_.database_ == "CDB$ROOT";
    if (root && !common) throw Oracle::ora(65096, "invalid common user or role name");
    if (!root && common) throw Oracle::ora(65094, "invalid local user or role name");
    if (session_.is_role(name) || session_.is_user(name) || name == "PUBLIC")
        throw Oracle::ora(conflict, kind + " name '" + name + "' conflicts with another user or role name");
}

// The creator has the role WITH ADMIN OPTION.
void OracleDefinition::create_role() {
    const std::string role = name();
    const std::string identified = at_ < to_ ? authentication() : "NONE";
    end();
    may("CREATE ROLE");
    check_new(role, 1921, "role");
    session_.change(
        "INSERT INTO model_role (name, role_id, authentication)"
        " VALUES (?1, (SELECT COUNT(*) + 100 FROM model_role), ?2)",
        {role, identified});
    session_.change("INSERT INTO model_role_priv (grantee, granted_role, admin_option) VALUES (?1, ?2, 'YES')",
                    {session_.user(), role});
}

// NOT IDENTIFIED, IDENTIFIED BY p | EXTERNALLY | GLOBALLY. The password itself is not kept.
std::string OracleDefinition::authentication() {
    const bool none = take("NOT");
    need("IDENTIFIED");
    if (none) return "NONE";
    if (take("EXTERNALLY")) return "EXTERNAL";
    if (take("GLOBALLY")) return "GLOBAL";
    need("BY");
    ++at_;
    return "PASSWORD";
}

void OracleDefinition::alter_role() {
    const std::string role = name(), identified = authentication();
    end();
    if (!session_.is_role(role)) throw Oracle::ora(1919, "role '" + role + "' does not exist");
    if (!administers(role)) may("ALTER ANY ROLE");
    session_.change("UPDATE model_role SET authentication = ?2 WHERE name = ?1", {role, identified});
}

bool OracleDefinition::administers(const std::string& role) const {
    return !is_null(
        session_.one("SELECT 1 FROM model_role_priv WHERE grantee = ?1 AND granted_role = ?2 AND admin_option = 'YES'",
                     {session_.user(), role}));
}

void OracleDefinition::drop_role() {
    const std::string role = name();
    end();
    if (!session_.is_role(role)) throw Oracle::ora(1919, "role '" + role + "' does not exist");
    if (!administers(role)) may("DROP ANY ROLE");
    session_.change("DELETE FROM model_role_priv WHERE granted_role = ?1 OR grantee = ?1", {role});
    session_.change("DELETE FROM model_default_role WHERE role = ?1", {role});
    session_.change("DELETE FROM model_sys_priv WHERE grantee = ?1", {role});
    session_.change("DELETE FROM model_tab_priv WHERE grantee = ?1", {role});
    session_.change("DELETE FROM model_role WHERE name = ?1", {role});
}

void OracleDefinition::create_user() {
    const std::string user = name();
    may("CREATE USER");
    check_new(user, 1920, "user");
    session_.change("INSERT INTO model_user (name, password) VALUES (?1, 'no such password')", {user});
    alter_user();
}

// IDENTIFIED BY p, ACCOUNT LOCK | UNLOCK, DEFAULT ROLE …, and what changes nothing here.
void OracleDefinition::alter_user() {
    at_ = from_ + 2;
    const std::string user = name();
    if (!session_.is_user(user)) throw Oracle::ora(1918, "user '" + user + "' does not exist");
    if (tokens_[from_].is("ALTER") && user != session_.user()) may("ALTER USER");
    while (at_ < to_) {
        if (take("IDENTIFIED")) {
            need("BY");
            session_.change("UPDATE model_user SET password = ?2 WHERE name = ?1", {user, tokens_[at_++].text});
        } else if (take("ACCOUNT")) {
            session_.change("UPDATE model_user SET status = ?2 WHERE name = ?1",
                            {user, std::string(now().is("LOCK") ? "LOCKED" : "OPEN")});
            ++at_;
        } else if (now().is("DEFAULT") && tokens_[at_ + 1].is("ROLE")) {
            at_ += 2;
            default_role(user);
        } else if (take("NO")) {
            need("AUTHENTICATION");
        } else if (take("DEFAULT") || take("TEMPORARY")) {
            need("TABLESPACE");
            name();
        } else if (take("QUOTA")) {
            ++at_;
            if (any_of(now(), {"M", "K", "G"})) ++at_;
            need("ON");
            name();
        } else if (take("PROFILE")) {
            name();
        } else if (take("PASSWORD")) {
            need("EXPIRE");
        } else {
            throw Oracle::ora(922, "missing or invalid option");
        }
    }
}

// ALL [EXCEPT r, …] | NONE | r, …: the whole list is replaced.
void OracleDefinition::default_role(const std::string& user) {
    std::string mode = "LIST";
    std::vector<std::string> listed;
    if (take("NONE")) {
        mode = "NONE";
    } else if (take("ALL")) {
        mode = take("EXCEPT") ? "EXCEPT" : "ALL";
        if (mode == "EXCEPT") listed = names();
    } else {
        listed = names();
    }
    session_.change("DELETE FROM model_default_role WHERE username = ?1", {user});
    session_.change("UPDATE model_user SET default_mode = ?2 WHERE name = ?1", {user, mode});
    for (const auto& role : listed) {
        if (is_null(
                session_.one("SELECT 1 FROM model_role_priv WHERE grantee = ?1 AND granted_role = ?2", {user, role})))
            throw Oracle::ora(1955, "DEFAULT ROLE '" + role + "' not granted to user");
        session_.change("INSERT INTO model_default_role VALUES (?1, ?2)", {user, role});
    }
}

void OracleDefinition::drop_user() {
    const std::string user = name();
    const bool cascade = take("CASCADE");
    end();
    may("DROP USER");
    if (!session_.is_user(user)) throw Oracle::ora(1918, "user '" + user + "' does not exist");
    for (const auto& session : session_.server_.sessions())
        if (session.facts.contains("username") && session.facts.at("username") == user &&
            session.facts.at("database") == session_.database_)
            throw Oracle::ora(1940, "cannot drop a user that is currently connected");
    const Table owned = session_.rows("SELECT name, type FROM model_object WHERE owner = ?1", {user});
    if (!owned.rows.empty() && !cascade) throw Oracle::ora(1922, "CASCADE must be specified to drop '" + user + "'");
    session_.change("PRAGMA defer_foreign_keys = ON");
    for (const auto& row : owned.rows)
        if (text_of(row[1]) != "PROCEDURE")
            session_.change("DROP " + text_of(row[1]) + " " + in_quotes(user + "." + text_of(row[0]), '"'));
    session_.change("DELETE FROM model_object WHERE owner = ?1", {user});
    session_.change("DELETE FROM model_role_priv WHERE grantee = ?1", {user});
    session_.change("DELETE FROM model_default_role WHERE username = ?1", {user});
    session_.change("DELETE FROM model_sys_priv WHERE grantee = ?1", {user});
    session_.change("DELETE FROM model_tab_priv WHERE grantee = ?1 OR owner = ?1", {user});
    session_.change("DELETE FROM model_user WHERE name = ?1", {user});
}

std::pair<std::string, std::string> OracleDefinition::object_name() {
    std::string owner = session_.current_schema(), object = name();
    if (take(".")) {
        owner = object;
        object = name();
    }
    return {owner, object};
}

std::string OracleDefinition::rest() const { return OracleRewriter(session_, tokens_).rewrite(tokens_, from_, to_); }

void OracleDefinition::table(const std::string& verb) {
    if (verb == "DROP") return drop_object("TABLE");
    const auto [owner, object] = object_name();
    const bool own = owner == session_.user();
    if (verb == "CREATE") {
        if (!now().is("(") && !now().is("AS"))
            throw Oracle::ora(922, "missing or invalid option");  // IF NOT EXISTS: 23ai
        may(own ? "CREATE TABLE" : "CREATE ANY TABLE");
        if (!session_.is_user(owner)) throw Oracle::ora(1918, "user '" + owner + "' does not exist");
        if (!is_null(session_.one("SELECT 1 FROM model_object WHERE owner = ?1 AND name = ?2", {owner, object})))
            throw Oracle::ora(955, "name is already used by an existing object");
        session_.change("INSERT INTO model_object (owner, name, type) VALUES (?1, ?2, 'TABLE')", {owner, object});
        const std::string text = rest();
        session_.refresh(text);  // CREATE TABLE … AS SELECT
        return session_.change(text);
    }
    const std::string found = session_.table(owner, object);
    if (found.empty()) throw Oracle::ora(942, "table or view does not exist");
    if (!own) may("ALTER ANY TABLE");
    session_.change(verb == "TRUNCATE" ? "DELETE FROM " + in_quotes(found, '"') : rest());
}

void OracleDefinition::index() {
    const auto [owner, index] = object_name();
    need("ON");
    const auto [table_owner, object] = object_name();
    const std::string found = session_.table(table_owner, object);
    if (found.empty()) throw Oracle::ora(942, "table or view does not exist");
    if (owner != session_.user()) may("CREATE ANY INDEX");
    session_.change(std::string("CREATE ") + (tokens_[from_ + 1].is("UNIQUE") ? "UNIQUE " : "") + "INDEX " +
                    in_quotes(owner + "." + index, '"') + " ON " + in_quotes(found, '"') + " " +
                    OracleRewriter(session_, tokens_).rewrite(tokens_, at_, to_));
}

void OracleDefinition::module(const std::string& type) {
    const auto [owner, object] = object_name();
    may((owner == session_.user() ? "CREATE " : "CREATE ANY ") + type);
    const bool there =
        !is_null(session_.one("SELECT 1 FROM model_object WHERE owner = ?1 AND name = ?2", {owner, object}));
    if (there && !tokens_[from_ + 1].is("OR")) throw Oracle::ora(955, "name is already used by an existing object");
    const std::string store_name = in_quotes(owner + "." + object, '"');
    if (there && type == "VIEW") session_.change("DROP VIEW " + store_name);
    while (!any_of(now(), {"AS", "IS"})) ++at_;
    ++at_;
    session_.change("INSERT OR REPLACE INTO model_object VALUES (?1, ?2, ?3, ?4)",
                    {owner, object, type, std::string(source_.substr(now().from))});
    if (type == "VIEW")
        session_.change("CREATE VIEW " + store_name + " AS " +
                        OracleRewriter(session_, tokens_).rewrite(tokens_, at_, to_));
}

void OracleDefinition::drop_object(const std::string& type) {
    const auto [owner, object] = object_name();
    if (is_null(session_.one("SELECT 1 FROM model_object WHERE owner = ?1 AND name = ?2 AND type = ?3",
                             {owner, object, type})))
        throw type == "TABLE" || type == "VIEW" ? Oracle::ora(942, "table or view does not exist")
                                                : Oracle::ora(4043, "object " + object + " does not exist");
    if (owner != session_.user()) may("DROP ANY " + type);
    if (type != "PROCEDURE") session_.change("DROP " + type + " " + in_quotes(owner + "." + object, '"'));
    session_.change("DELETE FROM model_tab_priv WHERE owner = ?1 AND table_name = ?2", {owner, object});
    session_.change("DELETE FROM model_object WHERE owner = ?1 AND name = ?2", {owner, object});
}

}  // namespace model
