#include "sqlserver_define.hpp"
#include "text.hpp"

namespace model {

bool ObjectDefinition::run(const std::string& verb, const std::string& kind) {
    const bool creates = verb == "CREATE", drops = verb == "DROP";
    if (kind == "SCHEMA" && creates) return create_schema(), true;
    if (kind == "SCHEMA" && drops) return drop_schema(), true;
    if (kind == "AUTHORIZATION" && verb == "ALTER") return authorize(), true;
    if (kind == "TABLE") return table(verb), true;
    if (kind == "INDEX" || kind == "UNIQUE" || kind == "NONCLUSTERED" || kind == "CLUSTERED") return index(verb), true;
    const bool procedure = kind == "PROCEDURE" || kind == "PROC";
    if (!procedure && kind != "VIEW") return false;
    if (creates) return module(procedure ? "P" : "V"), true;
    if (drops) return drop_object(procedure ? "P" : "V"), true;
    return false;
}

void ObjectDefinition::create_schema() {
    std::string schema = now().is("AUTHORIZATION") ? std::string() : name();
    const std::string owner = take("AUTHORIZATION") ? name() : std::string();
    if (schema.empty()) schema = owner;
    end();
    if (!session_.may("CREATE SCHEMA"))
        throw error(2760, "The specified schema name \"" + schema +
                              "\" either does not exist or you do not have permission to use it.");
    const auto id = owner.empty() ? session_.user() : session_.seen_principal(owner);
    if (id < 0) cannot("find", "user", owner);
    if (session_.schema(schema) >= 0)
        throw error(2714, "There is already an object named '" + schema + "' in the database.");
    session_.writing([&] {
        session_.change(
            "INSERT INTO model_schema (name, principal_id, schema_id) VALUES (?1, ?2, (SELECT MAX(schema_id) + 1 "
            "FROM model_schema))",
            {schema, id});
    });
}

void ObjectDefinition::drop_schema() {
    const bool guarded = if_exists();
    const std::string schema = name();
    const auto id = session_.schema(schema);
    if (id < 0 && guarded) return;
    if (id < 5 || !session_.may("ALTER ANY SCHEMA", 0, id)) cannot("drop", "schema", schema);
    const Value object = session_.one("SELECT name FROM model_object WHERE schema_id = ?1", {id});
    if (!is_null(object))
        throw error(3729, "Cannot drop schema '" + schema + "' because it is being referenced by object '" +
                              text_of(object) + "'.");
    session_.writing([&] {
        session_.change("DELETE FROM model_permission WHERE class = 3 AND major_id = ?1", {id});
        session_.change("DELETE FROM model_schema WHERE schema_id = ?1", {id});
    });
}

// ALTER AUTHORIZATION ON SCHEMA::s TO p, and of roles.
void ObjectDefinition::authorize() {
    need("ON");
    const bool role = take("ROLE");
    if (!role) need("SCHEMA");
    need("::");
    const std::string what = name();
    need("TO");
    const std::string owner = name();
    const auto id = session_.seen_principal(owner);
    const auto found = role ? session_.seen_principal(what) : session_.schema(what);
    if (id < 0) cannot("find", "principal", owner);
    if (found < 0 || !session_.is_owner()) cannot("find", role ? "role" : "schema", what);
    session_.writing([&] {
        session_.change(role ? "UPDATE model_principal SET owning_principal_id = ?2 WHERE principal_id = ?1"
                             : "UPDATE model_schema SET principal_id = ?2 WHERE schema_id = ?1",
                        {found, id});
    });
}

// schema.name of an object that is made or dropped.
std::pair<std::string, std::string> ObjectDefinition::object_name() {
    std::string schema = session_.default_schema(), object = name();
    while (take(".")) {
        schema = object;
        object = name();
    }
    return {schema, object};
}

void ObjectDefinition::may_create(const std::string& permission, const std::string& schema) {
    const auto id = session_.schema(schema);
    if (!session_.may(permission))
        throw error(262, permission + " permission denied in database '" + database() + "'.");
    if (id < 0 || !session_.may("ALTER", 0, id))
        throw error(2760, "The specified schema name \"" + schema +
                              "\" either does not exist or you do not have permission to use it.");
}

void ObjectDefinition::add_object(const std::string& schema, const std::string& object, const std::string& type,
                                  const Value& text) {
    if (session_.object(schema, object).id >= 0)
        throw error(2714, "There is already an object named '" + object + "' in the database.");
    session_.change(
        "INSERT INTO model_object (name, schema_id, type, definition, object_id) VALUES (?1, ?2, ?3, ?4, (SELECT "
        "MAX(object_id) + 16 FROM model_object))",
        {object, session_.schema(schema), type, text});
}

// The rest of the statement as SQLite takes it.
std::string ObjectDefinition::rest(std::size_t from) { return rewriter_.rewrite(clause_.tokens, from, clause_.to); }

void ObjectDefinition::table(const std::string& verb) {
    if (verb == "DROP") return drop_object("U");
    const std::size_t begun = at_;
    const auto [schema, object] = object_name();
    if (verb == "CREATE" && object.starts_with('#')) {
        const std::string text = rest(clause_.from);
        session_.run("CREATE TEMP " + text.substr(text.find("TABLE")), {});
        return;
    }
    if (verb != "CREATE") return alter_table(verb, begun);
    may_create("CREATE TABLE", schema);
    session_.writing([&] {
        add_object(schema, object, "U", {});
        std::string text = rest(clause_.from);  // finds the table that was just added
        session_.run(text, {});
    });
}

void ObjectDefinition::alter_table(const std::string& verb, std::size_t begun) {
    at_ = begun;
    const auto [schema, object] = object_name();
    const auto found = session_.object(schema, object);
    if (found.id < 0 || found.type != "U" || !session_.may("ALTER", found.id, found.schema))
        throw error(
            verb == "TRUNCATE" ? 4701 : 4902,
            "Cannot find the object \"" + object + "\" because it does not exist or you do not have permissions.");
    session_.writing([&] {
        if (verb == "TRUNCATE") return session_.change("DELETE FROM " + in_quotes(found.name, '"'));
        session_.run(rest(clause_.from), {});
    });
}

void ObjectDefinition::index(const std::string& verb) {
    if (verb != "CREATE") not_spoken("DROP INDEX");
    while (!now().is("INDEX")) ++at_;
    ++at_;
    const std::string index = name();
    need("ON");
    const auto [schema, object] = object_name();
    const auto found = session_.object(schema, object);
    if (found.id < 0 || !session_.may("ALTER", found.id, found.schema))
        throw error(1088, "Cannot find the object \"" + object +
                              "\" because it does not exist or you do not have permissions.");
    const bool unique = clause_.tokens[clause_.from + 1].is("UNIQUE");
    session_.writing([&] {
        session_.run(std::string("CREATE ") + (unique ? "UNIQUE " : "") + "INDEX " +
                         in_quotes(found.name + "." + index, '"') + " ON " + in_quotes(found.name, '"') + " " +
                         rewriter_.rewrite(clause_.tokens, at_, clause_.to),
                     {});
    });
}

void ObjectDefinition::module(const std::string& type) {
    const auto [schema, object] = object_name();
    may_create(type == "V" ? "CREATE VIEW" : "CREATE PROCEDURE", schema);
    const std::string text(clause_.source.substr(clause_.tokens[clause_.from].from));
    session_.writing([&] {
        add_object(schema, object, type, text);
        if (type != "V") return;
        while (!take("AS")) ++at_;
        const std::string query = rewriter_.rewrite(clause_.tokens, at_, clause_.to);
        session_.run("CREATE VIEW " + in_quotes(session_.object(schema, object).name, '"') + " AS " + query, {});
    });
}

void ObjectDefinition::drop_object(const std::string& type) {
    const bool guarded = if_exists();
    do {
        const auto [schema, object] = object_name();
        if (object.starts_with('#')) {
            session_.change("DROP TABLE temp." + in_quotes(object, '"'));
            continue;
        }
        const auto found = session_.object(schema, object);
        const bool there = found.id >= 0 && found.type == type;
        if (!there && guarded) continue;
        if (!there || !session_.may("ALTER", found.id, found.schema))
            throw error(3701, "Cannot drop the " +
                                  std::string(type == "U"   ? "table"
                                              : type == "V" ? "view"
                                                            : "procedure") +
                                  " '" + object + "', because it does not exist or you do not have permission.");
        session_.writing([&] {
            if (type != "P")
                session_.change(std::string(type == "V" ? "DROP VIEW " : "DROP TABLE ") + in_quotes(found.name, '"'));
            session_.change("DELETE FROM model_permission WHERE class = 1 AND major_id = ?1", {found.id});
            session_.change("DELETE FROM model_object WHERE object_id = ?1", {found.id});
        });
    } while (take(","));
}

}  // namespace model
