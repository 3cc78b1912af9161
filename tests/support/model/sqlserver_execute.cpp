// EXEC: text, procedures of the system, procedures of scripts.
#include <algorithm>

#include "sqlserver_batch.hpp"
#include "text.hpp"

namespace model {

void Batch::execute() {
    const std::size_t begun = pos_;
    const bool said = take("EXEC") || take("EXECUTE");
    std::size_t end = end_of(begun);
    if (said && at().is("AS")) {
        const bool login = at(1).is("LOGIN");
        const std::size_t from = pos_ + 3;
        return simple(end, [&] {
            const Value who = tokens_[from - 1].is("=") ? value(from, end) : Value();
            if (is_null(who)) not_spoken("EXECUTE AS without a name");
            session_.execute_as(text_of(who), login);
        });
    }
    const bool text = at().is("(");
    const std::size_t from = pos_;
    pos_ = begun;
    simple(end, [&] {
        pos_ = from;
        if (text) {
            execute_text(end);
        } else {
            execute_procedure(end);
        }
        pos_ = end;
    });
    pos_ = end;
}

void Batch::execute_text(std::size_t end) {
    std::size_t close = end;
    while (!tokens_[close - 1].is(")")) --close;
    nested_batch(text_of(value(pos_ + 1, close - 1)), {});
}

void Batch::nested_batch(const std::string& sql, Variables variables) {
    if (session_.nested > 31)
        throw error(217, "Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).");
    ++session_.nested;
    try {
        Batch inner(session_, sql, nullptr, events_, std::move(variables));
        inner.run();
        returned_ = inner.returned();
    } catch (...) {
        --session_.nested;
        throw;
    }
    --session_.nested;
}

void Batch::execute_procedure(std::size_t end) {
    std::string target;
    if (at().kind == Token::Kind::variable) {
        target = folded(at().text);
        if (!variables_.contains(target)) static_cast<void>(binder()(at().text));
        ++pos_;
        need("=");
    }
    std::string schema, name = need_name();
    while (take(".") || take("..")) {
        schema = name;
        name = need_name();
    }
    SqlServer::Arguments arguments;
    Variables outputs;  // the caller's variable -> ""
    std::vector<std::string> back(list(pos_, end).size());
    std::size_t index = 0;
    for (auto [from, to] : list(pos_, end)) {
        std::string key;
        if (tokens_[from].kind == Token::Kind::variable && tokens_[from + 1].is("=")) {
            key = folded(tokens_[from].text);
            from += 2;
        }
        if (tokens_[to - 1].is("OUTPUT") || tokens_[to - 1].is("OUT")) {
            --to;
            back[index] = folded(tokens_[from].text);
        }
        const bool bare = to == from + 1 && tokens_[from].kind == Token::Kind::word && !tokens_[from].is("NULL");
        arguments.emplace_back(key, bare ? Value(tokens_[from].text) : value(from, to));
        ++index;
    }
    std::int64_t code = 0;
    if (same(name, "sp_executesql")) {
        Variables inner;
        for (std::size_t i = 2; i < arguments.size(); ++i) inner[arguments[i].first] = arguments[i].second;
        nested_batch(text_of(arguments.at(0).second), inner);
    } else if (const auto known = session_.procedure(name, arguments, events_)) {
        code = *known;
    } else {
        const auto found = session_.object(schema, name);
        if (found.id < 0 || found.type != "P") throw error(2812, "Could not find stored procedure '" + name + "'.");
        user_procedure(found, arguments, outputs);
        code = returned_;
        for (std::size_t i = 0; i < back.size(); ++i)
            if (!back[i].empty() && outputs.contains(arguments[i].first))
                variables_[back[i]] = outputs[arguments[i].first];
    }
    if (!target.empty()) variables_[target] = code;
}

// CREATE PROCEDURE name [@a type [= value] [OUTPUT], …] AS body
void Batch::user_procedure(const SqlServer::Object& found, SqlServer::Arguments& arguments, Variables& outputs) {
    const std::string text =
        text_of(session_.one("SELECT definition FROM model_object WHERE object_id = ?1", {found.id}));
    const Tokens tokens = SqlServer::tokens(text);
    std::size_t i = 3;
    while (tokens[i].is(".")) i += 2;
    Variables given;
    std::size_t position = 0;
    for (; i < tokens.size() && !tokens[i].is("AS"); ++i) {
        if (tokens[i].kind != Token::Kind::variable) continue;
        const std::string name = folded(tokens[i].text);
        Value value;
        for (std::size_t k = 0; k < arguments.size(); ++k) {
            if (arguments[k].first.empty() && k == position) arguments[k].first = name;
            if (arguments[k].first == name) value = arguments[k].second;
        }
        given[name] = value;
        ++position;
    }
    const int before = session_.open_transactions();
    ++session_.nested;
    try {
        Batch inner(session_, text.substr(tokens.at(i).to), nullptr, events_, given);
        inner.run();
        returned_ = inner.returned();
        outputs = inner.variables();
    } catch (...) {
        --session_.nested;
        throw;
    }
    --session_.nested;
    const int now = session_.open_transactions();
    if (now != before)
        throw error(266,
                    "Transaction count after EXECUTE indicates a mismatching number of BEGIN and COMMIT statements. "
                    "Previous count = " +
                        std::to_string(before) + ", current count = " + std::to_string(now) + ".");
}

}  // namespace model
