#include "sqlserver_define.hpp"

#include "text.hpp"

namespace model {

void SqlServer::define(const Clause& clause) {
    const std::string verb = clause.tokens[clause.from].upper, kind = clause.tokens[clause.from + 1].upper;
    if (kind == "OR") not_spoken(verb + " OR " + clause.tokens[clause.from + 2].text);
    if (PrincipalDefinition(*this, clause, clause.from + 2).run(verb, kind)) return;
    if (!ObjectDefinition(*this, clause, clause.from + 2).run(verb, kind)) not_spoken(verb + " " + kind);
}

bool PrincipalDefinition::run(const std::string& verb, const std::string& kind) {
    if (kind == "LOGIN") {
        login(verb);
    } else if (kind != "ROLE" && kind != "USER") {
        return false;
    } else if (verb == "DROP") {
        drop_principal(kind == "ROLE");
    } else if (verb == "CREATE") {
        kind == "ROLE" ? create_role() : create_user();
    } else {
        kind == "ROLE" ? alter_role() : alter_user();
    }
    return true;
}

std::int64_t PrincipalDefinition::add_principal(const std::string& name, const std::string& type, const Value& schema,
                                                const Value& owner, int authentication, const Value& login) {
    if (session_.principal(name) >= 0)
        throw error(15023, "User, group, or role '" + name + "' already exists in the current database.");
    session_.change(
        "INSERT INTO model_principal (name, type, default_schema_name, owning_principal_id, authentication_type, "
        "login, principal_id) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, CASE principal_id WHEN 16383 THEN 16400 ELSE principal_id + 1 END FROM "
        "model_principal "
        "WHERE principal_id NOT BETWEEN 16384 AND 16399 ORDER BY principal_id DESC LIMIT 1",
        {name, type, schema, owner, std::int64_t{authentication}, login});
    return session_.principal(name);
}

void PrincipalDefinition::create_role() {
    const std::string role = name();
    const std::string owner = take("AUTHORIZATION") ? name() : std::string();
    end();
    if (!session_.may("CREATE ROLE")) denied();
    std::int64_t owner_id = session_.user();
    if (!owner.empty()) owner_id = session_.seen_principal(owner);
    if (owner_id < 0) cannot("find", "principal", owner);
    session_.writing([&] { add_principal(role, "R", {}, owner_id, 0, {}); });
}

bool PrincipalDefinition::manages(std::int64_t role) const {
    if (is_fixed(role)) return session_.is_owner();
    const Value owner = session_.one("SELECT owning_principal_id FROM model_principal WHERE principal_id = ?1", {role});
    const bool owns =
        !is_null(owner) && (number_of(owner) == session_.user() || session_.is_in(session_.user(), number_of(owner)));
    return owns || session_.may("ALTER ANY ROLE");
}

void PrincipalDefinition::alter_role() {
    const std::string role = name();
    const auto id = session_.seen_principal(role);
    const bool adds = take("ADD");
    if (!adds && !take("DROP")) {
        need("WITH");
        need("NAME");
        need("=");
        const std::string changed = name();
        if (id < 0 || !session_.is_role(id) || !manages(id)) cannot("alter", "role", role);
        if (session_.principal(changed) >= 0)
            throw error(15023, "User, group, or role '" + changed + "' already exists in the current database.");
        return session_.writing([&] {
            session_.change("UPDATE model_principal SET name = ?2 WHERE principal_id = ?1", {id, changed});
        });
    }
    need("MEMBER");
    const std::string member = name();
    end();
    session_.writing([&] { change_member(role, id, member, adds); });
}

void PrincipalDefinition::change_member(const std::string& role, std::int64_t id, const std::string& member,
                                        bool adds) {
    if (id == 0) throw error(15081, "Membership of the public role cannot be changed.");
    if (id < 0 || !session_.is_role(id) || !manages(id)) cannot("alter", "role", role);
    const auto who = session_.seen_principal(member);
    if (who < 0) cannot(adds ? "add" : "drop", "principal", member);
    if (is_special(who) || is_fixed(who)) throw error(15405, "Cannot use the special principal '" + member + "'.");
    if (!adds)
        return session_.change("DELETE FROM model_member WHERE role_principal_id = ?1 AND member_principal_id = ?2",
                               {id, who});
    if (who == id || session_.is_in(id, who)) throw error(15413, "Cannot make a role a member of itself.");
    session_.change("INSERT OR IGNORE INTO model_member VALUES (?1, ?2)", {id, who});
}

void PrincipalDefinition::drop_principal(bool role) {
    const bool guarded = take("IF");
    if (guarded) need("EXISTS");
    const std::string principal = name();
    end();
    const auto id = session_.seen_principal(principal);
    const bool there = id >= 0 && session_.is_role(id) == role;
    if (!there && guarded) return;
    if (!there) cannot("drop", role ? "role" : "user", principal);
    if (is_special(id) || is_fixed(id))
        throw error(15150, "Cannot drop the " + std::string(role ? "role" : "user") + " '" + principal + "'.");
    if (role ? !manages(id) : !session_.may("ALTER ANY USER")) cannot("drop", role ? "role" : "user", principal);
    session_.writing([&] { drop_unused(id, role); });
}

void PrincipalDefinition::drop_unused(std::int64_t id, bool role) {
    const auto any = [&](const char* sql) { return !is_null(session_.one(sql, {id})); };
    if (role && any("SELECT 1 FROM model_member WHERE role_principal_id = ?1"))
        throw error(15144, "The role has members. It must be empty before it can be dropped.");
    if (any("SELECT 1 FROM model_schema WHERE principal_id = ?1"))
        throw error(15138, "The database principal owns a schema in the database, and cannot be dropped.");
    if (any("SELECT 1 FROM model_principal WHERE owning_principal_id = ?1"))
        throw error(15421, "The database principal owns a database role and cannot be dropped.");
    session_.change("DELETE FROM model_member WHERE member_principal_id = ?1", {id});
    session_.change("DELETE FROM model_permission WHERE grantee_principal_id = ?1", {id});
    session_.change("DELETE FROM model_property WHERE class = 4 AND major_id = ?1", {id});
    session_.change("DELETE FROM model_principal WHERE principal_id = ?1", {id});
}

void PrincipalDefinition::create_user() {
    const std::string user = name();
    if (!session_.may("ALTER ANY USER")) denied();
    Value login = user;
    int authentication = 1;
    if (take("WITHOUT")) {
        need("LOGIN");
        login = {};
        authentication = 0;
    } else if (take("FOR") || take("FROM")) {
        need("LOGIN");
        login = name();
    } else if (now().is("WITH") && !is_null(option("PASSWORD"))) {
        not_spoken("users with a password in a database");
    }
    if (authentication == 1 && is_null(logins().one("SELECT 1 FROM model_login WHERE name = ?1", {login})))
        throw error(15007, "'" + text_of(login) + "' is not a valid login or you do not have permission.");
    const Value schema = option("DEFAULT_SCHEMA");
    session_.writing([&] {
        add_principal(user, "S", is_null(schema) ? Value(std::string("dbo")) : schema, {}, authentication, login);
    });
}

void PrincipalDefinition::alter_user() {
    const std::string user = name();
    const auto id = session_.seen_principal(user);
    if (id < 0 || session_.is_role(id) || !session_.may("ALTER ANY USER")) cannot("alter", "user", user);
    const Value schema = option("DEFAULT_SCHEMA");
    if (is_null(schema)) not_spoken("ALTER USER but for DEFAULT_SCHEMA");
    session_.writing([&] {
        session_.change("UPDATE model_principal SET default_schema_name = ?2 WHERE principal_id = ?1",
                        {id, same(text_of(schema), "NULL") ? Value(std::string("dbo")) : schema});
    });
}

void PrincipalDefinition::login(const std::string& verb) {
    const std::string who = name();
    if (!session_.may_server("ALTER ANY LOGIN")) denied();
    Store& server = logins();
    const bool there = !is_null(server.one("SELECT 1 FROM model_login WHERE name = ?1", {who}));
    if (verb == "CREATE" && there) throw error(15025, "The server principal '" + who + "' already exists.");
    if (verb != "CREATE" && !there) cannot(verb == "DROP" ? "drop" : "alter", "login", who);
    if (verb == "DROP") {
        server.run("DELETE FROM model_server_member WHERE login = ?1", {who});
        server.run("DELETE FROM model_login WHERE name = ?1", {who});
        return;
    }
    if (verb == "CREATE") server.run("INSERT INTO model_login (name) VALUES (?1)", {who});
    for (const auto& [word, column] :
         {std::pair("PASSWORD", "password"), std::pair("DEFAULT_DATABASE", "default_database")})
        if (const Value given = option(word); !is_null(given))
            server.run(std::string("UPDATE model_login SET ") + column + " = ?2 WHERE name = ?1", {who, given});
    if (now().is("DISABLE") || now().is("ENABLE"))
        server.run("UPDATE model_login SET is_disabled = ?2 WHERE name = ?1", {who, std::int64_t{now().is("DISABLE")}});
}

}  // namespace model
