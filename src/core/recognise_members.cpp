#include <utility>

#include "core/recognised.hpp"

namespace roost {

namespace {

Recognised joined_or_left(const std::string& role, const std::vector<std::string>& members, bool joined) {
    std::vector<Change> changes;
    for (const std::string& member : members) {
        if (joined)
            changes.emplace_back(Grant{role, member, {}});
        else
            changes.emplace_back(Revoke{role, member, {}});
    }
    return changes;
}

// 'r', N'r', r or [r], after @name = where it is named; nullopt: none of them.
std::optional<std::string> take_argument(DdlReader& sql, std::string_view name) {
    if (sql.take_symbol('@') && (!sql.take(name) || !sql.take_symbol('='))) return std::nullopt;
    if (auto text = sql.string()) return text;
    return sql.name();
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

Recognised call_for_member(DdlReader& sql) {
    if (!sql.roles().altered_members) return opaque();
    if (sql.take("SYS") && !sql.take_symbol('.')) return opaque();
    const bool add = sql.take("SP_ADDROLEMEMBER");
    if (!add && !sql.take("SP_DROPROLEMEMBER")) return opaque();
    const auto role = take_argument(sql, "ROLENAME");
    if (!role || !sql.take_symbol(',')) return opaque();
    const auto member = take_argument(sql, "MEMBERNAME");
    if (!member || !sql.ended()) return opaque();
    return joined_or_left(*role, {*member}, add);
}

}  // namespace roost
