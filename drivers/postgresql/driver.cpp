#include "drivers/postgresql/parts.hpp"
#include "postgresql_sql.hpp"

namespace roost::postgresql {
namespace {

constexpr std::string_view transaction_control[] = {
    "BEGIN", "START TRANSACTION", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE TRANSACTION"};

// Source: each statement's reference page, "cannot be executed inside a transaction block".
constexpr std::string_view outside_transaction[] = {"CREATE DATABASE",
                                                    "DROP DATABASE",
                                                    "CREATE TABLESPACE",
                                                    "DROP TABLESPACE",
                                                    "CREATE SUBSCRIPTION",
                                                    "DROP SUBSCRIPTION",
                                                    "ALTER SYSTEM",
                                                    "CREATE INDEX CONCURRENTLY",
                                                    "CREATE UNIQUE INDEX CONCURRENTLY",
                                                    "DROP INDEX CONCURRENTLY",
                                                    "REINDEX SCHEMA",
                                                    "REINDEX DATABASE",
                                                    "REINDEX SYSTEM",
                                                    "VACUUM",
                                                    "DISCARD ALL"};

}  // namespace

const Driver driver = {
    .info = {.name = "postgresql",
             .title = "PostgreSQL",
             .odbc_driver = "PostgreSQL Unicode",
             .package = "odbc-postgresql",
             .tls = "sslmode=verify-full in the url",
             .verified_on = "PostgreSQL 15 to 18 (real servers)",
             .roles = "native",
             .role_scope = RoleScope::server,
             .grants_users = true,
             .transactional_role_ddl = true,
             .ledger_prefix = "roost.",
             .name_bytes = 63,  // NAMEDATALEN - 1
             .pack_statements = 100,
             .pack_bytes = 1 << 20,
             .split = {.nested_comments = true,
                       .dollar_quotes = true,
                       .escape_strings = true,
                       .copy_data = true,
                       .atomic_bodies = true},
             .folding = Folding::lower,
             .transaction_control = transaction_control,
             .outside_transaction = outside_transaction},
    .names = {canonical, quote, literal},
    .takes = takes,
    .check = check,
    .connect = connect,
    .secrets = secrets,
    .sendable = sendable,
    .diagnose = diagnose,
    .facts = facts,
    .graph = graph,
    .is_member = is_member,
    .table_exists = table_exists,
    .history_query = sql::history,
    .ledger_ddl = sql::ledger,
    .ledger_is_safe = ledger_is_safe,
    .lock = lock,
    .write = write,
    .remember = remember,
    .reset = reset,
    .sample_database =
        "url = \"jdbc:postgresql://127.0.0.1:5432/payroll\"\n"
        "user = \"${env.ROOST_USER}\"\n"
        "password = \"${env.ROOST_PASSWORD}\"   # or password_file, or password_command = [\"program\", "
        "\"argument\"]\n",
    .sample_roles =
        "--\n-- DO $$ BEGIN CREATE ROLE hr NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END "
        "$$;\n"
        "-- GRANT SELECT ON payslip TO hr;\n",
    .grants = sql::grants,
};

}  // namespace roost::postgresql
