// GRANT and REVOKE: roles, rights of the system, rights on objects.
#include <algorithm>
#include <array>

#include "oracle_define.hpp"
#include "text.hpp"

namespace model {
namespace {

constexpr auto object_rights_known = std::to_array<std::string_view>(
    {"SELECT", "INSERT", "UPDATE", "DELETE", "EXECUTE", "REFERENCES", "ALTER", "INDEX", "READ", "ALL"});

}  // namespace

std::vector<std::string> OracleDefinition::privileges() {
    std::vector<std::string> all;
    do {
        std::string words;
        quoted_.push_back(now().kind == Token::Kind::name);
        while (now().is_name() && !any_of(now(), {"TO", "FROM", "ON"}))
            words += (words.empty() ? "" : " ") + dictionary_name(tokens_[at_++]);
        if (words.empty()) throw Oracle::ora(990, "missing or invalid privilege");
        if (now().is("(")) Oracle::not_spoken("rights on columns");
        all.push_back(words);
    } while (take(","));
    return all;
}

void OracleDefinition::rights(bool grants) {
    if (now().is("ADMIN") && tokens_[at_ + 1].is("OPTION")) Oracle::not_spoken("REVOKE ADMIN OPTION FOR");
    const auto asked = privileges();
    const bool on_object = take("ON");
    const std::size_t object = at_;
    if (on_object) object_name();
    need(grants ? "TO" : "FROM");
    const auto grantees = names();
    const bool option = take("WITH");
    if (option) {
        if (!take(on_object ? "GRANT" : "ADMIN")) throw Oracle::ora(993, "missing or invalid option");
        need("OPTION");
    }
    end();
    for (const auto& grantee : grantees)
        if (grantee != "PUBLIC" && !session_.is_user(grantee) && !session_.is_role(grantee))
            throw Oracle::ora(1917, "user or role '" + grantee + "' does not exist");
    if (on_object) {
        at_ = object;
        return object_rights(grants, asked, option);
    }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const bool system = !quoted_[i] && asked[i].contains(' ');
        for (const auto& grantee : grantees) {
            if (system) {
                change_right(grants, asked[i], grantee, option);
            } else {
                change_role(grants, asked[i], grantee, option);
            }
        }
    }
}

void OracleDefinition::change_role(bool grants, const std::string& role, const std::string& grantee, bool admin) {
    if (!session_.is_role(role)) throw Oracle::ora(1919, "role '" + role + "' does not exist");
    if (!administers(role) && !session_.has("GRANT ANY ROLE"))
        throw Oracle::ora(1932, "ADMIN option not granted for role '" + role + "'");
    const std::string here = " WHERE grantee = ?1 AND granted_role = ?2";
    const bool there = !is_null(session_.one("SELECT 1 FROM model_role_priv" + here, {grantee, role}));
    if (!grants) {
        if (!there) throw Oracle::ora(1951, "ROLE '" + role + "' not granted to '" + grantee + "'");
        session_.change("DELETE FROM model_role_priv" + here, {grantee, role});
        return session_.change("DELETE FROM model_default_role WHERE username = ?1 AND role = ?2", {grantee, role});
    }
    if (grantee == role || (session_.is_role(grantee) && session_.nested({role}).contains(grantee)))
        throw Oracle::ora(1934, "circular role grant detected");
    if (!there) session_.change("INSERT INTO model_role_priv (grantee, granted_role) VALUES (?1, ?2)", {grantee, role});
    if (admin) session_.change("UPDATE model_role_priv SET admin_option = 'YES'" + here, {grantee, role});
}

void OracleDefinition::change_right(bool grants, const std::string& right, const std::string& grantee, bool admin) {
    if (!right.starts_with("CREATE ") && !right.starts_with("ALTER ") && !right.starts_with("DROP ") &&
        !right.contains(" ANY ") && right != "UNLIMITED TABLESPACE")
        throw Oracle::ora(990, "missing or invalid privilege");
    const bool passes = !is_null(
        session_.one("SELECT 1 FROM model_sys_priv WHERE grantee = ?1 AND privilege = ?2 AND admin_option = 'YES'",
                     {session_.user(), right}));
    if (!passes) may("GRANT ANY PRIVILEGE");
    const bool there =
        !is_null(session_.one("SELECT 1 FROM model_sys_priv WHERE grantee = ?1 AND privilege = ?2", {grantee, right}));
    if (!grants && !there) throw Oracle::ora(1952, "system privileges not granted to '" + grantee + "'");
    session_.change("DELETE FROM model_sys_priv WHERE grantee = ?1 AND privilege = ?2", {grantee, right});
    if (grants)
        session_.change("INSERT INTO model_sys_priv VALUES (?1, ?2, ?3)",
                        {grantee, right, std::string(admin ? "YES" : "NO")});
}

void OracleDefinition::object_rights(bool grants, const std::vector<std::string>& asked, bool option) {
    const auto [owner, object] = object_name();
    const bool system = owner == "SYS" && (is_dictionary_view(object) || object == "DBMS_LOCK");
    const bool there =
        system || !is_null(session_.one("SELECT 1 FROM model_object WHERE owner = ?1 AND name = ?2", {owner, object}));
    if (!there) throw Oracle::ora(942, "table or view does not exist");
    const bool own = owner == session_.user();
    const bool passes = !is_null(session_.one(
        "SELECT 1 FROM model_tab_priv WHERE grantee = ?1 AND owner = ?2 AND table_name = ?3 AND grantable = 'YES'",
        {session_.user(), owner, object}));
    if (!own && !passes) may("GRANT ANY OBJECT PRIVILEGE");
    need(grants ? "TO" : "FROM");
    for (const auto& grantee : names())
        for (const auto& right : asked) {
            if (std::ranges::find(object_rights_known, right) == object_rights_known.end())
                throw Oracle::ora(990, "missing or invalid privilege");
            if (right == "ALL") Oracle::not_spoken("GRANT ALL");
            const std::vector<Value> key = {grantee, owner, object, right};
            const std::string here = " WHERE grantee = ?1 AND owner = ?2 AND table_name = ?3 AND privilege = ?4";
            if (!grants && is_null(session_.one("SELECT 1 FROM model_tab_priv" + here, key)))
                throw Oracle::ora(1927, "cannot REVOKE privileges you did not grant");
            session_.change("DELETE FROM model_tab_priv" + here, key);
            if (grants)
                session_.change(
                    "INSERT INTO model_tab_priv (grantee, owner, table_name, privilege, grantor, grantable) VALUES "
                    "(?1, ?2, ?3, ?4, ?5, ?6)",
                    {grantee, owner, object, right, owner, std::string(option ? "YES" : "NO")});
        }
}

}  // namespace model
