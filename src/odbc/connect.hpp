// Connections through the unixODBC driver manager.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/secret.hpp"
#include "db/connection.hpp"

namespace roost::odbc {

struct Settings {
    Secret connection_string;  // "Driver={…};…", password included; db/attributes.hpp must be able to read it
    bool manual_commit_aborts =
        false;  // after an error only rollback is accepted (PostgreSQL): any success takes it back
};

// Connects. A missing driver's error names the Debian package that has it, where `package` is given.
Result<std::unique_ptr<Connection>> connect(const Settings& settings, std::string_view package = {});

// The drivers that odbcinst.ini registers, by name; for `roost engines`.
std::vector<std::string> installed_drivers();

}  // namespace roost::odbc
