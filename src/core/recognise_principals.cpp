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
    bool said_login = false;
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

// A date, or none; what cannot be one would fail.
bool take_time(DdlReader& sql) {
    const auto text = sql.string();
    return text && (*text == "infinity" || text->find_first_not_of("0123456789-:+ ") == std::string::npos);
}

// One option; false: not understood.
bool take_role_option(DdlReader& sql, RoleOptions& options) {
    // SUPERUSER is none of them: a superuser is more than a role.
    constexpr std::array<std::string_view, 9> without_effect = {"NOSUPERUSER",   "CREATEDB",     "NOCREATEDB",
                                                                "CREATEROLE",    "NOCREATEROLE", "REPLICATION",
                                                                "NOREPLICATION", "BYPASSRLS",    "NOBYPASSRLS"};
    if (std::ranges::any_of(without_effect, [&](std::string_view word) { return sql.take(word); })) return true;
    if (sql.take("LOGIN")) return !std::exchange(options.said_login, true) && assign(options.login, true);
    if (sql.take("NOLOGIN")) return !std::exchange(options.said_login, true) && assign(options.login, false);
    if (sql.take("INHERIT")) return assign(options.inherit, true);
    if (sql.take("NOINHERIT")) return assign(options.inherit, false);
    if (sql.take({"CONNECTION", "LIMIT"})) {
        sql.take_symbol('-');
        return sql.take(TokenKind::number);
    }
    if (sql.take({"VALID", "UNTIL"})) return take_time(sql);
    if (sql.take("SYSID")) return sql.take(TokenKind::number);
    if (sql.take("PASSWORD") || sql.take({"ENCRYPTED", "PASSWORD"}))
        return sql.take(TokenKind::string) || sql.take("NULL");
    if (sql.take({"IN", "ROLE"}) || sql.take({"IN", "GROUP"})) return take_names_into(sql, options.in);
    if (sql.take("ROLE") || sql.take("USER")) return take_names_into(sql, options.members);
    if (sql.take("ADMIN")) return take_names_into(sql, options.admins);
    return false;
}

Deed creation(const std::string& name, bool user, bool unless_exists) {
    if (user) return step(CreateUser{name}, unless_exists);
    return step(CreateRole{name, {}}, unless_exists);
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

    const std::string_view reserved = sql.roles().reserved;
    if (!reserved.empty() && name->starts_with(reserved)) return opaque();
    Deeds steps = {creation(*name, options.login, false)};
    const Options joining = options.inherit ? Options{} : Options{option::inherit, 0};
    for (const std::string& role : options.in) steps.push_back(step(Grant{role, *name, joining}));
    for (const std::string& member : options.admins)
        steps.push_back(step(Grant{*name, member, {option::admin, option::admin}}));
    for (const std::string& member : options.members) steps.push_back(step(Grant{*name, member, {}}));
    return steps;
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
Recognised create_accounts(DdlReader& sql, bool unless_exists) {
    Deeds steps;
    do {
        const auto name = sql.name();
        if (!name || !take_identification(sql)) return opaque();
        steps.push_back(creation(*name, true, unless_exists));
    } while (sql.take_symbol(','));
    const bool options = sql.take("REQUIRE") || sql.take("WITH") || sql.take("ACCOUNT") || sql.take("PASSWORD");
    if (options && !sql.take_rest()) return opaque();
    return sql.ended() ? Recognised(std::move(steps)) : opaque();
}

// CREATE ROLE r, r2 WITH ADMIN u. Where none is named, it is the account that creates them; CURRENT_ROLE is whatever
// the session has.
Recognised create_account_roles(DdlReader& sql, bool unless_exists) {
    const auto names = sql.role_names();
    if (!names) return opaque();
    Deeds steps;
    for (const std::string& name : *names) steps.push_back(creation(name, false, unless_exists));
    if (sql.take({"WITH", "ADMIN"}) && !sql.take("CURRENT_USER")) {
        const auto admin = sql.name();
        if (!admin || unless_exists) return opaque();
        for (const std::string& name : *names)
            steps.push_back(step(Grant{name, *admin, {option::admin, option::admin}}));
    }
    return sql.ended() ? Recognised(std::move(steps)) : opaque();
}

// What follows the name of a role or user where neither can bring memberships along.
bool take_ownership(DdlReader& sql, bool user, bool& login) {
    if (!user) return !sql.take("AUTHORIZATION") || sql.name();
    login = !sql.take({"WITHOUT", "LOGIN"});
    if (sql.take({"FOR", "LOGIN"}) || sql.take({"FROM", "LOGIN"})) {
        if (!login || !sql.name()) return false;
    }
    return !sql.take({"WITH", "DEFAULT_SCHEMA"}) || (sql.take_symbol('=') && sql.name());
}
bool take_authentication(DdlReader& sql, bool user, bool&) {
    if (!user) return sql.ended() || sql.take({"NOT", "IDENTIFIED"});
    return (sql.take("IDENTIFIED") || sql.take({"NO", "AUTHENTICATION"})) && sql.take_rest();
}

Recognised create_bare(DdlReader& sql, bool user, bool (*take_more)(DdlReader&, bool, bool&)) {
    const auto name = sql.name();
    bool login = false;
    if (!name || !take_more(sql, user, login) || !sql.ended()) return opaque();
    Do made{.change = CreateRole{*name, {}}, .login = login};
    if (user) made.change = CreateUser{*name};
    return alone({std::move(made)});
}

}  // namespace
}  // namespace principals

Recognised create_principal(DdlReader& sql) {
    bool user = false;
    if (!principals::take_kind(sql, user)) return opaque();
    const bool unless_exists = sql.take({"IF", "NOT", "EXISTS"});
    if (sql.roles().accounts && user) return principals::create_accounts(sql, unless_exists);
    if (sql.roles().accounts) return principals::create_account_roles(sql, unless_exists);
    if (unless_exists) return opaque();  // no SQL there, or not in every version
    if (sql.roles().altered_members) return principals::create_bare(sql, user, principals::take_ownership);
    if (sql.roles().many_word_rights) return principals::create_bare(sql, user, principals::take_authentication);
    return principals::create_login_role(sql, user);
}

// A role that is there loses its members, its rights and what is said of it: that is not followed.
Recognised replace_principal(DdlReader& sql) {
    if (!sql.roles().accounts || !sql.take("ROLE")) return opaque();
    const auto name = sql.role_name();
    if (!name || !sql.ended()) return opaque();
    const Condition exists{.question = {.meaning = Meaning::role, .name = *name}};
    return alone({Branch{exists, {{NotUnderstood{}}}, {step(CreateRole{*name, {}})}}});
}

Recognised drop_principals(DdlReader& sql) {
    bool user = false;
    if (!principals::take_kind(sql, user)) return opaque();
    const bool if_exists = sql.take({"IF", "EXISTS"});
    if (if_exists && sql.roles().many_word_rights) return opaque();  // not in every version
    const auto names = user ? sql.names() : sql.role_names();
    if (user && sql.roles().many_word_rights) sql.take("CASCADE");  // their objects; roles have none
    if (!names || !sql.ended()) return opaque();
    Deeds steps;
    for (const std::string& name : *names)
        steps.push_back({Do{.change = DropRole{name}, .if_needed = if_exists, .account = user}});
    return steps;
}

}  // namespace roost
