#include "drivers/example/parts.hpp"
#include "example_sql.hpp"

namespace roost::example {
namespace {

constexpr std::string_view transaction_control[] = {"START TRANSACTION", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"};

}  // namespace

const Driver driver = {
    .info = {.name = "example",
             .title = "the example",
             .odbc_driver = "Example",
             .package = "odbc-example",
             .verified_on = "nothing",
             .roles = "native",
             .role_scope = RoleScope::database,
             .transactional_role_ddl = false,
             .ledger_prefix = "roost.",
             .name_bytes = 128,
             .pack_statements = 100,
             .pack_bytes = 1 << 20,
             .rehearsal = {.why_not = "the example is no engine", .compared = "roles and memberships"},
             .split = {},
             .folding = Folding::upper,
             .transaction_control = transaction_control,
             .outside_transaction = {}},
    .names = {canonical, quote, literal},
    .takes = takes,
    .check = check,
    .connect = connect,
    .secrets = secrets,
    .sendable = [](std::string_view statement) { return Result<std::string>(std::string(statement)); },
    .diagnose = diagnose,
    .facts = facts,
    .graph = graph,
    .is_member = is_member,
    .find_table = find_table,
    .history_query = sql::history,
    .holdings_query = sql::holdings,
    .ledger_ddl = sql::ledger,
    .ledger_is_safe = ledger_is_safe,
    .lock = lock,
    .write = write,
    .remember = remember,
    .reset = reset,
    .sample_database = "url = \"jdbc:example:payroll\"\n",
    .sample_roles = "--\n-- CREATE ROLE hr;\n",
    .grants = sql::grants,
};

}  // namespace roost::example
