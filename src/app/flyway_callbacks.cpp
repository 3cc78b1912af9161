#include "app/flyway_callbacks.hpp"

namespace roost {
namespace {

constexpr std::string_view after_migrate_sh = R"script(#!/bin/sh
# Flyway runs this after each migrate; roost then settles who may use what. Where the database is, the account, the
# history table and the placeholders come from Flyway. Which environments/NAME.toml holds: ROOST_ENVIRONMENT, else
# Flyway's own environment. A failure makes `flyway migrate` fail. ROOST is the program, if it is not in the PATH.
exec "${ROOST:-roost}" -C "$(dirname -- "$0")" apply -e "${ROOST_ENVIRONMENT:-$FP__flyway_environment__}"
)script";

constexpr std::string_view after_migrate_error_sh = R"script(#!/bin/sh
# Flyway runs this where a migration has failed; roost then runs the afterMigrateError scripts of callbacks/, and ends
# with 3 when they ran. This script never fails: Flyway would keep its own account of the failure to itself, and ends
# with 1 anyhow.
"${ROOST:-roost}" -C "$(dirname -- "$0")" apply -e "${ROOST_ENVIRONMENT:-$FP__flyway_environment__}" \
    --event afterMigrateError
status=$?
if [ "$status" -ne 3 ]; then echo "roost: THE afterMigrateError SCRIPTS DID NOT DO THEIR WORK (exit status $status)" >&2; fi
exit 0
)script";

constexpr std::string_view after_migrate_ps1 =
    R"script(# Flyway runs this after each migrate; roost then settles who may use what. Where the database is, the account, the
# history table and the placeholders come from Flyway. Which environments/NAME.toml holds: ROOST_ENVIRONMENT, else
# Flyway's own environment. A failure makes `flyway migrate` fail. ROOST is the program, if it is not in the PATH.
$ErrorActionPreference = 'Stop'
$roost = if ($env:ROOST) { $env:ROOST } else { 'roost' }
$environment = if ($env:ROOST_ENVIRONMENT) { $env:ROOST_ENVIRONMENT } else { $env:FP__flyway_environment__ }
& $roost -C $PSScriptRoot apply -e $environment
if ($null -eq $LASTEXITCODE) { exit 1 }
exit $LASTEXITCODE
)script";

constexpr std::string_view after_migrate_error_ps1 =
    R"script(# Flyway runs this where a migration has failed; roost then runs the afterMigrateError scripts of callbacks/, and ends
# with 3 when they ran. This script never fails: Flyway would keep its own account of the failure to itself, and ends
# with 1 anyhow.
$roost = if ($env:ROOST) { $env:ROOST } else { 'roost' }
$environment = if ($env:ROOST_ENVIRONMENT) { $env:ROOST_ENVIRONMENT } else { $env:FP__flyway_environment__ }
& $roost -C $PSScriptRoot apply -e $environment --event afterMigrateError
if ($LASTEXITCODE -ne 3) { "roost: THE afterMigrateError SCRIPTS DID NOT DO THEIR WORK (exit status $LASTEXITCODE)" }
exit 0
)script";

}  // namespace

std::vector<CallbackScript> flyway_callbacks(bool powershell) {
    if (powershell)
        return {{"afterMigrate__roost.ps1", after_migrate_ps1},
                {"afterMigrateError__roost.ps1", after_migrate_error_ps1}};
    return {{"afterMigrate__roost.sh", after_migrate_sh}, {"afterMigrateError__roost.sh", after_migrate_error_sh}};
}

}  // namespace roost
