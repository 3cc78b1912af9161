// Statements of a dialect into SQLite's, token by token. Tables are called "schema.name" in the store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexer.hpp"

namespace model {

class Rewriter {
public:
    struct Use {
        std::string table;   // as the store calls it
        std::string action;  // SELECT, INSERT, UPDATE, DELETE; empty: DDL
    };

    virtual ~Rewriter() = default;
    std::string rewrite(const Tokens& tokens, std::size_t from, std::size_t to);
    const std::vector<Use>& uses() const { return uses_; }

protected:
    // The store's name of a table or view; empty: it has none such, and the name stays as it is.
    virtual std::string table(std::string_view schema, const Token& name) = 0;
    // Takes tokens that the dialect has its own way with, moving at_ behind them. False: not its own.
    virtual bool special() = 0;
    virtual std::string name(const Token& token) const = 0;
    virtual std::string word(const Token& token) const { return token.text; }
    const Token& token(std::size_t ahead = 0) const {
        return at_ + ahead < to_ ? (*tokens_)[at_ + ahead] : tokens_->back();
    }
    const Token& before() const { return at_ > from_ ? (*tokens_)[at_ - 1] : tokens_->back(); }
    void put(std::string_view text);
    // The index of the token behind the ")" that closes the "(" at `open`.
    std::size_t behind(std::size_t open) const;
    std::string inner(std::size_t from, std::size_t to);  // rewritten apart

    const Tokens* tokens_ = nullptr;
    std::size_t at_ = 0, from_ = 0, to_ = 0;
    int parameters_before_ = 0;  // of the statements before this one in the call

private:
    struct Level {
        bool from_list = false;
        std::string closing = {};  // put before the ")"
    };
    void step();
    bool expects_table();
    void take_table();
    void take_name();
    bool alias_follows() const;

    std::string out_;
    std::vector<Level> levels_;
    std::vector<Use> uses_;
    std::string expected_;  // the word that makes a table follow
    std::string verb_;      // the statement's

protected:
    void at_close(std::string_view text) { levels_.back().closing += text; }
};

}  // namespace model
