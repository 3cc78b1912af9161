#include "core/clients.hpp"
#include "drivers/sqlserver/parts.hpp"
#include "drivers/sqlserver/role_rules.hpp"
#include "sqlserver_sql.hpp"

namespace roost::sqlserver {
namespace {

constexpr std::string_view transaction_control[] = {
    "BEGIN TRAN", "BEGIN TRANSACTION", "BEGIN DISTRIBUTED", "COMMIT",
    "ROLLBACK",   "SAVE TRAN",         "SAVE TRANSACTION",  "SET IMPLICIT_TRANSACTIONS"};

// Source: "BEGIN TRANSACTION", "Explicit transactions": statements that none takes.
constexpr std::string_view outside_transaction[] = {"CREATE DATABASE", "ALTER DATABASE", "DROP DATABASE",
                                                    "BACKUP",          "RESTORE",        "RECONFIGURE",
                                                    "CREATE FULLTEXT", "ALTER FULLTEXT", "DROP FULLTEXT"};

// FreeTDS gives an error's line, but not the procedure or trigger that it counts in.
constexpr std::string_view runs_others[] = {"EXEC", "EXECUTE", "INSERT", "UPDATE", "DELETE", "MERGE"};

// Packs of roost's own statements run without XACT_ABORT, which would take the whole run back at their first error: so
// the pack alone is taken back, and the statement found. A failed statement does not end its batch then.
constexpr Savepoint savepoint = {.set = "SET XACT_ABORT OFF; SAVE TRANSACTION roost_pack",
                                 .release = "SET XACT_ABORT ON",
                                 .back = "ROLLBACK TRANSACTION roost_pack",
                                 .apart = true};

// What no rollback takes back. AT is that of EXEC … AT a linked server.
constexpr std::string_view reaching_outside[] = {"AT",
                                                 "BULK",
                                                 "COMMIT",
                                                 "DBCC",
                                                 "KILL",
                                                 "OPENDATASOURCE",
                                                 "OPENQUERY",
                                                 "OPENROWSET",
                                                 "SHUTDOWN",
                                                 "SP_ADDLINKEDSERVER",
                                                 "SP_CONFIGURE",
                                                 "SP_OA*",
                                                 "SP_SEND_DBMAIL",
                                                 "SP_SEQUENCE_GET_RANGE",
                                                 "SP_START_JOB",
                                                 "XP_*"};

// sqlcmd looks at each line by itself, in strings and names as well. -x: it leaves $(name) alone.
constexpr std::string_view line_starts[] = {"go", ":", "!!", "exit", "quit", "ed", "reset"};
constexpr ScriptForm script_form = {.client = "sqlcmd -b -x -I -S SERVER -d DATABASE -i FILE",
                                    .opening = ":on error exit",
                                    .session_begin = sql::start,
                                    .session_back = sql::start,
                                    .begin = "BEGIN TRANSACTION",
                                    .commit = "COMMIT TRANSACTION",
                                    .end = "\nGO",
                                    .line_starts = line_starts,
                                    .text_begin = "DECLARE @roost nvarchar(max) = CONVERT(nvarchar(max), N'') + N'",
                                    .text_line = "' + NCHAR({}) +\nN'",
                                    .text_end = "'\nEXEC sys.sp_executesql @roost\nGO",
                                    .has_marks = false};

constexpr Rendering rendering = {
    .roles = sql::render_roles,
    .role = {"IF NOT EXISTS (SELECT 1 FROM sys.database_principals p WHERE p.name = {role} AND p.type = N'R') CREATE "
             "ROLE {quoted};",
             ""},
    .memberships = sql::render_memberships,
    .whole = {"({role}, {is_on})"},
    .listed = {"({role}, {member})"},
    .nobody = "(CAST(NULL AS nvarchar(128)), CAST(NULL AS nvarchar(128)))",
    .reached = sql::render_reached,
    .part = R"(CAST(COALESCE(JSON_VALUE(N'["' + REPLACE(REPLACE(h.version, N'_', N'.'), N'.', N'","') + N'"]', )"
            R"(N'$[{index}]'), N'0') AS decimal(38)))"};

}  // namespace

const Driver driver = {
    .info = {.name = "sqlserver",
             .title = "SQL Server",
             .odbc_driver = "FreeTDS",
             .package = "tdsodbc",
             .tls = "encrypt=true in the url",
             .verified_on = "a model of SQL Server",
             .roles = "native",
             .role_scope = RoleScope::database,
             .transactional_role_ddl = true,
             .ledger_prefix = "roost.",
             .first_rows = "OFFSET 0 ROWS FETCH NEXT {} ROWS ONLY",
             .name_bytes = 128 * 3,  // of UTF-8; 128 characters
             .pack_statements = 100,
             .pack_bytes = 1 << 20,
             .packs_scripts = false,
             .savepoint = savepoint,
             .transactions_open = "SELECT @@TRANCOUNT",
             .runs_others = runs_others,
             .rehearsal = {.compared = "roles, memberships, rights and owners",
                           .begin = "BEGIN TRANSACTION",
                           .reaching_outside = reaching_outside},
             .script_form = script_form,
             .split = {.nested_comments = true,
                       .national_strings = true,
                       .bracket_names = true,
                       .doubled_brackets = true,
                       .in_names = "@#",
                       .batches = true,
                       .client_lines = clients::sqlcmd,
                       .variables = VariableStyle::dollar,
                       .roles = role_rules},
             .transaction_control = transaction_control,
             .outside_transaction = outside_transaction},
    .names = {canonical, quote, literal},
    .takes = takes,
    .with_property = with_property,
    .check = check,
    .connect = connect,
    .secrets = secrets,
    .sendable = sendable,
    .diagnose = diagnose,
    .facts = facts,
    .graph = graph,
    .is_member = is_member,
    .find_table = find_table,
    .flyway_lock = {sql::flyway_lock_try, sql::flyway_lock_wait, sql::flyway_unlock, sql::flyway_lock_holder},
    .history_query = sql::history,
    .holdings_query = sql::holdings,
    .ledger_ddl = sql::ledger,
    .ledger_is_safe = ledger_is_safe,
    .lock = lock,
    .write = write,
    .rendering = rendering,
    .remember = remember,
    .reset = reset,
    .sample_database =
        "# The server's certificate is checked; where it has none that this machine trusts, add "
        "trustServerCertificate=true\n"
        "url = \"jdbc:sqlserver://127.0.0.1:1433;databaseName=payroll\"\n"
        "user = \"${env.ROOST_USER}\"\n"
        "password = \"${env.ROOST_PASSWORD}\"   # or password_file, or password_command = [\"program\", "
        "\"argument\"]\n",
    .sample_roles =
        "--\n-- IF DATABASE_PRINCIPAL_ID(N'hr') IS NULL CREATE ROLE [hr];\n"
        "-- GO\n"
        "-- GRANT SELECT ON dbo.payslip TO [hr];\n",
    .grants = sql::grants,
};

}  // namespace roost::sqlserver
