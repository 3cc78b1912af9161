#include "core/clients.hpp"
#include "db/jdbc.hpp"
#include "drivers/mariadb/parts.hpp"
#include "drivers/mariadb/role_rules.hpp"
#include "mariadb_sql.hpp"

namespace roost::mariadb {

namespace {

// The client takes the word for its command wherever it stands.
constexpr std::string_view client_words[] = {"delimiter "};
constexpr ScriptForm script_form = {
    .client = "mariadb --binary-mode --comments --default-character-set=utf8mb4 DATABASE < FILE",
    .session_begin =
        "SET @roost_sql_mode = @@sql_mode, @roost_foreign_key_checks = @@foreign_key_checks, "
        "@roost_unique_checks = @@unique_checks, @roost_autocommit = @@autocommit, "
        "@roost_time_zone = @@time_zone, @roost_collation = @@collation_connection",
    .session_back =
        "SET SESSION sql_mode = @roost_sql_mode, SESSION foreign_key_checks = @roost_foreign_key_checks, "
        "SESSION unique_checks = @roost_unique_checks, SESSION autocommit = @roost_autocommit, "
        "SESSION time_zone = @roost_time_zone, SESSION collation_connection = @roost_collation;\n"
        "SET ROLE NONE;\nUNLOCK TABLES",
    .block_begin = "DELIMITER ${tag}$\n",
    .block_end = "\n${tag}$\nDELIMITER ;",
    .anywhere = client_words,
    .has_marks = false};

constexpr Rendering rendering = {
    .options = option::admin | option::default_role,
    .roles = sql::render_roles,
    .role = {"({role})"},
    .memberships = sql::render_memberships,
    .whole = {"SELECT {role}, {is_on}", " UNION ALL"},  // no subquery in VALUES: old 10.5 was not tried
    .listed = {"({role}, {member}, {admin}, {default_role})"},
    .nobody = "(NULL, NULL, NULL, NULL)",
    .reached = sql::render_reached,
    .part =
        "CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(CONCAT(REPLACE(h.version, '_', '.'), REPEAT('.0', {part})), '.', "
        "{part}), '.', -1) AS DECIMAL(65))"};

}  // namespace

// A script's transactions are its own business: nothing of the run's is open while it runs, and reset() finds one that
// it left open.
const Driver driver = {
    .info = {.name = "mariadb",
             .title = "MariaDB",
             .odbc_driver = "MariaDB Unicode",
             .package = "odbc-mariadb",
             .tls = "sslMode=verify-full and serverSslCert in the url",
             .verified_on = "MariaDB 10.11 (real server)",
             .roles = "native",
             .role_scope = RoleScope::server,
             .makers_are_members = true,
             .transactional_role_ddl = false,
             .ledger_prefix = "roost.",
             .ledger_is_shared = true,
             .name_bytes = 384,  // 128 characters of utf8mb3
             .pack_statements = 100,
             .pack_bytes = 1 << 20,
             .read_only = "SET SESSION TRANSACTION READ ONLY",
             .rehearsal = {.why_not = "every statement about roles commits on MariaDB, and cannot be taken back: "
                                      "`roost apply --prove` runs the scripts twice for real, and compares",
                           .compared = "roles, memberships, rights and owners"},
             .script_form = script_form,
             .split = {.hash_comments = true,
                       .dash_needs_blank = true,
                       .executed_comments = true,
                       .backslash_escapes = true,
                       .national_strings = true,
                       .quotes_are_strings = true,
                       .backtick_names = true,
                       .compound_bodies = true,
                       .client_lines = clients::mariadb,
                       .backslash_commands = true,
                       .roles = role_rules},
             .folding = Folding::none,
             .transaction_control = {},
             .outside_transaction = {}},
    .names = {.canonical = canonical, .quote = quote, .literal = literal, .role = canonical_role},
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
    // Tables have no owner here: whoever may write there was granted it.
    .ledger_is_safe = [](Connection&) { return Result<void>(); },
    .lock = lock,
    .write = write,
    .rendering = rendering,
    .remember = remember,
    .reset = reset,
    .sample_database =
        "url = \"jdbc:mariadb://127.0.0.1:3306/payroll\"\n"
        "user = \"${env.ROOST_USER}\"\n"
        "password = \"${env.ROOST_PASSWORD}\"   # or password_file, or password_command = [\"program\", "
        "\"argument\"]\n",
    .sample_roles =
        "--\n-- CREATE ROLE IF NOT EXISTS hr;\n"
        "-- GRANT SELECT ON payslip TO hr;\n",
    .grants = sql::grants,
};

}  // namespace roost::mariadb
