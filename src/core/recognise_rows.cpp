// Rows of the tables that hold the roles, where the engine has none.
#include <algorithm>
#include <map>
#include <utility>

#include "core/ascii.hpp"
#include "core/graph.hpp"
#include "core/recognised.hpp"

namespace roost {

namespace rows {
namespace {

using Row = std::map<std::string, std::string>;  // by column, in capitals; texts and the numbers 0 and 1

enum class Table : std::uint8_t { other, roles, memberships };

// [main.]table
Table take_table(DdlReader& sql) {
    const RoleTables& tables = sql.roles().tables;
    if (sql.take("MAIN") && !sql.take_symbol('.')) return Table::other;
    auto name = sql.identifier();
    if (!name) return Table::other;
    const std::string upper = upper_ascii(*name);
    return upper == tables.roles ? Table::roles : upper == tables.memberships ? Table::memberships : Table::other;
}

std::optional<std::vector<std::string>> take_columns(DdlReader& sql) {
    std::vector<std::string> columns;
    if (!sql.take_symbol('(')) return std::nullopt;
    do {
        auto column = sql.identifier();
        if (!column) return std::nullopt;
        columns.push_back(upper_ascii(*column));
    } while (sql.take_symbol(','));
    return sql.take_symbol(')') ? std::optional(std::move(columns)) : std::nullopt;
}

// What is in a column: a text, or 0 or 1 for those that are switches.
std::optional<std::string> take_value(DdlReader& sql, const std::string& column) {
    const RoleTables& tables = sql.roles().tables;
    if (column != tables.login && column != tables.admin && column != tables.inherit) return sql.string();
    auto number = sql.number();
    return number && (*number == "0" || *number == "1") ? number : std::nullopt;
}

std::optional<Row> take_values(DdlReader& sql, const std::vector<std::string>& columns) {
    Row row;
    for (const std::string& column : columns) {
        if (!row.empty() && !sql.take_symbol(',')) return std::nullopt;
        auto value = take_value(sql, column);
        if (!value || !row.emplace(column, std::move(*value)).second) return std::nullopt;
    }
    return row;
}

bool is_on(const Row& row, std::string_view column, bool otherwise) {
    const auto found = row.find(std::string(column));
    return found == row.end() ? otherwise : found->second == "1";
}

std::string text(const Row& row, std::string_view column) {
    const auto found = row.find(std::string(column));
    return found == row.end() ? std::string{} : found->second;
}

// What the row is; nullopt: a name is missing, or a column is unknown.
std::optional<Deed> inserted(const RoleTables& tables, Table table, const Row& row, bool ignore) {
    if (table == Table::roles) {
        const std::string name = text(row, tables.name);
        if (name.empty()) return std::nullopt;
        const auto known = [&](const auto& cell) {
            return cell.first == tables.name || cell.first == tables.login || cell.first == tables.comment;
        };
        const bool login = is_on(row, tables.login, false);
        if (!std::ranges::all_of(row, known) || (login && !text(row, tables.comment).empty())) return std::nullopt;
        if (login) return step(CreateUser{name}, ignore);
        return step(CreateRole{name, text(row, tables.comment)}, ignore);
    }
    const auto known = [&](const auto& cell) {
        return cell.first == tables.role || cell.first == tables.member || cell.first == tables.admin ||
               cell.first == tables.inherit;
    };
    const std::string role = text(row, tables.role), member = text(row, tables.member);
    if (role.empty() || member.empty() || !std::ranges::all_of(row, known)) return std::nullopt;
    Options options;
    if (is_on(row, tables.admin, false)) options = {option::admin, option::admin};
    if (!is_on(row, tables.inherit, true)) options.stated |= option::inherit;
    return Deed{Do{.change = Grant{role, member, options}, .if_needed = ignore, .once = !ignore}};
}

// VALUES (…), (…)
Recognised from_values(DdlReader& sql, Table table, const std::vector<std::string>& columns, bool ignore) {
    Deeds steps;
    do {
        if (!sql.take_symbol('(')) return opaque();
        const auto row = take_values(sql, columns);
        auto one = row ? inserted(sql.roles().tables, table, *row, ignore) : std::nullopt;
        if (!one || !sql.take_symbol(')')) return opaque();
        steps.push_back(std::move(*one));
    } while (sql.take_symbol(','));
    return steps;
}

// SELECT 'x' WHERE NOT EXISTS (…)
Recognised from_select(DdlReader& sql, Table table, const std::vector<std::string>& columns, bool ignore) {
    const auto row = take_values(sql, columns);
    auto one = row ? inserted(sql.roles().tables, table, *row, ignore) : std::nullopt;
    if (!one) return opaque();
    if (!sql.take("WHERE")) return alone(std::move(*one));
    auto when = take_condition(sql, {});
    if (!when) return opaque();
    return alone({Branch{std::move(*when), {std::move(*one)}, {}}});
}

// Every INSERT that says ON CONFLICT DO NOTHING says it at its end.
void ignore_all(Deeds& steps) {
    for (Deed& one : steps) {
        if (auto* branch = std::get_if<Branch>(&one.what)) ignore_all(branch->then);
        if (auto* change = std::get_if<Do>(&one.what)) {
            change->if_needed = true;
            change->once = false;
        }
    }
}

// WHERE role = 'r' AND member = 'm', in any order.
std::optional<Row> take_where(DdlReader& sql) {
    Row row;
    if (!sql.take("WHERE")) return std::nullopt;
    do {
        auto column = sql.identifier();
        auto value = column && sql.take_symbol('=') ? sql.string() : std::nullopt;
        if (!value || !row.emplace(upper_ascii(*column), std::move(*value)).second) return std::nullopt;
    } while (sql.take("AND"));
    return sql.finished() ? std::optional(std::move(row)) : std::nullopt;
}

bool has_only(const Row& row, std::initializer_list<std::string_view> columns) {
    return std::ranges::all_of(row, [&](const auto& cell) {
        return std::ranges::find(columns, std::string_view(cell.first)) != columns.end();
    });
}

}  // namespace
}  // namespace rows

Recognised insert_rows(DdlReader& sql) {
    using namespace rows;
    const bool ignore = sql.take({"OR", "IGNORE"});
    if (!sql.take("INTO")) return opaque();
    const Table table = take_table(sql);
    const auto columns = table == Table::other ? std::nullopt : take_columns(sql);
    if (!columns) return opaque();
    Recognised steps;
    if (sql.take("VALUES"))
        steps = from_values(sql, table, *columns, ignore);
    else if (sql.take("SELECT"))
        steps = from_select(sql, table, *columns, ignore);
    if (steps && sql.take({"ON", "CONFLICT"})) {
        if (!sql.take({"DO", "NOTHING"}) && !(take_columns(sql) && sql.take({"DO", "NOTHING"}))) return opaque();
        ignore_all(*steps);
    }
    return steps && sql.finished() ? std::move(steps) : opaque();
}

Recognised delete_rows(DdlReader& sql) {
    using namespace rows;
    const RoleTables& tables = sql.roles().tables;
    if (!sql.take("FROM")) return opaque();
    const Table table = take_table(sql);
    if (table == Table::other) return opaque();
    const auto row = take_where(sql);
    if (!row) return opaque();
    if (table == Table::roles)
        return has_only(*row, {tables.name}) ? alone(step(DropRole{text(*row, tables.name)}, true)) : opaque();
    if (!has_only(*row, {tables.role, tables.member})) return opaque();
    return alone({RevokeAll{text(*row, tables.role), text(*row, tables.member)}});
}

// SET admin = 1 and the like, of one membership.
Recognised update_rows(DdlReader& sql) {
    using namespace rows;
    const RoleTables& tables = sql.roles().tables;
    if (take_table(sql) != Table::memberships || !sql.take("SET")) return opaque();
    Options options;
    do {
        auto column = sql.identifier();
        if (!column || !sql.take_symbol('=')) return opaque();
        const std::string name = upper_ascii(*column);
        const std::uint32_t bit = name == tables.admin ? option::admin : name == tables.inherit ? option::inherit : 0;
        const auto value = bit != 0 ? take_value(sql, name) : std::nullopt;
        if (!value) return opaque();
        options.stated |= bit;
        options.value = *value == "1" ? options.value | bit : options.value & ~bit;
    } while (sql.take_symbol(','));
    const auto row = take_where(sql);
    if (!row || row->size() != 2 || !has_only(*row, {tables.role, tables.member})) return opaque();
    return alone(step(AlterMembership{text(*row, tables.role), text(*row, tables.member), {}, options}, true));
}

}  // namespace roost
