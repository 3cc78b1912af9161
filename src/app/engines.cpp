#include <algorithm>

#include "app/commands.hpp"
#include "odbc/connect.hpp"

namespace roost {

Report engines(const World&) {
    Report report{.command = "engines"};
    EnginesBody body;
    const auto installed = odbc::installed_drivers();
    for (const Driver* driver : drivers()) {
        const EngineInfo& info = driver->info;
        const bool reachable =
            info.odbc_driver.empty() || std::ranges::find(installed, info.odbc_driver) != installed.end();
        body.engines.push_back({.name = std::string(info.name),
                                .title = std::string(info.title),
                                .driver = std::string(info.odbc_driver),
                                .package = std::string(info.package),
                                .verified_on = std::string(info.verified_on),
                                .roles = std::string(info.roles),
                                .scope = info.role_scope == RoleScope::server ? "server" : "database",
                                .on_failure = info.transactional_role_ddl ? "rolled back" : "journaled",
                                .reachable = reachable});
    }
    report.body = std::move(body);
    return report;
}

}  // namespace roost
