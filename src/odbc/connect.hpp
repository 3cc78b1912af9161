// Connections through the unixODBC driver manager.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/secret.hpp"
#include "db/connection.hpp"

namespace roost::odbc {

struct TransactionSql {
    std::string_view begin = {};
    std::string_view commit = {};
    std::string_view rollback = {};  // takes none for granted: an error may have ended it
};

struct Settings {
    Secret connection_string;  // "Driver={…};…", password included; db/attributes.hpp must be able to read it
    bool manual_commit_aborts =
        false;  // after an error only rollback is accepted (PostgreSQL): any success takes it back
    // How a transaction begins and ends; empty: by SQL_ATTR_AUTOCOMMIT and SQLEndTran. Stated where drivers differ in
    // what these mean: Microsoft's turns IMPLICIT_TRANSACTIONS on, and ALTER ROLE begins none.
    TransactionSql transaction = {};
    // An error is told by its number: SQLSTATE 42000 and the like, which FreeTDS gives for most of them, is dropped.
    bool numbered = false;
    // Errors say which line of what was sent they are about: SQL_DIAG_SS_LINE, of Microsoft's driver and FreeTDS.
    bool lines = false;
    // The longest text that is bound as a varchar, in UTF-16 units; longer ones are bound as long texts.
    std::size_t longest_varchar = 4000;  // SQL Server's nvarchar
};

// Connects. A missing driver's error names the Debian package that has it, where `package` is given.
Result<std::unique_ptr<Connection>> connect(const Settings& settings, std::string_view package = {});

// The drivers that odbcinst.ini registers, by name; for `roost engines`.
std::vector<std::string> installed_drivers();

}  // namespace roost::odbc
