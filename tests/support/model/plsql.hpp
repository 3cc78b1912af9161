// A block of PL/SQL: variables, EXECUTE IMMEDIATE, exceptions, conditions and loops, the packages that roost and its
// scripts use.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "oracle.hpp"

namespace model {

class Plsql {
public:
    Plsql(Oracle& session, std::string source, Tokens tokens, std::vector<Parameter>& parameters);
    void run();

private:
    struct Leave {};     // EXIT
    struct Returned {};  // RETURN
    struct Raised {
        Problem problem;
        std::string name = {};  // of a declared exception
    };

    const Token& at(std::size_t ahead = 0) const { return tokens_[std::min(pos_ + ahead, tokens_.size() - 1)]; }
    bool take(std::string_view word);
    void need(std::string_view word);
    std::size_t end_of(std::size_t from, std::initializer_list<std::string_view> words = {";"}) const;

    void compile() const;
    void block();
    void declarations();
    void handlers(bool caught, const Raised& raised);
    bool fits(const std::string& exception, const Raised& raised) const;
    void statements(std::initializer_list<std::string_view> ends);
    void statement();
    void branch();
    void loop();
    void repeat(std::size_t body, const std::function<bool()>& next);
    void for_loop();
    void raise();
    void sql();
    void execute_immediate();
    void immediate(const std::string& text, const std::vector<Value>& values, const std::vector<std::string>& into);
    void call();
    void package(const std::string& name, const std::vector<std::pair<std::size_t, std::size_t>>& arguments);
    void user_procedure(const std::string& owner, const std::string& name);
    void assign(std::size_t target, const Value& value);
    void store(const std::vector<std::string>& into, const Table& table);

    Value value(std::size_t from, std::size_t to);
    bool holds(std::size_t from, std::size_t to);
    std::vector<std::pair<std::size_t, std::size_t>> list(std::size_t from, std::size_t to) const;
    std::vector<std::string> targets(std::size_t from, std::size_t to) const;
    Store::Binder binder();
    template <class Work>
    void guarded(Work work);  // an error of the store as one that a block can catch

    Oracle& session_;
    std::string source_;
    Tokens tokens_;
    std::vector<Parameter>& parameters_;
    std::size_t pos_ = 0;
    bool live_ = true;
    std::map<std::string, Value> variables_;  // "NAME", "RECORD__FIELD"
    std::set<std::string> names_;             // of variables and records
    std::map<std::string, int> exceptions_;   // by EXCEPTION_INIT; 0: none
    std::vector<Raised> handled_;             // around what runs now
};

}  // namespace model
