// What an engine is: one constant of small parts. The guide to adding one is drivers/README.md.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/change.hpp"
#include "core/error.hpp"
#include "core/graph.hpp"
#include "core/plan.hpp"
#include "core/recognise.hpp"
#include "core/script_form.hpp"
#include "core/secret.hpp"
#include "core/splitter.hpp"
#include "db/connection.hpp"

namespace roost {

enum class RoleScope : std::uint8_t { database, server };

// How a pack inside a transaction is undone alone.
struct Savepoint {
    std::string_view set = "SAVEPOINT roost_pack";
    std::string_view release = "RELEASE SAVEPOINT roost_pack";
    std::string_view back = "ROLLBACK TO SAVEPOINT roost_pack";
    bool apart = false;  // `release` is sent alone: what follows a failed statement of a pack runs nevertheless
};

// How scripts are tried in a transaction that is rolled back.
struct Rehearsal {
    std::string_view why_not = {};  // empty: they can be
    // What is compared after each script, in words: roles, memberships and what the holdings query tells.
    std::string_view compared = {};
    // Sent first in that transaction: so that a COMMIT which a procedure hides ends no more than it should.
    std::string_view begin = {};
    // Makes what is put off to the commit fail at once, and leaves it put off; empty: nothing is put off.
    std::string_view check_constraints = {};
    // A query for one number: the rows that this transaction has written so far. Empty: the engine does not say.
    std::string_view rows_written = {};
    // Words, in capitals, of statements whose rows that query does not count.
    std::span<const std::string_view> uncounted = {};
    // Words, in capitals, with which a statement reaches what no rollback takes back: "DBLINK_EXEC", "XP_CMDSHELL".
    std::span<const std::string_view> reaching_outside = {};
};

// Data: how the engine differs.
struct EngineInfo {
    std::string_view name;         // as in callbacks/<name>
    std::string_view title;        // for people
    std::string_view odbc_driver;  // the driver's registered name; empty: reached without ODBC
    std::string_view package;      // Debian's package of that driver; empty: there is none
    std::string_view tls = {};     // how an address asks for TLS that is verified: "sslmode=verify-full"
    std::string_view verified_on;  // what this engine's support was checked on: a real server, a stand-in, a model
    std::string_view roles;        // "native" or "emulated"
    RoleScope role_scope = RoleScope::database;
    bool grants_users = false;  // a user can have members, as a role
    // Whoever makes a role becomes a member of it, WITH ADMIN; of the accounts that run roost such rows are not in the
    // graph.
    bool makers_are_members = false;
    bool transactional_role_ddl = false;  // false: each statement commits, and the ledger is a journal
    std::string_view ledger_prefix;       // before every ledger table's name: "roost." or "roost_"
    // One ledger for all databases of the server: its tables `ledger` and `run` have a column database_name.
    bool ledger_is_shared = false;
    std::string_view one_row = {};  // what a SELECT without a table is from: "FROM DUAL"; empty: VALUES takes many rows
    std::string_view first_rows = "LIMIT {}";  // ends a query that wants that many rows alone
    // Replaces a user's list of default roles, where they are one; roost never sends it. Empty: there is no such list.
    std::string_view default_list = {};
    std::size_t name_bytes = 0;       // longest name, in bytes
    std::size_t pack_statements = 1;  // most statements sent at once; or journaled at once, where nothing rolls back
    std::size_t pack_bytes = 0;       // and bytes
    bool packs_scripts = true;        // false: a script's statements are batches, and are sent one by one
    Savepoint savepoint = {};
    // Asks how many transactions are open, between the batches of a script: 0 where one of them ended the run's, and
    // the next would stay. Empty: an error tells, or there is no such transaction.
    std::string_view transactions_open = {};
    // Words of statements that may run what stands elsewhere, a procedure or trigger: the line in an error is then not
    // known to be the script's. Empty: errors have no lines.
    std::span<const std::string_view> runs_others = {};
    // Makes the session one that cannot write, for commands that do not; empty: the engine has no such session.
    std::string_view read_only = {};
    Rehearsal rehearsal = {};
    ScriptForm script_form = {};
    SplitRules split;
    Folding folding = Folding::none;  // of names that a script does not quote
    std::span<const std::string_view>
        transaction_control;  // leading words that end or start a transaction: "COMMIT", "START TRANSACTION"
    std::span<const std::string_view>
        outside_transaction;  // leading words of statements that no transaction takes: "VACUUM"
};

// Where to connect, from [database] of the environment.
struct Target {
    Secret url = {};        // "jdbc:…", or empty
    Secret odbc = {};       // an ODBC connection string, or empty
    std::string user = {};  // empty: the URL's, or the server's default
    Secret password = {};
    std::chrono::milliseconds lock_wait{
        0};  // how long a statement waits for locks of other sessions; 0: the server's own
    std::string lock_database = "postgres";  // engines whose roles belong to the server
    std::string directory = {};              // the project's folder, for relative file names
    std::string application = {};            // shown in the server's list of sessions
};

// What the server says of itself and of us; read once after connecting.
struct ServerFacts {
    std::string version = {};      // "15.18"
    std::string account = {};      // canonical name of who we are; empty where there is nobody
    std::string database = {};     // its name
    std::string database_id = {};  // told apart from every copy: the ledger remembers it
    std::string schema = {};       // where an unqualified name goes
    // The connection is not encrypted, and leaves this machine as far as can be told. It does not where the host that
    // was asked for is this machine and the server sees the connection come from its own. That it is encrypted is the
    // server's word; where TLS was required of the host asked for, a proxy beside the server may have ended it.
    bool clear_text = false;
    std::uint32_t membership_options = 0;  // bits of option:: that a membership can hold here
    // A user has one default role at most, and it stays named after its revoke (MariaDB).
    bool one_default = false;
    bool sets_defaults = true;  // the account may name and clear the default role of other users
    // What lets an account comment on roles that may not; and grant them, unless own_grants_alone. Empty: it may.
    std::string lets_manage = {};
    // An account that is no superuser can take back only what was granted by it or by a role whose rights it has.
    bool own_grants_alone = false;
    std::vector<std::string> own_roles = {};  // canonical names that count as the account, itself included
    std::size_t most_roles = 0;  // how many roles one transaction may touch (a share of the lock table); 0: no limit
    // Why the graph is only a part of what is there, and what would let the account see all; empty: it is whole. Of a
    // part nothing is revoked.
    std::string unseen = {};
};

// How memberships are compared and changed here.
inline MembershipRules rules_of(const ServerFacts& facts) {
    return {facts.membership_options, facts.one_default, facts.unseen.empty(), facts.sets_defaults};
}

// The one barrier against injection: no name reaches SQL but through it.
struct Names {
    // As the engine's dictionary spells a name given in TOML; an error for one the engine cannot hold, or must not be
    // managed.
    Result<std::string> (*canonical)(std::string_view name);
    std::string (*quote)(std::string_view name);
    std::string (*literal)(std::string_view text);
    // As the dictionary spells a schema given in TOML; nullptr: as it is written.
    Result<std::string> (*schema)(std::string_view name) = nullptr;
    // As `canonical`, of a name that is to be a role's; nullptr: the same.
    Result<std::string> (*role)(std::string_view name) = nullptr;
    auto of_role() const { return role ? role : canonical; }
};

// What an error of the engine means.
enum class Fault : std::uint8_t {
    unknown,
    exists,
    missing,
    denied,
    circular,
    not_a_member,
    syntax,
    lock_timeout,
    cancelled,
    unreachable,
    login,
    connection_lost,
    conflict,
    out_of_locks,
    needs_no_transaction
};
struct Diagnosis {
    Fault fault = Fault::unknown;
    bool retry = false;       // the same run may succeed if started over
    std::string advice = {};  // what to do about it; may be empty
};

struct LockHolder {
    std::string who;    // account, actor and program as far as the engine tells
    std::string since;  // when it was taken, as the engine tells; may be empty
};
// A held lock. Destroying it releases it; the engine releases it too when this process dies.
class Lock {
public:
    virtual ~Lock() = default;
    // The connection that holds the lock, where there is one: it sees only what others have committed.
    virtual Connection* connection() = 0;
    // Asks whether it is still held: an error where it was lost, or where that cannot be found out. One round trip.
    virtual Result<void> held() = 0;
};
struct LockRequest {
    std::chrono::milliseconds wait{0};
    std::string holder = {};                 // who asks, and since when: shown to those who wait
    std::function<bool()> interrupted = {};  // whether to give up; asked before and while waiting. Empty: never
    // The connection that the run sends by, where what it sends may outlive a process that was killed: a driver may
    // take a second lock in it, so that the next run waits for that, too. It may be gone before the lock is. nullptr:
    // none.
    Connection* run = nullptr;
};

// A session as the run means it to be. `transaction` tells the open one from any other; empty: none was open.
struct SessionState {
    std::vector<std::string> settings;  // "search_path = public", in a fixed order
    std::string transaction;
};
Error transaction_ended();  // of a script that ended the run's transaction, or put another in its place
// An error that names what differs: settings that are still changed, or a transaction that is not the run's any more.
Result<void> same_session(const SessionState& before, const SessionState& now);

// A table or view, as the dictionary spells it.
struct TableName {
    std::string schema;  // empty: the connection's
    std::string name;
};

// The lock that Flyway holds while it migrates, as SQL: {table} stands for the quoted and qualified history table,
// {hash} for Java's hash code of that text. A query answers 1 where the lock was had; a statement that is none has it
// unless it fails with Fault::lock_timeout.
struct FlywayLock {
    std::string_view try_it = {};  // without waiting; empty: Flyway takes no lock on this engine
    std::string_view wait = {};    // a second at most: Ctrl-C is looked for in between
    std::string_view let_go = {};  // empty: it ends with its transaction
    std::string_view holder = {};  // who has it: account, program, since when; empty: the engine does not say
};

// How a connection is made: the driver's own way, or one that a test wraps.
using Opener = std::function<Result<std::unique_ptr<Connection>>(const Target& target)>;

// A list in the SQL of `Rendering`: one of its rows, and what stands between two.
struct RenderedRows {
    std::string_view row;
    std::string_view between = ",";
};
// What `render` writes: SQL that does in Flyway's hands what the declaration says. Holes are {in_braces}; in rows and
// `part`, too.
struct Rendering {
    std::uint32_t options = 0;     // bits of option:: that a membership can hold on the newest server
    std::string_view start = {};   // what scripts rely on; empty: nothing
    std::string_view roles;        // makes those of {roles} that are not there
    RenderedRows role;             // {role} as a text, {quoted} as a name
    std::string_view memberships;  // gives each role of {whole} the members of {listed}; {missing_is_error}: yes or no
    RenderedRows whole;            // {role}; {is_on}: yes, or what `reached` says
    RenderedRows listed;           // {role}, {member}; {admin}, {inherit}, {set}, {default_role}: yes, no or NULL
    std::string_view nobody;       // stands for a row of `listed` where there is none
    std::string_view yes = "1", no = "0";
    std::string_view reached;  // whether the migrations' table {history} has a version for which {at_least} holds
    std::string_view part;     // a number: part {part} of the version of `h`, {index} counts from 0
    std::string_view ends_text = {};  // what no name may hold: it would end the text around the SQL
};

struct Driver {
    EngineInfo info;
    Names names;

    // Whether this driver takes the URL ("jdbc:postgresql:…"), by its prefix alone.
    bool (*takes)(std::string_view url);
    // The URL with one more property of the JDBC driver. nullptr: none is taken.
    Result<std::string> (*with_property)(std::string_view url, std::string_view name, std::string_view value) = nullptr;
    // An error, kind usage, for a target that cannot be connected to, or only less safely than asked; nothing is sent.
    Result<void> (*check)(const Target& target);
    Result<std::unique_ptr<Connection>> (*connect)(const Target& target);
    // What of the target must never be shown: passwords, those inside url and odbc included.
    std::vector<Secret> (*secrets)(const Target& target);
    // A statement as the interface takes it (psqlodbc reads a bare ? as a parameter), or why it cannot be sent.
    Result<std::string> (*sendable)(std::string_view statement);

    Diagnosis (*diagnose)(const Error& error);

    // Catalogue: fixed numbers of queries.
    Result<ServerFacts> (*facts)(Connection& connection, const Target& target);
    Result<RoleGraph> (*graph)(Connection& connection, const ServerFacts& facts);
    // Whether `principal` has `role`, directly or by inheritance, asked of the database the engine's own way. Never
    // true for a superuser who is no member, nor for a role about itself.
    Result<bool> (*is_member)(Connection& connection, const ServerFacts& facts, std::string_view role,
                              std::string_view principal);
    // nullopt: there is none. `schema` empty: where an unqualified name is looked for.
    Result<std::optional<TableName>> (*find_table)(Connection& connection, std::string_view schema,
                                                   std::string_view table);
    FlywayLock flyway_lock = {};
    std::string_view history_query;  // of flyway_schema_history; {table} stands for the quoted, qualified name
    // Rights, owners, settings and definitions, in the columns of core/holdings.hpp; what roost itself keeps is left
    // out. Empty: not written yet for this engine.
    std::string_view holdings_query = {};
    // Makes the ledger's tables: a script, sent statement by statement. What exists already (Fault::exists) is passed
    // over. `ledger` comes last: where it is there, all are. A shared ledger has a column database_name in `ledger`,
    // its key, and in `run`.
    std::string_view ledger_ddl;

    // Whether the ledger may be trusted, asked before it is read: an error of kind refused where its schema or a table
    // in it belongs to somebody who is neither the account, nor a role that it is a member of (superusers too: by
    // memberships alone), nor a superuser. Where there is no ledger, or nobody owns anything: fine.
    Result<void> (*ledger_is_safe)(Connection& connection);

    // Locks. An error of kind refused says that another holds it, by whom and since when; one of kind interrupted, that
    // `interrupted` said so: where waiting is a statement, cancel() on the connection that `open` made ends it, and
    // `interrupted` is asked after that. `open` makes further connections.
    Result<std::unique_ptr<Lock>> (*lock)(const Target& target, const LockRequest& request, const Opener& open);

    // Writer: what the changes read as. Statements are in the order of the changes.
    std::vector<Statement> (*write)(std::span<const Change> changes, const ServerFacts& facts);
    Rendering rendering = {};  // without `roles`: not written yet for this engine

    // Session: `remember` is called once the connection stands and again after each begin, before any script. `reset`
    // puts back what a script may have changed (role, schema, settings, temporary tables), and checks that it is back
    // and that the run's transaction is still the same one; the error says what was left changed. A transaction that a
    // script began and left open is rolled back, and an error: what it did would be lost without a word.
    Result<SessionState> (*remember)(Connection& connection);
    Result<void> (*reset)(Connection& connection, const SessionState& before);

    // For `init`: the lines of [database] of a new project, and what the account needs, as SQL with comments.
    std::string_view sample_database;
    std::string_view sample_roles;  // more of the first role script's comment
    std::string_view grants;
};

// Every engine of this build, in the order of their names.
std::span<const Driver* const> drivers();
const Driver* driver_named(std::string_view name);
std::vector<std::string> engine_names();  // of drivers(), in their order
std::string_view embedded_engine();       // the one that needs no server: what `init` lays out by default

// A pack: statements that are sent in one go.
struct Pack {
    std::string sql;
    std::span<const Statement> statements;
};
std::vector<Pack> packs(std::span<const Statement> statements, const EngineInfo& info);

}  // namespace roost
