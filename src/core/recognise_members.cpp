#include <utility>

#include "core/recognised.hpp"

namespace roost {

namespace {

Recognised joined_or_left(const std::string& role, const std::vector<std::string>& members, bool joined) {
    Deeds steps;
    for (const std::string& member : members) {
        if (joined)
            steps.push_back(step(Grant{role, member, {}}));
        else
            steps.push_back(step(Revoke{role, member, {}}));
    }
    return steps;
}

// 'r', N'r', r or [r], after @name = where it is named; nullopt: none of them.
std::optional<std::string> take_argument(DdlReader& sql, std::string_view name) {
    if (sql.take_symbol('@') && (!sql.take(name) || !sql.take_symbol('='))) return std::nullopt;
    if (auto text = sql.string()) return text;
    return sql.name();
}

// sp_addrole 'r', 'owner'; sp_droprole 'r'.
Recognised made_or_dropped(DdlReader& sql, bool made) {
    const auto role = take_argument(sql, "ROLENAME");
    const bool owner = made && sql.take_symbol(',');
    if (!role || (owner && !take_argument(sql, "OWNERNAME")) || !sql.ended()) return opaque();
    return alone(made ? step(CreateRole{*role, {}}) : step(DropRole{*role}));
}

// (N'…' + N'…') or sp_executesql N'…'; the text's own statements.
Recognised dynamic(DdlReader& sql, bool brackets) {
    const auto text = sql.literal();
    if (!text || (brackets && !sql.take_symbol(')')) || !sql.ended()) return opaque();
    return read_text(sql, *text);
}

Recognised member_changed(DdlReader& sql, bool add) {
    const auto role = take_argument(sql, "ROLENAME");
    if (!role || !sql.take_symbol(',')) return opaque();
    const auto member = take_argument(sql, "MEMBERNAME");
    if (!member || !sql.ended()) return opaque();
    return joined_or_left(*role, {*member}, add);
}

}  // namespace

// Whatever else ALTER ROLE does is opaque.
Recognised alter_members(DdlReader& sql) {
    const bool group = sql.take("GROUP");
    if (!group && (!sql.roles().altered_members || !sql.take("ROLE"))) return opaque();
    const std::string_view kind = group ? "USER" : "MEMBER";
    const auto role = sql.name();
    const bool add = sql.take({"ADD", kind});
    if (!role || (!add && !sql.take({"DROP", kind}))) return opaque();
    const auto members = sql.names();
    if (!members || !sql.ended() || (!group && members->size() > 1)) return opaque();
    return joined_or_left(*role, *members, add);
}

Recognised call_procedure(DdlReader& sql) {
    if (!sql.roles().altered_members) return opaque();
    if (sql.take_symbol('(')) return dynamic(sql, true);
    if (sql.take("SYS") && !sql.take_symbol('.')) return opaque();
    if (sql.take("SP_EXECUTESQL")) return dynamic(sql, false);
    if (sql.take("SP_ADDROLE")) return made_or_dropped(sql, true);
    if (sql.take("SP_DROPROLE")) return made_or_dropped(sql, false);
    if (sql.take("SP_ADDROLEMEMBER")) return member_changed(sql, true);
    if (sql.take("SP_DROPROLEMEMBER")) return member_changed(sql, false);
    return opaque();
}

}  // namespace roost
