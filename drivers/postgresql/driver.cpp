#include "db/jdbc.hpp"
#include "drivers/postgresql/parts.hpp"
#include "drivers/postgresql/role_rules.hpp"
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

// What no rollback takes back. Sequences are among it: their numbers are spent.
constexpr std::string_view reaching_outside[] = {"COPY",
                                                 "DBLINK*",
                                                 "HTTP_DELETE",
                                                 "HTTP_GET",
                                                 "HTTP_HEAD",
                                                 "HTTP_PATCH",
                                                 "HTTP_POST",
                                                 "HTTP_PUT",
                                                 "LO_EXPORT",
                                                 "LO_IMPORT",
                                                 "NEXTVAL",
                                                 "PG_ADVISORY_LOCK*",
                                                 "PG_BACKUP_START",
                                                 "PG_BACKUP_STOP",
                                                 "PG_CANCEL_BACKEND",
                                                 "PG_COPY_LOGICAL_REPLICATION_SLOT",
                                                 "PG_COPY_PHYSICAL_REPLICATION_SLOT",
                                                 "PG_CREATE_LOGICAL_REPLICATION_SLOT",
                                                 "PG_CREATE_PHYSICAL_REPLICATION_SLOT",
                                                 "PG_CREATE_RESTORE_POINT",
                                                 "PG_DROP_REPLICATION_SLOT",
                                                 "PG_FILE_*",
                                                 "PG_LOGICAL_EMIT_MESSAGE",
                                                 "PG_LOGICAL_SLOT_GET_*",
                                                 "PG_PROMOTE",
                                                 "PG_RELOAD_CONF",
                                                 "PG_REPLICATION_SLOT_ADVANCE",
                                                 "PG_ROTATE_LOGFILE",
                                                 "PG_STAT_RESET*",
                                                 "PG_STAT_STATEMENTS_RESET",
                                                 "PG_SWITCH_WAL",
                                                 "PG_TERMINATE_BACKEND",
                                                 "PG_TRY_ADVISORY_LOCK*",
                                                 "PG_WAL_REPLAY_*",
                                                 "SETVAL"};

// NULL where the server does not count. Of a table that is truncated it forgets what was counted before; such a table
// has another file since. Its row in pg_class is then by this transaction, or by one that began later.
constexpr std::string_view rows_written =
    "SELECT CASE WHEN pg_catalog.current_setting('track_counts') = 'on' AND NOT EXISTS (SELECT 1 FROM "
    "pg_catalog.pg_class c WHERE c.relkind IN ('r', 'm', 't') AND c.relfilenode <> c.oid AND c.xmin::text::bigint >= "
    "pg_catalog.txid_current() % 4294967296) THEN COALESCE(pg_catalog.sum(t.n_tup_ins + t.n_tup_upd + t.n_tup_del), "
    "0)::bigint END "
    "FROM pg_catalog.pg_stat_xact_all_tables t WHERE t.schemaname <> 'roost' AND (t.relname = 'pg_largeobject' OR "
    "NOT (pg_catalog.starts_with(t.schemaname::text, 'pg_') OR t.schemaname = 'information_schema'))";

// psql puts variables in place of :name and :'name', and takes what follows a backslash for a command.
constexpr std::string_view psql_signs[] = {":", "\\"};
constexpr ScriptForm script_form = {.client = "psql -X -d DATABASE -f FILE",
                                    .opening = "\\set ON_ERROR_STOP on",
                                    .session_back = sql::reset,
                                    .begin = "BEGIN",
                                    .commit = "COMMIT",
                                    .anywhere = psql_signs,
                                    .text_begin = "SELECT '",
                                    .text_end = "' \\gexec"};

// What they take away is not counted, nor what was counted of it before.
constexpr std::string_view uncounted[] = {"CALL", "DROP", "REFRESH", "TRUNCATE"};

// The mode of constraints goes back with the savepoint; that they hold is known by then.
constexpr std::string_view check_constraints =
    "SAVEPOINT roost_check; SET CONSTRAINTS ALL IMMEDIATE; "
    "ROLLBACK TO SAVEPOINT roost_check; RELEASE SAVEPOINT roost_check";

// A version's parts may have any length.
constexpr Rendering rendering = {
    .options = option::admin | option::inherit | option::set,
    .roles = sql::render_roles,
    .role = {"({role})"},
    .memberships = sql::render_memberships,
    .whole = {"({role}, {is_on})"},
    .listed = {"({role}, {member}, {admin}, {inherit}::boolean, {set}::boolean)"},
    .nobody = "(NULL, NULL, NULL::boolean, NULL::boolean, NULL::boolean)",
    .yes = "TRUE",
    .no = "FALSE",
    .reached = sql::render_reached,
    .part =
        "COALESCE(NULLIF(pg_catalog.split_part(pg_catalog.replace(h.version::text, '_', '.'), '.', {part}), ''), "
        "'0')::numeric",
    .ends_text = "$roost$"};

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
             .read_only = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
             .rehearsal = {.compared = "roles, memberships, rights, default rights, owners, row-security policies and "
                                       "settings of roles and of the database",
                           .check_constraints = check_constraints,
                           .rows_written = rows_written,
                           .uncounted = uncounted,
                           .reaching_outside = reaching_outside},
             .script_form = script_form,
             .split = {.nested_comments = true,
                       .dollar_quotes = true,
                       .escape_strings = true,
                       .copy_data = true,
                       .atomic_bodies = true,
                       .roles = role_rules},
             .folding = Folding::lower,
             .transaction_control = transaction_control,
             .outside_transaction = outside_transaction},
    .names = {canonical, quote, literal},
    .takes = takes,
    .with_property = jdbc::with_parameter,
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
