#include "core/recognise.hpp"

#include <algorithm>
#include <array>

#include "core/ddl_reader.hpp"
#include "core/graph.hpp"

namespace roost {

namespace {

using Recognised = std::optional<std::vector<Change>>;

Recognised opaque() { return std::nullopt; }
Recognised changes_nothing() { return std::vector<Change>{}; }

std::uint32_t take_option_name(DdlReader& sql) {
    if (sql.take("ADMIN")) return option::admin;
    if (sql.take("INHERIT")) return option::inherit;
    if (sql.take("SET")) return option::set;
    return 0;
}

// WITH ADMIN OPTION, WITH INHERIT FALSE, SET TRUE; nullopt: not understood.
std::optional<Options> take_grant_options(DdlReader& sql) {
    Options options;
    if (!sql.take("WITH")) return options;
    do {
        const std::uint32_t bit = take_option_name(sql);
        const bool on = sql.take("OPTION") || sql.take("TRUE");
        if (bit == 0 || (!on && !sql.take("FALSE"))) return std::nullopt;
        options.stated |= bit;
        options.value = on ? options.value | bit : options.value & ~bit;
    } while (sql.take_symbol(','));
    return options;
}

// GRANTED BY name; "" where it is not said, nullopt: not understood.
std::optional<std::string> take_grantor(DdlReader& sql) {
    if (!sql.take({"GRANTED", "BY"})) return std::string{};
    return sql.name();
}

// From ON to the end of a GRANT or REVOKE of rights on an object; `towards` is TO or FROM.
Recognised object_rights(DdlReader& sql, std::string_view towards) {
    if (!sql.skip_past(towards)) return opaque();
    do {
        const bool special =
            sql.take("PUBLIC") || sql.take("CURRENT_USER") || sql.take("SESSION_USER") || sql.take("CURRENT_ROLE");
        if (!special && !sql.name()) return opaque();
    } while (sql.take_symbol(','));
    sql.take({"WITH", "GRANT", "OPTION"});
    if (!take_grantor(sql)) return opaque();
    if (!sql.take("CASCADE")) sql.take("RESTRICT");
    return sql.ended() ? changes_nothing() : opaque();
}

Recognised grant(DdlReader& sql) {
    if (sql.skip_past("ON", "TO")) return object_rights(sql, "TO");
    const auto roles = sql.names();
    if (!roles || !sql.take("TO")) return opaque();
    const auto members = sql.names();
    if (!members) return opaque();
    const auto options = take_grant_options(sql);
    if (!options || !take_grantor(sql) || !sql.ended()) return opaque();

    std::vector<Change> changes;
    for (const std::string& role : *roles) {
        for (const std::string& member : *members) changes.emplace_back(Grant{role, member, *options});
    }
    return changes;
}

// ADMIN OPTION FOR and its kin; 0: the whole membership is meant.
std::uint32_t take_option_for(DdlReader& sql) {
    if (sql.take({"ADMIN", "OPTION", "FOR"})) return option::admin;
    if (sql.take({"INHERIT", "OPTION", "FOR"})) return option::inherit;
    if (sql.take({"SET", "OPTION", "FOR"})) return option::set;
    return 0;
}

Recognised revoke(DdlReader& sql) {
    if (sql.skip_past("ON", "FROM")) return object_rights(sql, "FROM");
    const std::uint32_t option = take_option_for(sql);
    const auto roles = sql.names();
    if (!roles || !sql.take("FROM")) return opaque();
    const auto members = sql.names();
    if (!members) return opaque();
    const auto grantor = take_grantor(sql);
    sql.take("RESTRICT");  // CASCADE would take further memberships along: opaque
    if (!grantor || !sql.ended()) return opaque();

    std::vector<Change> changes;
    for (const std::string& role : *roles) {
        for (const std::string& member : *members) {
            if (option != 0)
                changes.emplace_back(AlterMembership{role, member, *grantor, {option, 0}});
            else
                changes.emplace_back(Revoke{role, member, *grantor});
        }
    }
    return changes;
}

bool take_principal_kind(DdlReader& sql, bool& user) {
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

Recognised create_principal(DdlReader& sql) {
    RoleOptions options;
    if (!take_principal_kind(sql, options.login)) return opaque();
    sql.take({"IF", "NOT", "EXISTS"});
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

Recognised drop_principals(DdlReader& sql) {
    bool user = false;
    if (!take_principal_kind(sql, user)) return opaque();
    sql.take({"IF", "EXISTS"});
    const auto names = sql.names();
    if (!names || !sql.ended()) return opaque();
    std::vector<Change> changes;
    for (const std::string& name : *names) changes.emplace_back(DropRole{name});
    return changes;
}

// ALTER GROUP r ADD USER a, b. Whatever else ALTER ROLE does is opaque.
Recognised alter_group(DdlReader& sql) {
    if (!sql.take("GROUP")) return opaque();
    const auto role = sql.name();
    const bool add = sql.take({"ADD", "USER"});
    if (!role || (!add && !sql.take({"DROP", "USER"}))) return opaque();
    const auto members = sql.names();
    if (!members || !sql.ended()) return opaque();
    std::vector<Change> changes;
    for (const std::string& member : *members) {
        if (add)
            changes.emplace_back(Grant{*role, member, {}});
        else
            changes.emplace_back(Revoke{*role, member, {}});
    }
    return changes;
}

Recognised comment(DdlReader& sql) {
    if (!sql.take("ROLE")) return sql.ends_with_comment() ? changes_nothing() : opaque();
    const auto role = sql.name();
    if (!role || !sql.take("IS")) return opaque();
    const auto text = sql.take("NULL") ? std::string{} : sql.string();
    if (!text || !sql.ended()) return opaque();
    return std::vector<Change>{MarkRole{*role, *text}};
}

}  // namespace

Recognised recognise(std::string_view text, const SplitRules& rules, Folding folding) {
    // MariaDB executes what stands in such a comment.
    if (text.find("/*!") != std::string_view::npos || text.find("/*M!") != std::string_view::npos) return opaque();
    DdlReader sql(tokens(text, rules), folding);
    if (sql.ended()) return changes_nothing();
    if (sql.take("GRANT")) return grant(sql);
    if (sql.take("REVOKE")) return revoke(sql);
    if (sql.take("CREATE")) return create_principal(sql);
    if (sql.take("DROP")) return drop_principals(sql);
    if (sql.take("ALTER")) return alter_group(sql);
    if (sql.take("SELECT")) return sql.calls_nothing() ? changes_nothing() : opaque();
    if (sql.take({"COMMENT", "ON"})) return comment(sql);
    return opaque();
}

}  // namespace roost
