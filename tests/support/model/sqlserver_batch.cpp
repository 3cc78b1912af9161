// Control flow of Transact-SQL, and what an error does to the rest.
#include "sqlserver_batch.hpp"

#include <algorithm>

#include "text.hpp"

namespace model {
namespace {

bool is_starter(const Token& token) {
    return any_of(token, {"SELECT",    "INSERT", "UPDATE",  "DELETE",   "MERGE",    "CREATE",   "ALTER", "DROP",
                          "GRANT",     "REVOKE", "DENY",    "TRUNCATE", "EXEC",     "EXECUTE",  "IF",    "ELSE",
                          "BEGIN",     "END",    "WHILE",   "BREAK",    "CONTINUE", "DECLARE",  "SET",   "PRINT",
                          "RAISERROR", "THROW",  "WAITFOR", "USE",      "COMMIT",   "ROLLBACK", "SAVE",  "RETURN",
                          "REVERT",    "KILL",   "BACKUP",  "RESTORE",  "DBCC"});
}

}  // namespace

void not_spoken(const std::string& what) { throw error(50000, "model: not spoken: " + what); }
void wrong_syntax(const Token& near) { throw error(102, "Incorrect syntax near '" + near.text + "'."); }

Batch::Batch(SqlServer& session, std::string sql, std::vector<Parameter>* parameters, std::vector<Event>& events,
             Variables variables)
    : session_(session),
      sql_(std::move(sql)),
      parameters_(parameters),
      events_(events),
      variables_(std::move(variables)),
      tokens_(SqlServer::tokens(sql_)) {}

void Batch::run() {
    try {
        all();  // throws for what is no syntax; nothing has run then
    } catch (Problem& problem) {
        throw placed(std::move(problem), pos_);
    }
    live_ = true;
    pos_ = 0;
    try {
        all();
    } catch (const Ended&) {
    }
}

void Batch::all() {
    first_ = true;
    while (at().kind != Token::Kind::end) {
        statement();
        first_ = false;
    }
}

bool Batch::take(std::string_view word) {
    if (!at().is(word)) return false;
    ++pos_;
    return true;
}

void Batch::need(std::string_view word) {
    if (!take(word)) wrong_syntax(at());
}

std::string Batch::need_name() {
    if (!at().is_name()) wrong_syntax(at());
    return tokens_[pos_++].text;
}

// Where the next statement begins: semicolons are rare in Transact-SQL.
std::size_t Batch::end_of(std::size_t from) const {
    const Token& verb = tokens_[from];
    const bool rights = any_of(verb, {"GRANT", "REVOKE", "DENY"});
    int depth = 0, cases = 0;
    bool selected = verb.is("SELECT"),
         set = !any_of(verb, {"UPDATE", "MERGE", "WITH", "ALTER", "BACKUP", "RESTORE", "DBCC"}), granted = !rights;
    for (std::size_t i = from + 1; i < tokens_.size(); ++i) {
        const Token& now = tokens_[i];
        const Token& last = tokens_[i - 1];
        if (now.kind == Token::Kind::end) return i;
        if (now.is("(")) ++depth;
        if (now.is(")")) --depth;
        if (depth > 0) continue;
        if (now.is(";")) return i;
        if (any_of(now, {"CASE"})) ++cases;
        if (cases > 0) {
            if (any_of(now, {"END"})) --cases;
            continue;
        }
        if (rights && any_of(now, {"TO", "FROM"})) granted = true;
        if (!granted || !is_starter(now) || last.is(".") || (rights && last.is("WITH"))) continue;
        if (any_of(now, {"SELECT"}) && (any_of(last, {"UNION", "ALL", "EXCEPT", "INTERSECT", "AS"}) ||
                                        (!selected && any_of(verb, {"INSERT", "WITH"})))) {
            selected = true;
            continue;
        }
        if (verb.is("WITH") && !selected && any_of(now, {"INSERT", "UPDATE", "DELETE"})) {
            set = !any_of(now, {"UPDATE"});
            selected = true;
            continue;
        }
        if (any_of(now, {"SET"}) && !set) {
            set = !verb.is("MERGE");
            continue;
        }
        if (verb.is("MERGE") && any_of(last, {"THEN"})) continue;
        if (any_of(now, {"IF"}) && tokens_[i + 1].is("EXISTS") && verb.is("DROP")) continue;
        if (verb.is("ALTER") && any_of(tokens_[i + 1], {"MEMBER", "COLUMN", "CONSTRAINT"})) continue;
        if (any_of(last, {"ON"}) && any_of(now, {"UPDATE", "DELETE"})) continue;
        if (any_of(last, {"DELETE", "UPDATE"}) && any_of(now, {"SET"})) continue;
        if (verb.is("IF") || !any_of(now, {"EXECUTE"}) || !any_of(last, {"WITH"})) return i;
    }
    return tokens_.size() - 1;
}

std::size_t Batch::end_of_condition(std::size_t from) const {
    int depth = 0;
    for (std::size_t i = from; i < tokens_.size(); ++i) {
        if (tokens_[i].is("(")) ++depth;
        if (tokens_[i].is(")")) --depth;
        if (tokens_[i].kind == Token::Kind::end) break;
        if (depth == 0 && is_starter(tokens_[i])) return i;
    }
    wrong_syntax(tokens_.back());
}

void Batch::statement() {
    const Token& verb = at();
    const std::size_t from = pos_;
    if (take(";")) return;
    if (verb.is("IF")) return branch();
    if (verb.is("WHILE")) return loop();
    if (verb.is("BEGIN") && any_of(at(1), {"TRY"})) return try_block();
    if (any_of(verb, {"BEGIN"}) && !any_of(at(1), {"TRAN", "TRANSACTION"})) return block();
    if (any_of(verb, {"BEGIN", "COMMIT", "ROLLBACK", "SAVE"})) return transaction();
    if (verb.is("DECLARE")) return declare();
    if (verb.is("SET")) return set();
    if (any_of(verb, {"EXEC", "EXECUTE"}) || (first_ && verb.is_name() && !is_starter(verb) && !verb.is("WITH")))
        return execute();
    if (verb.is("RETURN")) {
        const std::size_t end = end_of(from);
        pos_ = end;
        if (!live_) return;
        if (end > from + 1) returned_ = number_of(value(from + 1, end));
        throw Ended{};
    }
    if (any_of(verb, {"BREAK", "CONTINUE"})) {
        ++pos_;
        if (live_) throw Leave{verb.is("BREAK")};
        return;
    }
    std::size_t end = end_of(from);
    const Token& kind = any_of(at(1), {"OR"}) ? at(3) : at(1);
    const bool alone = any_of(verb, {"CREATE", "ALTER"}) &&
                       any_of(kind, {"SCHEMA", "VIEW", "PROCEDURE", "PROC", "FUNCTION", "TRIGGER"});
    if (alone) {
        if (!first_)
            throw error(111, "'" + verb.upper + " " + kind.upper + "' must be the first statement in a query batch.");
        end = tokens_.size() - 1;
    }
    const auto run = [&](auto work) { simple(end, [&, work] { work(); }); };
    if (any_of(verb, {"SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH"})) return run([&] { query(from, end); });
    if (any_of(at(1), {"DATABASE"}) || any_of(verb, {"BACKUP", "RESTORE"}))
        return run([&] { session_.databases(clause(from, end)); });
    if (any_of(verb, {"CREATE", "ALTER", "DROP", "TRUNCATE"})) return run([&] { session_.define(clause(from, end)); });
    if (any_of(verb, {"GRANT", "REVOKE", "DENY"})) return run([&] { session_.rights(clause(from, end)); });
    if (verb.is("PRINT")) return run([&] { tell(from + 1, end); });
    if (verb.is("RAISERROR")) return run([&] { raise(from + 1, end); });
    if (verb.is("THROW")) return run([&] { rethrow(from + 1, end); });
    if (verb.is("WAITFOR")) return run([&] { wait_for(from + 1, end); });
    if (verb.is("USE")) return run([&] { session_.use(tokens_[from + 1].text); });
    if (verb.is("REVERT")) return run([&] { session_.revert(); });
    if (verb.is("KILL")) return run([&] { session_.kill_session(number_of(value(from + 1, end))); });
    wrong_syntax(verb);
}

// A statement that is no control flow: what it throws is handed on as the server does.
void Batch::simple(std::size_t end, const std::function<void()>& work) {
    const std::size_t from = pos_;
    pos_ = end;
    if (!live_) return;
    if (session_.starts_implicitly(tokens_[from])) session_.begin();
    try {
        work();
        session_.last_error = 0;
    } catch (Problem& problem) {
        fail(placed(std::move(problem), from));
    } catch (const StoreError& error) {
        fail(placed(session_.problem_of(error), from));
    } catch (const StoreBusy&) {
        fail(placed(session_.timed_out(), from));
    }
}

// With the line of the token, where what it called has not said its own.
Problem Batch::placed(Problem problem, std::size_t token) const {
    const auto end = sql_.begin() + static_cast<std::ptrdiff_t>(tokens_[std::min(token, tokens_.size() - 1)].from);
    const auto line = static_cast<unsigned>(1 + std::count(sql_.begin(), end, '\n'));
    for (Record& record : problem.records)
        if (record.line == 0) record.line = line;
    return problem;
}

void Batch::fail(Problem problem) {
    if (problem.lost) throw problem;
    session_.last_error = problem.records.front().native;
    const bool deadlock = session_.last_error == 1205;
    const bool aborts = session_.is_on("XACT_ABORT") && !problem.spares_transaction;
    if (session_.trying > 0) {
        if (deadlock || (aborts && session_.open_transactions() > 0)) session_.doom();
        throw problem;
    }
    if ((deadlock || aborts) && session_.open_transactions() > 0) session_.roll_back();
    if (session_.nested > 0 && (aborts || deadlock || problem.batch)) throw problem;
    events_.push_back({.kind = Event::Kind::error, .records = std::move(problem.records)});
    if (aborts || deadlock || problem.batch) throw Ended{};
}

void Batch::block() {
    need("BEGIN");
    while (!at().is("END")) {
        if (at().kind == Token::Kind::end) wrong_syntax(at());
        first_ = false;
        statement();
    }
    need("END");
}

void Batch::branch() {
    need("IF");
    first_ = false;
    const std::size_t from = pos_, to = end_of_condition(pos_);
    const bool was_live = live_;
    bool yes = false;
    simple(to, [&] { yes = holds(from, to); });
    live_ = was_live && yes;
    statement();
    if (at().is(";") && at(1).is("ELSE")) ++pos_;
    if (take("ELSE")) {
        live_ = was_live && !yes;
        statement();
    }
    live_ = was_live;
}

void Batch::loop() {
    need("WHILE");
    first_ = false;
    const std::size_t from = pos_, to = end_of_condition(pos_);
    const bool was_live = live_;
    live_ = false;
    pos_ = to;
    statement();
    const std::size_t end = pos_;
    live_ = was_live;
    while (live_ && holds(from, to)) {
        pos_ = to;
        try {
            statement();
        } catch (const Leave& leave) {
            if (leave.loop_ends) break;
        }
    }
    pos_ = end;
}

void Batch::try_block() {
    const bool was_live = live_;
    const auto part = [&](std::string_view word, bool run) {
        need("BEGIN");
        need(word);
        first_ = false;
        live_ = run;
        while (!(at().is("END") && at(1).is(word))) {
            if (at().kind == Token::Kind::end) wrong_syntax(at());
            statement();
        }
        pos_ += 2;
    };
    const std::size_t begun = pos_;
    std::optional<Problem> caught;
    session_.trying += was_live ? 1 : 0;
    try {
        part("TRY", was_live);
    } catch (Problem& problem) {
        if (!was_live || problem.lost) throw;
        caught = std::move(problem);
    }
    session_.trying -= was_live ? 1 : 0;
    if (caught) {
        pos_ = begun;
        part("TRY", false);
        session_.caught.push_back(*caught);
    }
    take(";");
    part("CATCH", was_live && caught);
    if (caught) session_.caught.pop_back();
    live_ = was_live;
}

}  // namespace model
