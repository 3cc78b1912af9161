// One batch of Transact-SQL: read once for its syntax, then run statement by statement.
#pragma once

#include <string>
#include <vector>

#include "sqlserver.hpp"

namespace model {

struct Target;

class Batch {
public:
    // `parameters`: those bound by ODBC, or nullptr inside of EXEC.
    Batch(SqlServer& session, std::string sql, std::vector<Parameter>* parameters, std::vector<Event>& events,
          Variables variables = {});
    void run();
    std::int64_t returned() const { return returned_; }
    Variables& variables() { return variables_; }

private:
    struct Ended {};  // the rest of the batch is not run
    struct Leave {
        bool loop_ends;
    };

    const Token& at(std::size_t ahead = 0) const { return tokens_[std::min(pos_ + ahead, tokens_.size() - 1)]; }
    bool take(std::string_view word);
    void need(std::string_view word);
    std::string need_name();
    std::size_t end_of(std::size_t from) const;  // of the statement that begins there
    std::size_t end_of_condition(std::size_t from) const;

    void all();
    void statement();
    void block();
    void try_block();
    void branch();
    void loop();
    void simple(std::size_t end, const std::function<void()>& work);
    void fail(Problem problem);
    Problem placed(Problem problem, std::size_t token) const;

    void transaction();
    void declare();
    void set();
    void execute();
    void execute_text(std::size_t end);
    void execute_procedure(std::size_t end);
    void user_procedure(const SqlServer::Object& found, SqlServer::Arguments& arguments, Variables& back);
    void nested_batch(const std::string& sql, Variables variables);
    void assign(const std::vector<Target>& targets, const Table& table);
    void query(std::size_t from, std::size_t end);
    void tell(std::size_t from, std::size_t end);
    void raise(std::size_t from, std::size_t end);
    void rethrow(std::size_t from, std::size_t end);
    void wait_for(std::size_t from, std::size_t end);

    Value value(std::size_t from, std::size_t to);
    bool holds(std::size_t from, std::size_t to);
    std::vector<std::pair<std::size_t, std::size_t>> list(std::size_t from, std::size_t to) const;  // split at commas
    Store::Binder binder();
    Clause clause(std::size_t from, std::size_t to) const { return {tokens_, from, to, sql_}; }

    SqlServer& session_;
    std::string sql_;
    std::vector<Parameter>* parameters_;
    std::vector<Event>& events_;
    Variables variables_;
    Tokens tokens_;
    std::size_t pos_ = 0;
    bool live_ = false;
    bool first_ = true;
    std::int64_t returned_ = 0;
};

}  // namespace model
