#include "core/clients.hpp"
#include "drivers/oracle/parts.hpp"
#include "drivers/oracle/role_rules.hpp"
#include "oracle_sql.hpp"

namespace roost::oracle {
namespace {

// ODBC commits each statement by itself, so that COMMIT does no harm, and these would not do what they say.
constexpr std::string_view transaction_control[] = {"ROLLBACK", "SAVEPOINT", "SET TRANSACTION"};

// SQL*Plus: a line that begins so ends the statement or is a command; one that ends so ends or continues it.
constexpr std::string_view line_starts[] = {"/", ".", "@", "#", "!"};
constexpr std::string_view line_ends[] = {";", "-"};
constexpr ScriptForm script_form = {.client = "sqlplus -L USER@DATABASE @FILE",
                                    .opening = "WHENEVER SQLERROR EXIT FAILURE\nSET DEFINE OFF SQLBLANKLINES ON",
                                    .block_end = "\n/",
                                    .line_starts = line_starts,
                                    .line_ends = line_ends,
                                    .text_begin = "BEGIN\nEXECUTE IMMEDIATE '",
                                    .text_line = "' || CHR({}) ||\n'",
                                    .text_end = "';\nEND;\n/",
                                    .has_marks = false};

constexpr Rendering rendering = {.options = option::admin | option::default_role,
                                 .roles = sql::render_roles,
                                 .role = {"SELECT {role} AS role FROM DUAL", " UNION ALL"},
                                 .memberships = sql::render_memberships,
                                 .whole = {"SELECT {role}, {is_on} FROM DUAL", " UNION ALL"},
                                 .listed = {"SELECT {role}, {member}, {admin} FROM DUAL", " UNION ALL"},
                                 .nobody = "SELECT NULL, NULL, NULL FROM DUAL",
                                 .reached = sql::render_reached,
                                 .part = "TO_NUMBER(COALESCE(REGEXP_SUBSTR(h.\"version\", '[^._]+', 1, {part}), '0'))"};

}  // namespace

const Driver driver{
    .info = {.name = "oracle",
             .title = "Oracle",
             .odbc_driver = "Oracle 23 ODBC driver",
             .package = "",  // Oracle's own: Instant Client
             .tls = "an address of tcps",
             .verified_on = "a stand-in (MariaDB 10.11 with sql_mode=ORACLE) and a model; no Oracle server",
             .roles = "native",
             .role_scope = RoleScope::database,
             .makers_are_members = true,
             .transactional_role_ddl = false,
             .ledger_prefix = "roost.",
             .one_row = "FROM DUAL",
             .first_rows = "OFFSET 0 ROWS FETCH NEXT {} ROWS ONLY",
             .default_list = "ALTER USER {} DEFAULT ROLE {}",
             .name_bytes = 128,
             .pack_statements = 100,
             .pack_bytes = 1 << 20,
             // A transaction can be read-only there, a session cannot.
             .rehearsal = {.why_not = "every statement about roles commits on Oracle, and cannot be taken back: "
                                      "`roost apply --prove` runs the scripts twice for real, and compares",
                           .compared = "roles, memberships, rights and owners"},
             .script_form = script_form,
             .split = {.national_strings = true,
                       .alternative_quotes = true,
                       .in_names = "#",
                       .slash_blocks = true,
                       .client_lines = clients::sqlplus,
                       .dash_continues = true,
                       .variables = VariableStyle::ampersand,
                       .roles = role_rules},
             .folding = Folding::upper,
             .transaction_control = transaction_control,
             .outside_transaction = {}},
    .names = {.canonical = canonical, .quote = quote, .literal = literal, .schema = schema},
    .takes = takes,
    .check = check,
    .connect = connect,
    .secrets = secrets,
    .sendable = sendable,
    .diagnose = diagnose,
    .facts = facts,
    .graph = graph,
    .is_member = is_member,
    .find_table = find_table,
    .flyway_lock = {sql::flyway_lock_try, sql::flyway_lock_wait},
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
        "url = \"jdbc:oracle:thin:@//127.0.0.1:1521/payroll\"   # the service of a pluggable database\n"
        "user = \"${env.ROOST_USER}\"\n"
        "password = \"${env.ROOST_PASSWORD}\"   # or password_file, or password_command = [\"program\", "
        "\"argument\"]\n"
        "\n[migrations]\nschema = \"PAYROLL\"              # whose schema the migrations' history is in\n",
    .sample_roles =
        "--\n-- BEGIN\n--     EXECUTE IMMEDIATE 'CREATE ROLE hr';\n-- EXCEPTION WHEN OTHERS THEN\n"
        "--     IF SQLCODE <> -1921 THEN RAISE; END IF;\n-- END;\n-- /\n-- GRANT SELECT ON payslip TO hr;\n",
    .grants = sql::grants,
};

}  // namespace roost::oracle
