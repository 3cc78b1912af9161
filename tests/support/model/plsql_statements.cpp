// What the statements of a block do: SQL, EXECUTE IMMEDIATE, calls of packages and procedures.
#include <algorithm>

#include "oracle_rewriter.hpp"
#include "plsql.hpp"
#include "text.hpp"

namespace model {

Store::Binder Plsql::binder() {
    return [this](std::string_view name) -> std::optional<Value> {
        const std::string key(name.substr(1));
        if (name.starts_with('@')) {
            const auto index = std::strtoul(key.c_str(), nullptr, 10);
            if (index < 1 || index > parameters_.size()) throw Oracle::ora(1008, "not all variables bound");
            const Value& value = parameters_[index - 1].value;
            return value == Value(std::string()) ? Value() : value;
        }
        const Problem* caught = handled_.empty() ? nullptr : &handled_.back().problem;
        if (key == "SQLCODE")
            return Value(
                std::int64_t{caught ? (caught->records[0].native == 1403 ? 100 : -caught->records[0].native) : 0});
        if (key == "SQLERRM")
            return Value(caught ? caught->records[0].text : std::string("ORA-0000: normal, successful completion"));
        const auto found = variables_.find(key);
        return found == variables_.end() ? std::nullopt : std::optional(found->second);
    };
}

Value Plsql::value(std::size_t from, std::size_t to) {
    OracleRewriter rewriter(session_, tokens_, names_);
    const Table table = session_.query("SELECT " + rewriter.rewrite(tokens_, from, to), binder());
    const Value& found = table.rows.front().front();
    return found == Value(std::string()) ? Value() : found;
}

bool Plsql::holds(std::size_t from, std::size_t to) {
    OracleRewriter rewriter(session_, tokens_, names_);
    const Table table =
        session_.query("SELECT CASE WHEN (" + rewriter.rewrite(tokens_, from, to) + ") THEN 1 ELSE 0 END", binder());
    return number_of(table.rows.front().front()) == 1;
}

std::vector<std::pair<std::size_t, std::size_t>> Plsql::list(std::size_t from, std::size_t to) const {
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    int depth = 0;
    std::size_t begun = from;
    for (std::size_t i = from; i < to; ++i) {
        if (tokens_[i].is("(")) ++depth;
        if (tokens_[i].is(")")) --depth;
        if (depth > 0 || !tokens_[i].is(",")) continue;
        parts.emplace_back(begun, i);
        begun = i + 1;
    }
    if (begun < to) parts.emplace_back(begun, to);
    return parts;
}

std::vector<std::string> Plsql::targets(std::size_t from, std::size_t to) const {
    std::vector<std::string> names;
    for (const auto& [first, last] : list(from, to)) names.push_back(upper(tokens_[first].text));
    return names;
}

// To a variable, or to a parameter: `? := x`.
void Plsql::assign(std::size_t target, const Value& value) {
    if (tokens_[target].kind == Token::Kind::parameter) {
        const auto index = static_cast<std::size_t>(parameters_in(tokens_, target));
        if (index >= parameters_.size()) throw Oracle::ora(1008, "not all variables bound");
        parameters_[index].value = value;
        return;
    }
    const std::string name = upper(tokens_[target].text);
    if (!names_.contains(name)) throw Oracle::ora(6550, "PLS-00201: identifier '" + name + "' must be declared");
    variables_[name] = value;
}

void Plsql::store(const std::vector<std::string>& into, const Table& table) {
    if (table.rows.empty()) throw Oracle::ora(1403, "no data found");
    if (table.rows.size() > 1) throw Oracle::ora(1422, "exact fetch returns more than requested number of rows");
    for (std::size_t i = 0; i < into.size(); ++i) variables_[into[i]] = table.rows.front().at(i);
}

void Plsql::sql() {
    const std::size_t from = pos_, end = end_of(pos_);
    session_.variables = names_;
    std::size_t into = from;
    if (any_of(at(), {"SELECT", "WITH"})) {
        into = end_of(from, {"INTO", ";"});
        if (!tokens_[into].is("INTO"))
            throw Oracle::ora(6550, "PLS-00428: an INTO clause is expected in this SELECT statement");
        const std::size_t behind = end_of(into, {"FROM", ";"});
        const auto names = targets(into + 1, behind);
        Tokens query(tokens_.begin(), tokens_.begin() + static_cast<std::ptrdiff_t>(into));
        query.insert(query.end(), tokens_.begin() + static_cast<std::ptrdiff_t>(behind),
                     tokens_.begin() + static_cast<std::ptrdiff_t>(end));
        const std::size_t to = query.size();
        query.push_back(tokens_.back());
        return store(names, session_.statement(query, from, to, source_, binder(), 0).table);
    }
    const auto outcome = session_.statement(tokens_, from, end, source_, binder(), 0);
    variables_["SQL__ROWCOUNT"] = outcome.count;
}

// EXECUTE IMMEDIATE text [INTO a, b] [USING x, y]
void Plsql::execute_immediate() {
    const std::size_t end = end_of(pos_);
    if (!at(1).is("IMMEDIATE")) throw Oracle::ora(6550, "PLS-00103: Encountered the symbol \"" + at(1).text + "\"");
    const std::size_t text_end = end_of(pos_, {"INTO", "USING", ";"});
    const std::string text = text_of(value(pos_ + 2, text_end));
    std::vector<std::string> into;
    std::size_t next = text_end;
    if (tokens_[next].is("INTO")) {
        const std::size_t into_end = end_of(next, {"USING", ";"});
        into = targets(next + 1, into_end);
        next = into_end;
    }
    std::vector<Value> values;
    if (tokens_[next].is("USING"))
        for (const auto& [from, to] : list(next + 1, end))
            values.push_back(value(tokens_[from].is("IN") ? from + 1 : from, to));
    immediate(text, values, into);
}

void Plsql::immediate(const std::string& text, const std::vector<Value>& values, const std::vector<std::string>& into) {
    const Tokens read = Oracle::tokens(text);
    if (any_of(read.front(), {"BEGIN", "DECLARE"})) {
        std::vector<Parameter> parameters;
        for (const Value& value : values) parameters.push_back({value, false});
        return Plsql(session_, text, read, parameters).run();
    }
    std::map<std::string, std::size_t> places;  // :a, :b by their order
    const auto named = [&](std::string_view name) -> std::optional<Value> {
        const auto place = places.try_emplace(std::string(name), places.size()).first->second;
        return place < values.size() ? std::optional(values[place]) : std::nullopt;
    };
    session_.variables.clear();
    const auto outcome = session_.statement(read, 0, read.size() - 1, text, named, 0);
    variables_["SQL__ROWCOUNT"] = outcome.count;
    if (!into.empty()) store(into, outcome.table);
}

void Plsql::call() {
    std::string name = dictionary_name(at()), owner;
    std::size_t next = pos_ + 1;
    while (tokens_[next].is(".")) {
        owner = name;
        name = dictionary_name(tokens_[next + 1]);
        next += 2;
    }
    const std::size_t end = end_of(pos_);
    const auto arguments =
        tokens_[next].is("(") ? list(next + 1, end - 1) : std::vector<std::pair<std::size_t, std::size_t>>();
    if (name == "RAISE_APPLICATION_ERROR") {
        const auto number = number_of(value(arguments.at(0).first, arguments.at(0).second));
        if (number > -20000 || number < -20999)
            throw Oracle::ora(21000, "error number argument to raise_application_error is out of range");
        throw Oracle::ora(static_cast<int>(-number), text_of(value(arguments.at(1).first, arguments.at(1).second)));
    }
    if (owner.starts_with("DBMS_")) return package(owner + "." + name, arguments);
    user_procedure(owner, name);
}

void Plsql::package(const std::string& name, const std::vector<std::pair<std::size_t, std::size_t>>& arguments) {
    const auto argument = [&](std::size_t i) {
        auto [from, to] = arguments.at(i);
        if (tokens_[from + 1].is("=>")) from += 2;
        return text_of(value(from, to));
    };
    if (name == "DBMS_LOCK.ALLOCATE_UNIQUE") {
        session_.commit();
        return assign(arguments.at(1).second - 1, "1073741" + argument(0));
    }
    if (name == "DBMS_LOCK.SLEEP" || name == "DBMS_SESSION.SLEEP")
        return session_.sleep(std::chrono::milliseconds(static_cast<std::int64_t>(std::stod(argument(0)) * 1000)));
    if (name == "DBMS_APPLICATION_INFO.SET_MODULE") return session_.set_module(argument(0));
    if (name == "DBMS_APPLICATION_INFO.SET_CLIENT_INFO") return session_.set_client_info(argument(0));
    if (name == "DBMS_SESSION.SET_IDENTIFIER") return session_.set_identifier(argument(0));
    if (name == "DBMS_OUTPUT.PUT_LINE" || name == "DBMS_OUTPUT.ENABLE") return;
    Oracle::not_spoken(name);
}

// The text kept is from AS on: declarations and a block.
void Plsql::user_procedure(const std::string& owner, const std::string& name) {
    const Value text =
        session_.one("SELECT text FROM model_object WHERE owner = ?1 AND name = ?2 AND type = 'PROCEDURE'",
                     {owner.empty() ? session_.current_schema() : owner, name});
    if (is_null(text)) throw Oracle::ora(6550, "PLS-00201: identifier '" + name + "' must be declared");
    const std::string body = "DECLARE " + text_of(text);
    std::vector<Parameter> none;
    Plsql(session_, body, Oracle::tokens(body), none).run();
}

}  // namespace model
