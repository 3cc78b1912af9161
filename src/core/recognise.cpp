#include "core/recognise.hpp"

#include <algorithm>
#include <iterator>

#include "core/ddl_reader.hpp"
#include "core/graph.hpp"
#include "core/recognised.hpp"

namespace roost {

namespace {

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
    if (!sql.take({"WITH", "GRANT", "OPTION"})) sql.take({"WITH", "ADMIN", "OPTION"});
    if (!take_grantor(sql)) return opaque();
    if (!sql.take("CASCADE")) sql.take("RESTRICT");
    return sql.ended() ? changes_nothing() : opaque();
}

// The roles of a GRANT or REVOKE, without the rights among them; nullopt: not understood.
std::optional<std::vector<std::string>> take_roles(DdlReader& sql, std::string_view towards) {
    if (!sql.roles().many_word_rights) return sql.names();
    std::vector<std::string> roles;
    do {
        if (sql.take_words(towards)) continue;
        auto role = sql.name();
        if (!role) return std::nullopt;
        roles.push_back(std::move(*role));
    } while (sql.take_symbol(','));
    return roles;
}

Recognised grant(DdlReader& sql) {
    if (sql.roles().altered_members || sql.skip_past("ON", "TO")) return object_rights(sql, "TO");
    const auto roles = take_roles(sql, "TO");
    if (!roles) return opaque();
    if (roles->empty()) return object_rights(sql, "TO");
    if (!sql.take("TO")) return opaque();
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
    if (sql.roles().altered_members || sql.skip_past("ON", "FROM")) return object_rights(sql, "FROM");
    const std::uint32_t option = take_option_for(sql);
    const auto roles = take_roles(sql, "FROM");
    if (!roles) return opaque();
    if (roles->empty()) return object_rights(sql, "FROM");
    if (!sql.take("FROM")) return opaque();
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

Recognised comment(DdlReader& sql) {
    if (!sql.take("ROLE")) return sql.ends_with_comment() ? changes_nothing() : opaque();
    const auto role = sql.name();
    if (!role || !sql.take("IS")) return opaque();
    const auto text = sql.take("NULL") ? std::string{} : sql.string();
    if (!text || !sql.ended()) return opaque();
    return std::vector<Change>{MarkRole{*role, *text}};
}

// SET DEFAULT ROLE r FOR u.
Recognised set_default(DdlReader& sql) {
    if (!sql.roles().accounts || !sql.take({"DEFAULT", "ROLE"})) return opaque();
    const auto role = sql.name();
    if (!role || !sql.take("FOR")) return opaque();
    const auto member = sql.name();
    if (!member || !sql.ended()) return opaque();
    return std::vector<Change>{AlterMembership{*role, *member, {}, {option::default_role, option::default_role}}};
}

Recognised statement(DdlReader sql) {
    if (sql.ended()) return changes_nothing();
    if (sql.take("GRANT")) return grant(sql);
    if (sql.take("REVOKE")) return revoke(sql);
    if (sql.take("CREATE")) return create_principal(sql);
    if (sql.take("DROP")) return drop_principals(sql);
    if (sql.take("ALTER")) return alter_members(sql);
    if (sql.take("EXEC") || sql.take("EXECUTE")) return call_for_member(sql);
    if (sql.take("SET")) return set_default(sql);
    if (sql.take("SELECT")) return sql.calls_nothing() ? changes_nothing() : opaque();
    if (sql.take({"COMMENT", "ON"})) return comment(sql);
    return opaque();
}

// Every statement of a batch, or none: where one ends without a semicolon, it is not understood.
Recognised batch(const std::vector<Token>& all, Folding folding, const RoleRules& roles) {
    std::vector<Change> changes;
    for (auto begin = all.begin();; ++begin) {
        const auto end = std::find_if(
            begin, all.end(), [](const Token& token) { return token.kind == TokenKind::symbol && token.value == ";"; });
        auto one = statement(DdlReader({begin, end}, folding, roles));
        if (!one) return opaque();
        std::ranges::move(*one, std::back_inserter(changes));
        if (end == all.end()) return changes;
        begin = end;
    }
}

}  // namespace

Recognised recognise(std::string_view text, const SplitRules& rules, Folding folding) {
    if (rules.executed_comments && (text.contains("/*!") || text.contains("/*M!"))) return opaque();
    auto all = tokens(text, rules);
    if (rules.batches) return batch(all, folding, rules.roles);
    return statement(DdlReader(std::move(all), folding, rules.roles));
}

}  // namespace roost
