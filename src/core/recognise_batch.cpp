// Batches: statements that end by the next one or by a semicolon, IF without THEN.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/recognised.hpp"

namespace roost {

namespace batches {
namespace {

class BatchReader {
public:
    explicit BatchReader(DdlReader& sql) : sql_(sql) {}

    // Up to the end, or to the END of a block, which is left.
    Recognised statements(bool in_block) {
        Deeds all;
        while (true) {
            while (sql_.take_symbol(';')) {
            }
            if (sql_.finished() || (in_block && sql_.next_is("END"))) return all;
            auto next = one();
            if (!next) return opaque();
            std::ranges::move(*next, std::back_inserter(all));
        }
    }

private:
    Recognised one() {
        if (sql_.finished()) return opaque();
        if (sql_.take("IF")) return branch();
        if (sql_.take("BEGIN")) return block();
        if (sql_.take("PRINT")) return sql_.take(TokenKind::string) && sql_.ended() ? changes_nothing() : opaque();
        if (sql_.take({"SET", "NOCOUNT", "ON"}) || sql_.take({"SET", "NOCOUNT", "OFF"}) ||
            sql_.take({"SET", "XACT_ABORT", "ON"}))
            return sql_.ended() ? changes_nothing() : opaque();
        DdlReader here = sql_;
        if (auto steps = read_statement(here); steps && here.ended()) {
            sql_ = std::move(here);
            return steps;
        }
        return not_understood();
    }

    Recognised branch() {
        auto when = take_condition(sql_, {});
        if (!when) return opaque();
        auto then = one();
        if (!then) return opaque();
        DdlReader here = sql_;
        here.take_symbol(';');
        Recognised otherwise = changes_nothing();
        if (here.take("ELSE")) {
            sql_ = std::move(here);
            otherwise = one();
        }
        if (!otherwise) return opaque();
        return alone({Branch{std::move(*when), std::move(*then), std::move(*otherwise)}});
    }

    Recognised block() {
        if (sql_.next_is_one_of({"TRY", "CATCH", "TRAN", "TRANSACTION", "DISTRIBUTED", "ATOMIC"})) return opaque();
        auto steps = statements(true);
        return steps && sql_.take("END") ? std::move(steps) : opaque();
    }

    // Passed over only where a semicolon says where it ends, and it has none inside.
    Recognised not_understood() {
        if (!sql_.next_is_one_of({"INSERT", "UPDATE", "DELETE", "MERGE", "SELECT", "EXEC", "EXECUTE", "TRUNCATE"}))
            return opaque();
        return sql_.piece() ? Recognised(Deeds{{NotUnderstood{}}}) : opaque();
    }

    DdlReader& sql_;
};

}  // namespace
}  // namespace batches

Recognised batch(DdlReader& sql) { return batches::BatchReader(sql).statements(false); }

}  // namespace roost
