// Blocks, exceptions and control flow of PL/SQL.
#include "plsql.hpp"

#include <algorithm>

#include "oracle_rewriter.hpp"
#include "text.hpp"

namespace model {

Plsql::Plsql(Oracle& session, std::string source, Tokens tokens, std::vector<Parameter>& parameters)
    : session_(session),
      source_(std::move(source)),
      tokens_(std::move(tokens)),
      parameters_(parameters),
      names_({"SQLCODE", "SQLERRM"}) {}

bool Plsql::take(std::string_view word) {
    if (!at().is(word)) return false;
    ++pos_;
    return true;
}

void Plsql::need(std::string_view word) {
    if (take(word)) return;
    const auto line = std::count(source_.begin(), source_.begin() + static_cast<std::ptrdiff_t>(at().from), '\n') + 1;
    throw Oracle::ora(6550, "line " + std::to_string(line) + ": PLS-00103: Encountered the symbol \"" + at().text +
                                "\" when expecting " + std::string(word));
}

std::size_t Plsql::end_of(std::size_t from, std::initializer_list<std::string_view> words) const {
    int depth = 0;
    for (std::size_t i = from; i < tokens_.size() - 1; ++i) {
        if (tokens_[i].is("(")) ++depth;
        if (tokens_[i].is(")")) --depth;
        if (depth == 0 && std::ranges::any_of(words, [&](std::string_view word) { return tokens_[i].is(word); }))
            return i;
    }
    throw Oracle::ora(6550, "PLS-00103: Encountered the symbol \"end-of-file\"");
}

// A block that names what the account may not use does not compile, and none of it runs.
void Plsql::compile() const {
    const bool locks = std::ranges::any_of(tokens_, [](const Token& token) { return token.is("DBMS_LOCK"); });
    if (locks && !session_.may_lock()) throw Oracle::ora(6550, "PLS-00201: identifier 'DBMS_LOCK' must be declared");
}

void Plsql::run() {
    compile();
    try {
        if (take("CALL")) {
            const std::size_t end = tokens_.size() - 1;
            tokens_.insert(tokens_.begin() + static_cast<std::ptrdiff_t>(end), Token{Token::Kind::symbol, ";", ";"});
            return statement();
        }
        block();
        take(";");
        if (at().kind != Token::Kind::end) need("end of text");
    } catch (Raised& raised) {
        throw raised.problem;
    } catch (const Returned&) {
    }
}

void Plsql::declarations() {
    while (!at().is("BEGIN")) {
        const std::size_t end = end_of(pos_);
        if (take("PRAGMA")) {
            if (at().is("EXCEPTION_INIT"))
                exceptions_[upper(at(2).text)] = static_cast<int>(number_of(value(pos_ + 4, end - 1)));
        } else if (at(1).is("EXCEPTION")) {
            exceptions_.try_emplace(upper(at().text), 0);
        } else if (at().is_name() && !at().is("CURSOR") && !at().is("PROCEDURE") && !at().is("FUNCTION") &&
                   !at().is("TYPE")) {
            const std::string name = upper(at().text);
            std::size_t sign = pos_;
            while (sign < end && !tokens_[sign].is(":=") && !tokens_[sign].is("DEFAULT")) ++sign;
            if (live_) variables_[name] = sign < end ? value(sign + 1, end) : Value();
            names_.insert(name);
        } else {
            Oracle::not_spoken("a declaration of " + at().text);
        }
        pos_ = end + 1;
    }
}

void Plsql::block() {
    if (take("DECLARE")) declarations();
    need("BEGIN");
    const std::size_t begun = pos_;
    const bool was_live = live_;
    std::optional<Raised> raised;
    try {
        statements({"EXCEPTION", "END"});
    } catch (Raised& error) {
        raised = std::move(error);
    }
    if (raised) {  // to the handlers
        pos_ = begun;
        live_ = false;
        statements({"EXCEPTION", "END"});
        live_ = was_live;
    }
    if (take("EXCEPTION")) {
        handlers(raised.has_value(), raised.value_or(Raised{}));
    } else if (raised) {
        throw *raised;
    }
    need("END");
    if (at().is_name()) ++pos_;
    if (at().is(";")) ++pos_;
}

void Plsql::handlers(bool caught, const Raised& raised) {
    const bool was_live = live_;
    bool handled = false;
    while (take("WHEN")) {
        bool mine = false;
        do {
            mine = mine || (caught && !handled && fits(upper(at().text), raised));
            ++pos_;
        } while (take("OR"));
        need("THEN");
        live_ = was_live && mine;
        if (live_) handled_.push_back(raised);
        statements({"WHEN", "END"});
        if (live_) handled_.pop_back();
        handled = handled || mine;
    }
    live_ = was_live;
    if (caught && !handled) throw raised;
}

bool Plsql::fits(const std::string& exception, const Raised& raised) const {
    if (exception == "OTHERS") return true;
    if (!raised.name.empty()) return exception == raised.name;
    const std::map<std::string, int> known = {
        {"NO_DATA_FOUND", 1403}, {"TOO_MANY_ROWS", 1422}, {"DUP_VAL_ON_INDEX", 1}, {"INVALID_NUMBER", 1722}};
    const int native = raised.problem.records.front().native;
    if (const auto found = known.find(exception); found != known.end()) return found->second == native;
    const auto declared = exceptions_.find(exception);
    return declared != exceptions_.end() && declared->second != 0 && -declared->second == native;
}

void Plsql::statements(std::initializer_list<std::string_view> ends) {
    while (std::ranges::none_of(ends, [&](std::string_view word) { return at().is(word); })) {
        if (at().kind == Token::Kind::end) need("END");
        statement();
    }
}

template <class Work>
void Plsql::guarded(Work work) {
    try {
        work();
    } catch (Problem& problem) {
        if (problem.lost) throw;
        throw Raised{std::move(problem)};
    } catch (const StoreError& error) {
        throw Raised{session_.problem_of(error)};
    }
}

void Plsql::statement() {
    if (at().is("BEGIN") || at().is("DECLARE")) return block();
    if (at().is("IF")) return branch();
    if (at().is("FOR")) return for_loop();
    if (at().is("LOOP") || at().is("WHILE")) return loop();
    const std::size_t from = pos_, end = end_of(pos_);
    const auto simple = [&](auto work) {
        if (live_) guarded([&] { work(); });
        pos_ = end + 1;
    };
    if (at().is("NULL")) return simple([] {});
    if (at().is("RAISE")) return simple([&] { raise(); });
    if (at().is("RETURN")) return simple([&] { throw Returned{}; });
    if (at().is("EXIT"))
        return simple([&] {
            if (!at(1).is("WHEN") || holds(from + 2, end)) throw Leave{};
        });
    if (at().is("EXECUTE")) return simple([&] { execute_immediate(); });
    if (any_of(at(),
               {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "COMMIT", "ROLLBACK", "SAVEPOINT", "SET"}))
        return simple([&] { sql(); });
    std::size_t sign = from;
    while (sign < end && !tokens_[sign].is(":=") && !tokens_[sign].is("(")) ++sign;
    if (tokens_[sign].is(":=")) return simple([&] { assign(from, value(sign + 1, end)); });
    return simple([&] { call(); });
}

void Plsql::branch() {
    const bool was_live = live_;
    bool done = false;
    need("IF");
    while (true) {
        const std::size_t from = pos_, then = end_of(pos_, {"THEN"});
        bool yes = false;
        if (was_live && !done) guarded([&] { yes = holds(from, then); });
        pos_ = then + 1;
        live_ = was_live && yes;
        statements({"ELSIF", "ELSE", "END"});
        done = done || yes;
        if (!take("ELSIF")) break;
    }
    if (take("ELSE")) {
        live_ = was_live && !done;
        statements({"END"});
    }
    live_ = was_live;
    need("END");
    need("IF");
    need(";");
}

// Runs the body at `body` for as long as next() says so; then pos_ is behind END LOOP;.
void Plsql::repeat(std::size_t body, const std::function<bool()>& next) {
    const bool was_live = live_;
    live_ = false;
    pos_ = body;
    statements({"END"});
    need("END");
    need("LOOP");
    need(";");
    const std::size_t behind = pos_;
    live_ = was_live;
    try {
        while (live_ && next()) {
            pos_ = body;
            statements({"END"});
        }
    } catch (const Leave&) {
    }
    pos_ = behind;
}

void Plsql::loop() {
    const bool conditional = take("WHILE");
    const std::size_t from = pos_, word = end_of(pos_, {"LOOP"});
    repeat(word + 1, [this, conditional, from, word] { return !conditional || holds(from, word); });
}

// FOR i IN 1 .. n LOOP, FOR r IN (SELECT …) LOOP
void Plsql::for_loop() {
    need("FOR");
    const std::string name = upper(at().text);
    pos_ += 2;
    const std::size_t from = pos_, word = end_of(pos_, {"LOOP"});
    const bool added = names_.insert(name).second;
    std::size_t dots = from;
    while (dots < word && !tokens_[dots].is("..")) ++dots;
    std::size_t row = 0;
    Table table;
    if (live_ && dots < word) {
        for (std::int64_t i = number_of(value(from, dots)), last = number_of(value(dots + 1, word)); i <= last; ++i)
            table.rows.push_back({i});
    } else if (live_) {
        session_.variables = names_;
        guarded([&] { table = session_.statement(tokens_, from + 1, word - 1, source_, binder(), 0).table; });
    }
    repeat(word + 1, [&] {
        if (row == table.rows.size()) return false;
        if (table.columns.empty()) variables_[name] = table.rows[row][0];
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            variables_[name + "__" + upper(table.columns[i].name)] = table.rows[row][i];
        return ++row, true;
    });
    if (added) names_.erase(name);
}

void Plsql::raise() {
    if (at(1).is(";")) {
        if (handled_.empty())
            throw Oracle::ora(
                6550, "PLS-00367: a RAISE statement with no exception name must be inside an exception handler");
        throw handled_.back();
    }
    const std::string name = upper(at(1).text);
    const auto found = exceptions_.find(name);
    if (found == exceptions_.end()) throw Oracle::ora(6550, "PLS-00201: identifier '" + name + "' must be declared");
    throw Raised{found->second != 0 ? Oracle::ora(-found->second, "")
                                    : Oracle::ora(6510, "PL/SQL: unhandled user-defined exception"),
                 name};
}

}  // namespace model
