#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "drivers/oracle/parts.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

constexpr std::string_view schema_setting = "current_schema", role_setting = "role";

std::string_view name_of(std::string_view setting) { return setting.substr(0, setting.find(" = ")); }
std::string value_of(std::string_view setting) { return std::string(setting.substr(setting.find(" = ") + 3)); }

bool has(const SessionState& state, std::string_view setting) {
    return std::ranges::find(state.settings, setting) != state.settings.end();
}

bool same_roles(const SessionState& a, const SessionState& b) {
    const auto held = [&](const SessionState& state) {
        return [&](const std::string& setting) { return name_of(setting) != role_setting || has(state, setting); };
    };
    return std::ranges::all_of(a.settings, held(b)) && std::ranges::all_of(b.settings, held(a));
}

// SET ROLE names roles granted to the account itself, and brings those along that are granted to them.
Result<void> put_roles_back(Connection& connection, const SessionState& before) {
    const auto own = read(connection, sql::own_roles);
    if (!own) return fail(own.error());
    std::vector<std::string> roles;
    for (std::size_t i = 0; i < own->rows.size(); ++i)
        if (has(before, fmt::format("{} = {}", role_setting, own->text(i, 0)))) roles.push_back(quote(own->text(i, 0)));
    const auto set = connection.execute(roles.empty() ? std::string("SET ROLE NONE")
                                                      : fmt::format("SET ROLE {}", fmt::join(roles, ", ")));
    if (!set) return fail(set.error());
    return {};
}

// Setting one of these sets others along with it: date formats, currencies, how texts are sorted.
bool brings_others(std::string_view name) { return name == "NLS_LANGUAGE" || name == "NLS_TERRITORY"; }

Result<void> put_settings_back(Connection& connection, const SessionState& before, bool that_bring_others) {
    const auto now = remember(connection);
    if (!now) return fail(now.error());
    for (const std::string& setting : before.settings) {
        const std::string_view name = name_of(setting);
        if (name == role_setting || brings_others(name) != that_bring_others || has(*now, setting)) continue;
        const std::string value = value_of(setting);
        const auto set = connection.execute(name == schema_setting
                                                ? fmt::format("ALTER SESSION SET CURRENT_SCHEMA = {}", quote(value))
                                                : fmt::format("ALTER SESSION SET {} = {}", name, literal(value)));
        if (!set) return fail(set.error());
    }
    return {};
}

Result<void> put_back(Connection& connection, const SessionState& before, const SessionState& now) {
    if (auto done = put_settings_back(connection, before, true); !done) return done;
    if (auto done = put_settings_back(connection, before, false); !done) return done;
    return same_roles(before, now) ? Result<void>{} : put_roles_back(connection, before);
}

}  // namespace

// No transaction is ever left open here: ODBC commits each statement, and what would begin one by itself is refused.
Result<SessionState> remember(Connection& connection) {
    const auto rows = read(connection, sql::session);
    if (!rows) return fail(rows.error());
    SessionState state;
    for (std::size_t i = 0; i < rows->rows.size(); ++i)
        state.settings.push_back(fmt::format("{} = {}", rows->text(i, 0), rows->text(i, 1)));
    return state;
}

Result<void> reset(Connection& connection, const SessionState& before) {
    const auto found = remember(connection);
    if (!found) return fail(found.error());
    if (found->settings == before.settings) return {};
    if (auto done = put_back(connection, before, *found); !done) return done;
    const auto now = remember(connection);
    if (!now) return fail(now.error());
    return same_session(before, *now);
}

}  // namespace roost::oracle
