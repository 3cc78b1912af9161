// Who is who in a database, and what they may do.
#include <algorithm>

#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

constexpr std::int64_t db_owner = 16384, securityadmin = 16386, accessadmin = 16385, ddladmin = 16387,
                       datareader = 16390, datawriter = 16391;

// What a right on the database is had through, besides itself and CONTROL.
std::vector<std::string> implied_by(const std::string& permission) {
    if (permission == "CREATE ROLE") return {"ALTER ANY ROLE", "ALTER"};
    if (permission == "CREATE SCHEMA") return {"ALTER ANY SCHEMA", "ALTER"};
    if (permission.starts_with("ALTER ANY ") || permission.starts_with("CREATE ")) return {"ALTER"};
    return {};
}

// The fixed roles that give it.
std::vector<std::int64_t> fixed_roles(const std::string& permission) {
    if (permission == "CREATE ROLE" || permission == "ALTER ANY ROLE" || permission == "VIEW DEFINITION")
        return {securityadmin};
    if (permission == "ALTER ANY USER") return {accessadmin};
    if (permission == "ALTER ANY SCHEMA") return {accessadmin, ddladmin};
    if (permission.starts_with("CREATE ") || permission == "ALTER") return {ddladmin};
    if (permission == "SELECT") return {datareader};
    if (permission == "INSERT" || permission == "UPDATE" || permission == "DELETE") return {datawriter};
    return {};
}

std::string list_of(const std::set<std::int64_t>& ids) {
    std::string text;
    for (const auto id : ids) text += (text.empty() ? "" : ", ") + std::to_string(id);
    return text;
}

}  // namespace

std::int64_t SqlServer::principal(const std::string& name) const {
    const Value found = one("SELECT principal_id FROM model_principal WHERE name = ?1", {name});
    return is_null(found) ? -1 : number_of(found);
}

std::int64_t SqlServer::seen_principal(const std::string& name) const {
    const auto id = principal(name);
    return id >= 0 && sees(id) ? id : -1;
}

std::string SqlServer::principal_name(std::int64_t id) const {
    return text_of(one("SELECT name FROM model_principal WHERE principal_id = ?1", {id}));
}

bool SqlServer::is_role(std::int64_t id) const {
    return text_of(one("SELECT type FROM model_principal WHERE principal_id = ?1", {id})) == "R";
}

std::set<std::int64_t> SqlServer::closure(std::int64_t id) const {
    std::set<std::int64_t> all = {0};
    const Table found = store_->run(
        "WITH up(id) AS (SELECT ?1 UNION SELECT m.role_principal_id FROM up JOIN model_member m ON "
        "m.member_principal_id = up.id) SELECT id FROM up",
        {id});
    for (const auto& row : found.rows) all.insert(number_of(row[0]));
    return all;
}

bool SqlServer::is_in(std::int64_t who, std::int64_t role) const { return who != role && closure(who).contains(role); }

bool SqlServer::is_owner() const { return user() == 1 || is_in(user(), db_owner); }

bool SqlServer::sees(std::int64_t id) const {
    if (id <= 4 || (id >= 16384 && id < 16400)) return true;
    if (id == user() || is_owner() || may("VIEW DEFINITION")) return true;
    if (is_role(id) && may("ALTER ANY ROLE")) return true;
    const auto own = closure(user());
    const std::string rights =
        "SELECT 1 FROM model_permission WHERE class = 4 AND major_id = ?1 AND state IN ('G', 'W')";
    if (!is_null(one(rights + " AND grantee_principal_id IN (" + list_of(own) + ")", {id}))) return true;
    const Value owner = one("SELECT owning_principal_id FROM model_principal WHERE principal_id = ?1", {id});
    return own.contains(id) || (!is_null(owner) && number_of(owner) == user()) || may("CONTROL");
}

// DENY beats GRANT, on any level; an owner is above both.
bool SqlServer::may(const std::string& permission, std::int64_t object_id, std::int64_t schema_id) const {
    if (is_owner()) return true;
    const auto own = closure(user());
    if (schema_id > 0) {
        const Value owner = one("SELECT principal_id FROM model_schema WHERE schema_id = ?1", {schema_id});
        if (!is_null(owner) && own.contains(number_of(owner))) return true;
    }
    std::string names = in_quotes(permission, '\'') + ", 'CONTROL'";
    for (const auto& name : implied_by(permission)) names += ", " + in_quotes(name, '\'');
    const Table found =
        store_->run("SELECT state FROM model_permission WHERE grantee_principal_id IN (" + list_of(own) +
                        ") AND permission_name IN (" + names +
                        ") AND (class = 0 OR (class = 1 AND major_id = ?1) OR (class = 3 AND major_id = ?2))",
                    {object_id, schema_id});
    bool granted = false;
    for (const auto& row : found.rows) {
        if (row[0] == Value(std::string("D"))) return false;
        granted = true;
    }
    return granted ||
           std::ranges::any_of(fixed_roles(permission), [&](std::int64_t role) { return own.contains(role); });
}

bool SqlServer::may_server(const std::string& permission) const {
    if (sysadmin_.back()) return true;
    const std::string given =
        text_of(logins_->one("SELECT permissions FROM model_login WHERE name = ?1", {login_names_.back()}));
    return (";" + given).contains(";" + permission + ";");
}

void SqlServer::execute_as(const std::string& name, bool login) {
    if (login) not_spoken("EXECUTE AS LOGIN");
    const auto id = principal(name);
    if (id < 0 || is_role(id) || (!is_owner() && id != user()))
        throw error(
            15517,
            "Cannot execute as the database principal because the principal \"" + name +
                "\" does not exist, this type of principal cannot be impersonated, or you do not have permission.");
    users_.push_back(id);
    sysadmin_.push_back(false);
    const std::string its = text_of(one("SELECT login FROM model_principal WHERE principal_id = ?1", {id}));
    login_names_.push_back(its.empty() ? "S-1-9-3-" + std::to_string(id) : its);
}

void SqlServer::revert() {
    if (users_.size() < 2) return;
    users_.pop_back();
    sysadmin_.pop_back();
    login_names_.pop_back();
}

std::string SqlServer::default_schema() const {
    const Value own = one("SELECT default_schema_name FROM model_principal WHERE principal_id = ?1", {user()});
    return is_null(own) || sysadmin_.back() ? "dbo" : text_of(own);
}

std::int64_t SqlServer::schema(const std::string& name) const {
    const Value found = one("SELECT schema_id FROM model_schema WHERE name = ?1", {name});
    return is_null(found) ? -1 : number_of(found);
}

SqlServer::Object SqlServer::object(const std::string& schema_name, const std::string& name) const {
    const auto look = [&](const std::string& in) -> Object {
        const Table found = store_->run(
            "SELECT o.object_id, o.schema_id, o.type, s.name || '.' || o.name FROM model_object o JOIN model_schema s "
            "ON s.schema_id = o.schema_id "
            "WHERE s.name = ?1 AND o.name = ?2 AND o.type <> 'S'",
            {in, name});
        if (found.rows.empty()) return {};
        const auto& row = found.rows.front();
        return {number_of(row[0]), number_of(row[1]), text_of(row[2]), text_of(row[3])};
    };
    if (!schema_name.empty()) return look(schema_name);
    const Object own = look(default_schema());
    return own.id >= 0 ? own : look("dbo");
}

// Temporary tables have the negated number of their row.
SqlServer::Object SqlServer::object(std::string_view dotted) const {
    std::vector<std::string> parts;
    for (const Token& token : tokens(dotted))
        if (token.is_name()) parts.push_back(token.text);
    if (parts.empty()) return {};
    if (parts.back().starts_with('#')) {
        const Value row =
            one("SELECT -1000 - rowid FROM sqlite_temp_master WHERE type = 'table' AND name = ?1", {parts.back()});
        return is_null(row) ? Object{} : Object{number_of(row), 1, "U", parts.back()};
    }
    return object(parts.size() > 1 ? parts[parts.size() - 2] : std::string(), parts.back());
}

void SqlServer::check_use(const std::string& table, const std::string& action) const {
    if (action.empty() || table.starts_with("sys.") || table.starts_with("tempdb.") ||
        table.starts_with("INFORMATION_SCHEMA.") || table.starts_with('#'))
        return;
    const auto dot = table.find('.');
    const Object found = object(table.substr(0, dot), table.substr(dot + 1));
    if (may(action, found.id, found.schema)) return;
    throw error(229, "The " + action + " permission was denied on the object '" + table.substr(dot + 1) +
                         "', database '" + database_ + "', schema '" + table.substr(0, dot) + "'.");
}

}  // namespace model
