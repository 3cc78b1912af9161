// Blocks of statements: DO $$ … $$, BEGIN … END;, BEGIN NOT ATOMIC … END.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "core/recognised.hpp"

namespace roost {

namespace blocks {
namespace {

constexpr std::string_view found_variable = "FOUND";

// Statements that are passed over to their semicolon where they are not understood: none holds a semicolon itself.
bool is_plain(const DdlReader& sql) {
    return sql.next_is_one_of({"ALTER", "CALL", "COMMENT", "COPY", "DELETE", "DROP", "EXECUTE", "GRANT", "INSERT",
                               "LOCK", "MERGE", "PERFORM", "REVOKE", "SELECT", "SET", "TRUNCATE", "UPDATE"});
}

class BlockReader {
public:
    explicit BlockReader(DdlReader& sql) : sql_(sql) {}

    // DECLARE … BEGIN … END, without the semicolon behind it.
    Recognised whole() {
        if (sql_.take("DECLARE") && !declarations()) return opaque();
        if (!sql_.take("BEGIN")) return opaque();
        if (is(BlockKind::compound)) sql_.take({"NOT", "ATOMIC"});
        auto body = statements();
        if (!body) return opaque();
        std::vector<Handler> handlers;
        if (sql_.take("EXCEPTION") && !take_handlers(handlers)) return opaque();
        if (!sql_.take("END")) return opaque();
        if (handlers.empty()) return body;
        if (!handlers_are_foreseen(*body, handlers)) return opaque();
        return alone({Attempt{std::move(*body), std::move(handlers), is(BlockKind::in_do)}});
    }

    // IF … END IF
    Recognised branch() {
        auto when = take_condition(sql_, hidden_);
        if (!when || !sql_.take("THEN")) return opaque();
        auto then = statements();
        if (!then) return opaque();
        Recognised otherwise = changes_nothing();
        if (sql_.take("ELSIF") || sql_.take("ELSEIF")) {
            otherwise = branch();
        } else {
            if (sql_.take("ELSE")) otherwise = statements();
            if (!sql_.take({"END", "IF"})) return opaque();
        }
        if (!otherwise) return opaque();
        return alone({Branch{std::move(*when), std::move(*then), std::move(*otherwise)}});
    }

private:
    bool is(BlockKind kind) const { return sql_.roles().blocks == kind; }
    bool take_end() { return sql_.take_symbol(';'); }

    bool declarations() {
        while (!sql_.next_is("BEGIN")) {
            if (sql_.finished() || !declaration()) return false;
        }
        return true;
    }

    // One of a variable, or of an exception by its code; nothing that runs.
    bool declaration() {
        if (sql_.next_is_one_of({"PROCEDURE", "FUNCTION", "CURSOR", "TYPE"})) return false;
        if (const auto gaps = sql_.take_form("PRAGMA EXCEPTION_INIT ( ~name ,")) {
            const auto code = sql_.number();
            if (!code || !sql_.take_symbol(')') || !take_end()) return false;
            exceptions_[gaps->at("~name")] = *code;
            return true;
        }
        auto name = sql_.word();
        if (sql_.next_is_one_of({"HANDLER", "CONDITION", "CURSOR"})) return false;
        auto rest = sql_.piece();
        if (!name || !rest || is_variable(*name)) return false;  // one that hides another would mean both
        hidden_.push_back(std::move(*name));
        return !calls(*rest) && !computes(*rest);
    }

    bool is_variable(std::string_view name) const {
        return std::ranges::find(hidden_, name) != hidden_.end() || (is(BlockKind::in_do) && name == found_variable);
    }

    // Up to what ends them, which is left.
    Recognised statements() {
        Deeds all;
        while (!sql_.next_is_one_of({"END", "EXCEPTION", "ELSE", "ELSIF", "ELSEIF", "WHEN"})) {
            if (sql_.finished()) return opaque();
            auto next = one();
            if (!next) return opaque();
            std::ranges::move(*next, std::back_inserter(all));
        }
        return all;
    }

    Recognised one() {
        if (sql_.take("IF")) return ended(branch());
        if (sql_.next_is_one_of({"BEGIN", "DECLARE"})) return nested();
        if (sql_.take({"NULL"})) return ended(changes_nothing());
        if (sql_.take("RAISE")) return raise();
        if (sql_.next_is_one_of({"SIGNAL", "RAISE_APPLICATION_ERROR"})) return raised();
        if (auto set = assignment()) return set;
        if (does_nothing()) return sql_.piece() ? changes_nothing() : opaque();
        if (is(BlockKind::anonymous) || is(BlockKind::compound)) {
            if (sql_.take({"EXECUTE", "IMMEDIATE"})) return dynamic();
        } else if (sql_.take("EXECUTE")) {
            return dynamic();
        }
        return plain();
    }

    Recognised ended(Recognised steps) { return steps && take_end() ? std::move(steps) : opaque(); }

    // In a compound body a declaration stands among the statements.
    Recognised nested() {
        if (is(BlockKind::compound) && sql_.take("DECLARE")) return declaration() ? changes_nothing() : opaque();
        BlockReader inner(sql_);
        inner.hidden_ = hidden_;
        inner.exceptions_ = exceptions_;
        return ended(inner.whole());
    }

    // RAISE NOTICE 'text', a, b; RAISE; RAISE EXCEPTION 'text'.
    Recognised raise() {
        if (take_end()) return alone({Raise{.again = true}});
        if (!sql_.next_is_one_of({"NOTICE", "INFO", "WARNING", "DEBUG", "LOG"})) return raised();
        auto message = sql_.piece();
        return message && !computes(*message) && message->take_query() ? changes_nothing() : opaque();
    }
    Recognised raised() { return sql_.piece() ? alone({Raise{}}) : opaque(); }

    // SELECT COUNT(*) INTO n FROM …; SELECT EXISTS (…) INTO b; PERFORM 1 FROM ….
    Recognised assignment() {
        DdlReader here = sql_;
        if (auto counted = take_finding(here, "SELECT COUNT ( $* ) INTO ~variable", hidden_); counted && ends(here))
            return selected(std::move(here), counted->gaps.at("~variable"), std::move(counted->found));
        here = sql_;
        if (auto found = take_finding(here, "PERFORM $x", hidden_)) {
            here.take_form("LIMIT 1");
            if (ends(here)) return set(std::move(here), std::string(found_variable), std::move(found->found));
        }
        here = sql_;
        if (!here.take("SELECT") || !here.next_is("EXISTS")) return opaque();
        auto condition = take_condition(here, hidden_);
        if (!condition || !here.take("INTO")) return opaque();
        auto name = here.word();
        return name && ends(here) ? selected(std::move(here), std::move(*name), std::move(*condition)) : opaque();
    }
    static bool ends(DdlReader& sql) { return sql.take_symbol(';'); }
    Recognised set(DdlReader&& here, std::string variable, Condition value) {
        sql_ = std::move(here);
        return alone({Assign{std::move(variable), std::move(value)}});
    }

    // One row is always found, and FOUND says so.
    Recognised selected(DdlReader&& here, std::string name, Condition value) {
        if (std::ranges::find(hidden_, name) == hidden_.end()) return opaque();
        auto steps = set(std::move(here), std::move(name), std::move(value));
        if (is(BlockKind::in_do)) steps->push_back({Assign{std::string(found_variable), always()}});
        return steps;
    }

    bool does_nothing() {
        return std::ranges::any_of(sql_.roles().harmless, [&](std::string_view call) {
            DdlReader here = sql_;
            if (!here.take_form(call)) return false;
            const auto rest = here.piece();
            return rest && !calls_something(*rest);
        });
    }
    static bool calls_something(DdlReader rest) { return !rest.take_query(); }

    // EXECUTE 'text', EXECUTE format('… %I …', 'name').
    Recognised dynamic() {
        auto call = sql_.piece();
        if (!call) return opaque();
        const auto text = call->next_is("FORMAT") ? formatted_text(*call) : call->literal();
        return text && call->finished() ? read_text(sql_, *text) : Deeds{{NotUnderstood{}}};
    }

    // Roles are changed by statements of the block itself only where the engine takes them there. In DO a SELECT needs
    // an INTO.
    Recognised plain() {
        const bool creates = sql_.next_is("CREATE");
        const bool selects = is(BlockKind::in_do) && sql_.next_is("SELECT");
        const bool known = is_plain(sql_);
        auto piece = sql_.piece();
        if (!piece) return opaque();
        if (!is(BlockKind::anonymous) && !selects)
            if (auto steps = read_statement(*piece)) return steps;
        return known && !creates ? Recognised(Deeds{{NotUnderstood{}}}) : opaque();
    }

    bool take_handlers(std::vector<Handler>& handlers) {
        while (sql_.take("WHEN")) {
            Handler handler;
            do {
                auto caught = take_caught();
                if (!caught) return false;
                handler.catches.push_back(std::move(*caught));
            } while (sql_.take("OR"));
            auto steps = sql_.take("THEN") ? statements() : opaque();
            if (!steps) return false;
            handler.steps = std::move(*steps);
            handlers.push_back(std::move(handler));
        }
        return !handlers.empty();
    }

    std::optional<std::string> take_caught() {
        if (sql_.take("SQLSTATE")) return sql_.string();
        const auto name = sql_.word();
        if (!name) return std::nullopt;
        const auto code = exceptions_.find(*name);
        return code == exceptions_.end() ? name : code->second;
    }

    DdlReader& sql_;
    std::vector<std::string> hidden_;                // names of variables
    std::map<std::string, std::string> exceptions_;  // their codes
};

}  // namespace
}  // namespace blocks

Recognised block(DdlReader& sql) {
    auto steps = sql.take("IF") ? blocks::BlockReader(sql).branch() : blocks::BlockReader(sql).whole();
    sql.take_symbol(';');
    return steps && sql.finished() ? std::move(steps) : opaque();
}

// Of the language that is meant where none is named.
Recognised do_block(DdlReader& sql) {
    bool named = sql.take("LANGUAGE");
    if (named && !sql.take("PLPGSQL")) return opaque();
    const auto text = sql.body();
    if (!named && sql.take("LANGUAGE") && !sql.take("PLPGSQL")) return opaque();
    if (!text || !sql.finished()) return opaque();
    DdlReader inside = sql.inside(*text);
    return inside.next_is_one_of({"DECLARE", "BEGIN"}) ? block(inside) : opaque();
}

}  // namespace roost
