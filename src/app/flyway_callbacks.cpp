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
# Flyway runs this where a migration has failed; roost then runs the afterMigrateError scripts of callbacks/. When they ran,
# it ends with 3: that says what Flyway says better, and Flyway says it only where this script does not fail.
"${ROOST:-roost}" -C "$(dirname -- "$0")" apply -e "${ROOST_ENVIRONMENT:-$FP__flyway_environment__}" \
    --event afterMigrateError
status=$?
if [ "$status" -eq 3 ];
then exit 0; fi
exit "$status"
)script";

constexpr std::string_view after_migrate_ps1 =
    R"script(# Flyway runs this after each migrate; roost then settles who may use what. Where the database is, the account, the
# history table and the placeholders come from Flyway. Which environments/NAME.toml holds: ROOST_ENVIRONMENT, else
# Flyway's own environment. A failure makes `flyway migrate` fail. ROOST is the program, if it is not in the PATH.
$roost = if ($env:ROOST) { $env:ROOST } else { 'roost' }
$environment = if ($env:ROOST_ENVIRONMENT) { $env:ROOST_ENVIRONMENT } else { $env:FP__flyway_environment__ }
& $roost -C $PSScriptRoot apply -e $environment
exit $LASTEXITCODE
)script";

constexpr std::string_view after_migrate_error_ps1 =
    R"script(# Flyway runs this where a migration has failed; roost then runs the afterMigrateError scripts of callbacks/. When they ran,
# it ends with 3: that says what Flyway says better, and Flyway says it only where this script does not fail.
$roost = if ($env:ROOST) { $env:ROOST } else { 'roost' }
$environment = if ($env:ROOST_ENVIRONMENT) { $env:ROOST_ENVIRONMENT } else { $env:FP__flyway_environment__ }
& $roost -C $PSScriptRoot apply -e $environment --event afterMigrateError
if ($LASTEXITCODE -eq 3) { exit 0 }
exit $LASTEXITCODE
)script";

}  // namespace

std::vector<CallbackScript> flyway_callbacks(bool powershell) {
    if (powershell)
        return {{"afterMigrate__roost.ps1", after_migrate_ps1},
                {"afterMigrateError__roost.ps1", after_migrate_error_ps1}};
    return {{"afterMigrate__roost.sh", after_migrate_sh}, {"afterMigrateError__roost.sh", after_migrate_error_sh}};
}

}  // namespace roost
