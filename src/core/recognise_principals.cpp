#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/graph.hpp"
#include "core/recognised.hpp"

namespace roost {

namespace principals {
namespace {

bool take_kind(DdlReader& sql, bool& user) {
    user = sql.take("USER");
    return user || sql.take("ROLE") || sql.take("GROUP");
}

// What CREATE ROLE says beside the name.
struct RoleOptions {
    bool login = false;
    bool inherit = true;
    std::vector<std::string> in, members, admins;
};

bool take_names_into(DdlReader& sql, std::vector<std::string>& list) {
    auto names = sql.names();
    if (!names) return false;
    std::ranges::move(*names, std::back_inserter(list));
    return true;
}

bool assign(bool& option, bool value) {
    option = value;
    return true;
}

// One option; false: not understood.
bool take_role_option(DdlReader& sql, RoleOptions& options) {
    constexpr std::array<std::string_view, 10> without_effect = {
        "SUPERUSER",    "NOSUPERUSER", "CREATEDB",      "NOCREATEDB", "CREATEROLE",
        "NOCREATEROLE", "REPLICATION", "NOREPLICATION", "BYPASSRLS",  "NOBYPASSRLS"};
    if (std::ranges::any_of(without_effect, [&](std::string_view word) { return sql.take(word); })) return true;
    if (sql.take("LOGIN")) return assign(options.login, true);
    if (sql.take("NOLOGIN")) return assign(options.login, false);
    if (sql.take("INHERIT")) return assign(options.inherit, true);
    if (sql.take("NOINHERIT")) return assign(options.inherit, false);
    if (sql.take({"CONNECTION", "LIMIT"})) {
        sql.take_symbol('-');
        return sql.take(TokenKind::number);
    }
    if (sql.take({"VALID", "UNTIL"})) return sql.take(TokenKind::string);
    if (sql.take("SYSID")) return sql.take(TokenKind::number);
    if (sql.take("PASSWORD") || sql.take({"ENCRYPTED", "PASSWORD"}))
        return sql.take(TokenKind::string) || sql.take("NULL");
    if (sql.take({"IN", "ROLE"}) || sql.take({"IN", "GROUP"})) return take_names_into(sql, options.in);
    if (sql.take("ROLE") || sql.take("USER")) return take_names_into(sql, options.members);
    if (sql.take("ADMIN")) return take_names_into(sql, options.admins);
    return false;
}

// With every option that roles have where users are roles.
Recognised create_login_role(DdlReader& sql, bool user) {
    RoleOptions options;
    options.login = user;
    const auto name = sql.name();
    if (!name) return opaque();
    sql.take("WITH");
    while (!sql.ended()) {
        if (!take_role_option(sql, options)) return opaque();
    }

    std::vector<Change> changes;
    if (options.login)
        changes.emplace_back(CreateUser{*name});
    else
        changes.emplace_back(CreateRole{*name, {}});
    const Options joining = options.inherit ? Options{} : Options{option::inherit, 0};
    for (const std::string& role : options.in) changes.emplace_back(Grant{role, *name, joining});
    for (const std::string& member : options.admins)
        changes.emplace_back(Grant{*name, member, {option::admin, option::admin}});
    for (const std::string& member : options.members) changes.emplace_back(Grant{*name, member, {}});
    return changes;
}

// IDENTIFIED BY 'x', IDENTIFIED VIA plugin USING 'x' OR …; none is fine too.
bool take_identification(DdlReader& sql) {
    if (!sql.take("IDENTIFIED")) return true;
    if (sql.take("BY")) {
        sql.take("PASSWORD");
        return sql.take(TokenKind::string);
    }
    if (!sql.take("VIA") && !sql.take("WITH")) return false;
    do {
        if (!sql.take(TokenKind::word)) return false;
        const bool secret = sql.take("USING") || sql.take("AS") || sql.take("BY");
        if (!secret) continue;
        const bool call = sql.take({"PASSWORD"}) && sql.take_symbol('(');
        if (!sql.take(TokenKind::string) || (call && !sql.take_symbol(')'))) return false;
    } while (sql.take("OR"));
    return true;
}

// CREATE USER 'u'@'h' IDENTIFIED …, …: what follows the last of them is about log-ins.
Recognised create_accounts(DdlReader& sql) {
    std::vector<Change> changes;
    do {
        const auto name = sql.name();
        if (!name || !take_identification(sql)) return opaque();
        changes.emplace_back(CreateUser{*name});
    } while (sql.take_symbol(','));
    const bool options = sql.take("REQUIRE") || sql.take("WITH") || sql.take("ACCOUNT") || sql.take("PASSWORD");
    if (options && !sql.take_rest()) return opaque();
    return sql.ended() ? Recognised(std::move(changes)) : opaque();
}

// CREATE ROLE r, r2 WITH ADMIN u. Where none is named, it is the account that creates them.
Recognised create_account_roles(DdlReader& sql, bool unless_exists) {
    const auto names = sql.names();
    if (!names) return opaque();
    std::vector<Change> changes;
    for (const std::string& name : *names) changes.emplace_back(CreateRole{name, {}});
    if (sql.take({"WITH", "ADMIN"}) && !sql.take("CURRENT_USER") && !sql.take("CURRENT_ROLE")) {
        const auto admin = sql.name();
        if (!admin || unless_exists) return opaque();
        for (const std::string& name : *names)
            changes.emplace_back(Grant{name, *admin, {option::admin, option::admin}});
    }
    return sql.ended() ? Recognised(std::move(changes)) : opaque();
}

// What follows the name of a role or user where neither can bring memberships along.
bool take_ownership(DdlReader& sql, bool user) {
    if (!user) return !sql.take("AUTHORIZATION") || sql.name();
    if (sql.take({"FOR", "LOGIN"}) || sql.take({"FROM", "LOGIN"})) {
        if (!sql.name()) return false;
    } else {
        sql.take({"WITHOUT", "LOGIN"});
    }
    return !sql.take({"WITH", "DEFAULT_SCHEMA"}) || (sql.take_symbol('=') && sql.name());
}
bool take_authentication(DdlReader& sql, bool user) {
    if (!user) return sql.ended() || sql.take({"NOT", "IDENTIFIED"});
    return (sql.take("IDENTIFIED") || sql.take({"NO", "AUTHENTICATION"})) && sql.take_rest();
}

Recognised create_bare(DdlReader& sql, bool user, bool (*take_more)(DdlReader&, bool)) {
    const auto name = sql.name();
    if (!name || !take_more(sql, user) || !sql.ended()) return opaque();
    if (user) return std::vector<Change>{CreateUser{*name}};
    return std::vector<Change>{CreateRole{*name, {}}};
}

}  // namespace
}  // namespace principals

Recognised create_principal(DdlReader& sql) {
    bool user = false;
    if (!principals::take_kind(sql, user)) return opaque();
    const bool unless_exists = sql.take({"IF", "NOT", "EXISTS"});
    if (sql.roles().accounts && user) return principals::create_accounts(sql);
    if (sql.roles().accounts) return principals::create_account_roles(sql, unless_exists);
    if (sql.roles().altered_members) return principals::create_bare(sql, user, principals::take_ownership);
    if (sql.roles().many_word_rights) return principals::create_bare(sql, user, principals::take_authentication);
    auto changes = principals::create_login_role(sql, user);
    // What is already there gets none of the memberships either.
    return unless_exists && changes && changes->size() > 1 ? opaque() : changes;
}

Recognised drop_principals(DdlReader& sql) {
    bool user = false;
    if (!principals::take_kind(sql, user)) return opaque();
    sql.take({"IF", "EXISTS"});
    const auto names = sql.names();
    if (user && sql.roles().many_word_rights) sql.take("CASCADE");  // their objects; roles have none
    if (!names || !sql.ended()) return opaque();
    std::vector<Change> changes;
    for (const std::string& name : *names) changes.emplace_back(DropRole{name});
    return changes;
}

}  // namespace roost
