#include "drivers/sqlite/parts.hpp"
#include "drivers/sqlite/role_rules.hpp"
#include "sqlite_sql.hpp"

namespace roost::sqlite {
namespace {

constexpr std::string_view transaction_control[] = {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"};
constexpr std::string_view outside_transaction[] = {"VACUUM", "ATTACH", "DETACH"};

// What no rollback takes back.
constexpr std::string_view reaching_outside[] = {"ATTACH", "DETACH", "EDIT", "LOAD_EXTENSION", "WRITEFILE"};

// The tables of roles alone: a script writes no ledger.
constexpr std::string_view role_tables =
    std::string_view(sql::ledger).substr(0, std::string_view(sql::ledger).find("-- One row:"));
static_assert(role_tables.contains("CREATE TABLE IF NOT EXISTS roost_role_member"));
constexpr ScriptForm script_form = {.client = "sqlite3 -batch DATABASE < FILE",
                                    .opening = ".bail on",
                                    .session_back =
                                        "PRAGMA query_only = 0;\nPRAGMA ignore_check_constraints = 0;\n"
                                        "PRAGMA recursive_triggers = 0;\nPRAGMA case_sensitive_like = 0",
                                    .tables = role_tables,
                                    .begin = "BEGIN IMMEDIATE",
                                    .commit = "COMMIT"};

constexpr Rendering rendering = {
    .options = option::admin | option::inherit,
    .start = role_tables,
    .roles = sql::render_roles,
    .role = {"({role})"},
    .memberships = sql::render_memberships,
    .whole = {"({role}, {is_on})"},
    .listed = {"({role}, {member}, {admin}, {inherit})"},
    .nobody = "(NULL, NULL, NULL, NULL)",
    .reached = sql::render_reached,
    .part = R"(CAST(COALESCE(json_extract('["' || replace(replace(h.version, '_', '.'), '.', '","') || '"]', )"
            R"('$[{index}]'), '0') AS INTEGER))"};

}  // namespace

const Driver driver = {
    .info = {.name = "sqlite",
             .title = "SQLite",
             .odbc_driver = {},
             .package = {},
             .verified_on = "SQLite 3.40 (real library)",
             .roles = "emulated",
             .role_scope = RoleScope::database,
             .grants_users = true,
             .transactional_role_ddl = true,
             .ledger_prefix = "roost_",
             .name_bytes = 255,
             .pack_statements = 1,
             .pack_bytes = 1 << 20,
             .read_only = "PRAGMA query_only = ON",
             // Foreign keys are off, so that none is put off to the commit. total_changes() counts roles' rows as well.
             .rehearsal = {.compared = "roles, memberships and the SQL of every object",
                           .reaching_outside = reaching_outside},
             .script_form = script_form,
             .split = {.bracket_names = true, .backtick_names = true, .trigger_bodies = true, .roles = role_rules},
             .transaction_control = transaction_control,
             .outside_transaction = outside_transaction},
    .names = {canonical, quote, literal},
    .takes = takes,
    .check = check,
    .connect = connect,
    .secrets = [](const Target&) { return std::vector<Secret>{}; },
    .sendable = [](std::string_view statement) { return Result<std::string>(std::string(statement)); },
    .diagnose = diagnose,
    .facts = facts,
    .graph = graph,
    .is_member = is_member,
    .find_table = find_table,
    .history_query = sql::history,
    .holdings_query = sql::holdings,
    .ledger_ddl = sql::ledger,
    .ledger_is_safe = [](Connection&) { return Result<void>(); },
    .lock = lock,
    .write = write,
    .rendering = rendering,
    .remember = remember,
    .reset = reset,
    .sample_database = "url = \"jdbc:sqlite:payroll.db\"   # from the project's folder; the file must exist\n",
    .sample_roles =
        "--\n-- SQLite has no users: they are rows of roost_role that may log in, made here. The next line allows it "
        "for alice.\n"
        "-- (take one pair of dashes away)\n"
        "-- -- roost: touches = alice\n"
        "-- INSERT OR IGNORE INTO roost_role (name, login) VALUES ('alice', 1);\n",
    .grants = sql::grants,
};

}  // namespace roost::sqlite
