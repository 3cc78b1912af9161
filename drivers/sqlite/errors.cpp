#include <algorithm>

#include "drivers/sqlite/parts.hpp"

namespace roost::sqlite {
namespace {

// By result code, and by text where one code means many things. Source: sqlite.org/rescode.html; the texts of triggers
// are ours.
struct KnownError {
    int native;              // extended or primary code; 0: any
    std::string_view holds;  // text that the message must hold too; empty: any
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr KnownError known_errors[] = {
    {0, "roost: no such role", Fault::missing, false,
     "create it first: INSERT OR IGNORE INTO roost_role (name) VALUES ('…')"},
    {0, "roost: no such member", Fault::missing, false,
     "create it first: INSERT OR IGNORE INTO roost_role (name, login) VALUES ('…', 1)"},
    {0, "roost: circular membership", Fault::circular, false,
     "a role cannot be a member of itself, directly or through others"},
    {0, "from within a transaction", Fault::needs_no_transaction, false,
     "put it into a script of its own with `-- roost: transaction = off`"},
    {0, "within transaction", Fault::needs_no_transaction, false,
     "put it into a script of its own with `-- roost: transaction = off`"},
    {1, "no such", Fault::missing, false, "create it first, in a migration"},
    {1, "already exists", Fault::exists, false, "write CREATE … IF NOT EXISTS"},
    {1, "syntax error", Fault::syntax, false, ""},
    {1, "incomplete input", Fault::syntax, false, ""},
    {1, "unrecognized token", Fault::syntax, false, ""},
    {1555, "", Fault::exists, false, "write INSERT OR IGNORE"},                          // SQLITE_CONSTRAINT_PRIMARYKEY
    {2067, "", Fault::exists, false, "write INSERT OR IGNORE"},                          // SQLITE_CONSTRAINT_UNIQUE
    {517, "", Fault::conflict, true, "another connection wrote in between: run again"},  // SQLITE_BUSY_SNAPSHOT
    {3, "", Fault::denied, false, "the account of this process may not write the file"},
    {5, "", Fault::lock_timeout, true, "another connection is writing to the file: run again"},
    {6, "", Fault::lock_timeout, true, "another statement of this connection is still open: run again"},
    {8, "", Fault::denied, false, "let the account of this process write the file and its folder"},
    {9, "", Fault::cancelled, false, ""},
    {14, "", Fault::unreachable, false, "check that the file and its folder are there, and may be read and written"},
    {23, "", Fault::denied, false, ""},  // SQLITE_AUTH
    {26, "", Fault::unreachable, false, "the file is no SQLite database, or it is encrypted"},
};

}  // namespace

Diagnosis diagnose(const Error& error) {
    const int primary = error.native & 0xFF;  // the rest says more closely what happened
    const auto fits = [&](const KnownError& known) {
        const bool code = known.native == 0 || known.native == error.native || known.native == primary;
        return code && (known.holds.empty() || error.message.contains(known.holds));
    };
    const auto* found = std::ranges::find_if(known_errors, fits);
    if (found == std::end(known_errors)) return {};
    return {found->fault, found->retry, std::string(found->advice)};
}

}  // namespace roost::sqlite
