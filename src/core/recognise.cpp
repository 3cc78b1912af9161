#include "core/recognise.hpp"

#include <algorithm>

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

// WITH ADMIN OPTION, WITH INHERIT FALSE, SET TRUE; nullopt: not understood. `with_values`: by other words than ADMIN
// OPTION.
std::optional<Options> take_grant_options(DdlReader& sql, bool& with_values) {
    Options options;
    if (!sql.take("WITH")) return options;
    if (sql.take({"ADMIN", "OPTION"})) return Options{option::admin, option::admin};
    with_values = true;
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
    Deeds needs;
    do {
        const bool special =
            sql.take("PUBLIC") || sql.take("CURRENT_USER") || sql.take("SESSION_USER") || sql.take("CURRENT_ROLE");
        if (special) continue;
        auto name = sql.name();
        if (!name) return opaque();
        needs.push_back({Needs{std::move(*name)}});
    } while (sql.take_symbol(','));
    if (!sql.take({"WITH", "GRANT", "OPTION"})) sql.take({"WITH", "ADMIN", "OPTION"});
    if (!take_grantor(sql)) return opaque();
    if (!sql.take("CASCADE")) sql.take("RESTRICT");
    return sql.ended() ? Recognised(std::move(needs)) : opaque();
}

// The roles of a GRANT or REVOKE, without the rights among them; nullopt: not understood.
std::optional<std::vector<std::string>> take_roles(DdlReader& sql, std::string_view towards) {
    if (!sql.roles().many_word_rights) return sql.role_names();
    std::vector<std::string> roles;
    do {
        if (sql.take_words(towards)) continue;
        auto role = sql.role_name();
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
    bool with_values = false;
    const auto options = take_grant_options(sql, with_values);
    const auto grantor = take_grantor(sql);
    // By whom else a role is granted decides which row it is.
    if (!options || !grantor || !grantor->empty() || !sql.ended()) return opaque();

    if (sql.roles().accounts && roles->size() > 1) return opaque();  // one alone is SQL there
    Deeds steps;
    for (const std::string& role : *roles) {
        for (const std::string& member : *members)
            steps.push_back({Do{.change = Grant{role, member, *options}, .with_values = with_values}});
    }
    return steps;
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

    if (sql.roles().accounts && roles->size() > 1) return opaque();
    Deeds steps;
    for (const std::string& role : *roles) {
        for (const std::string& member : *members) {
            if (option != 0)
                steps.push_back({Do{.change = AlterMembership{role, member, *grantor, {option, 0}},
                                    .with_values = option != option::admin}});
            else
                steps.push_back(step(Revoke{role, member, *grantor}));
        }
    }
    return steps;
}

Recognised comment(DdlReader& sql) {
    if (!sql.take("ROLE")) return sql.take_comment() ? changes_nothing() : opaque();
    const auto role = sql.name();
    if (!role || !sql.take("IS")) return opaque();
    const auto text = sql.take("NULL") ? std::string{} : sql.string();
    if (!text || !sql.ended()) return opaque();
    return alone(step(MarkRole{*role, *text}));
}

// What goes into a variable or a table may be asked for later.
Recognised select(DdlReader& sql) {
    DdlReader here = sql;
    return !here.skip_past("INTO") && sql.take_query() ? changes_nothing() : opaque();
}

// SET DEFAULT ROLE r FOR u.
Recognised set_default(DdlReader& sql) {
    if (!sql.roles().accounts || !sql.take({"DEFAULT", "ROLE"})) return opaque();
    const auto role = sql.role_name();
    if (!role || !sql.take("FOR")) return opaque();
    const auto member = sql.name();
    if (!member || !sql.ended()) return opaque();
    return alone(step(AlterMembership{*role, *member, {}, {option::default_role, option::default_role}}));
}

// EXECUTE IMMEDIATE 'text'.
Recognised execute(DdlReader& sql) {
    if (sql.roles().blocks != BlockKind::compound || !sql.take("IMMEDIATE")) return call_procedure(sql);
    const auto text = sql.string();
    return text && sql.ended() ? read_text(sql, *text) : opaque();
}

Recognised read_whole(DdlReader& sql) {
    const BlockKind blocks = sql.roles().blocks;
    if (blocks == BlockKind::batch) return batch(sql);
    if (blocks == BlockKind::in_do && sql.take("DO")) return do_block(sql);
    if (blocks == BlockKind::anonymous && sql.next_is_one_of({"DECLARE", "BEGIN"})) return block(sql);
    if (blocks == BlockKind::compound && sql.next_is_one_of({"BEGIN", "IF"})) return block(sql);
    return read_statement(sql);
}

}  // namespace

Recognised read_statement(DdlReader& sql) {
    if (sql.ended() && sql.finished()) return changes_nothing();
    if (sql.take("GRANT")) return grant(sql);
    if (sql.take("REVOKE")) return revoke(sql);
    if (sql.take({"CREATE", "OR", "REPLACE"})) return replace_principal(sql);
    if (sql.take("CREATE")) return create_principal(sql);
    if (sql.take("DROP")) return drop_principals(sql);
    if (sql.take("ALTER")) return alter_members(sql);
    if (sql.take("EXEC") || sql.take("EXECUTE")) return execute(sql);
    if (sql.take("SET")) return set_default(sql);
    if (sql.take("SELECT")) return select(sql);
    if (sql.take({"COMMENT", "ON"})) return comment(sql);
    if (sql.roles().tables.roles.empty()) return opaque();
    if (sql.take("INSERT")) return insert_rows(sql);
    if (sql.take("DELETE")) return delete_rows(sql);
    if (sql.take("UPDATE")) return update_rows(sql);
    return opaque();
}

// Where the engine takes no semicolon in it, or what follows one, it is not read on.
Recognised read_text(const DdlReader& sql, std::string_view text) {
    const bool many = sql.roles().blocks == BlockKind::batch;
    if (!many && text.contains(';')) return Deeds{{NotUnderstood{}}};
    DdlReader inside = sql.inside(text);
    auto steps = many ? batch(inside) : read_statement(inside);
    return steps ? std::move(steps) : Deeds{{NotUnderstood{}}};
}

std::optional<Deeds> recognise(std::string_view text, const SplitRules& rules, Folding folding) {
    if (rules.executed_comments && (text.contains("/*!") || text.contains("/*M!"))) return opaque();
    DdlReader sql(tokens(text, rules), folding, rules);
    auto steps = read_whole(sql);
    // What is reached whatever happens makes the whole statement opaque.
    const auto unknown = [](const Deed& one) { return std::holds_alternative<NotUnderstood>(one.what); };
    if (!steps || std::ranges::any_of(*steps, unknown)) return opaque();
    return steps;
}

}  // namespace roost
