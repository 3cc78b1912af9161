// The simple statements of a batch: variables, settings, queries, messages.
#include <algorithm>
#include <array>

#include "sqlserver_batch.hpp"
#include "sqlserver_rewriter.hpp"
#include "text.hpp"

namespace model {
Store::Binder Batch::binder() {
    return [this](std::string_view name) -> std::optional<Value> {
        if (name.starts_with('?')) {
            const auto index = std::strtoul(std::string(name.substr(1)).c_str(), nullptr, 10);
            if (!parameters_ || index < 1 || index > parameters_->size())
                throw problem(0, "COUNT field incorrect", "07002");
            return (*parameters_)[index - 1].value;
        }
        const auto found = variables_.find(folded(name));
        if (found == variables_.end())
            throw error(137, "Must declare the scalar variable \"" + std::string(name) + "\".");
        return found->second;
    };
}

Value Batch::value(std::size_t from, std::size_t to) {
    if (from >= to) wrong_syntax(tokens_[from]);
    SqlServerRewriter rewriter(session_, tokens_);
    const std::string sql = "SELECT " + rewriter.rewrite(tokens_, from, to);
    for (const auto& use : rewriter.uses()) session_.check_use(use.table, use.action);
    const Table table = session_.run(sql, binder());
    return table.rows.empty() ? Value() : table.rows.front().front();
}

bool Batch::holds(std::size_t from, std::size_t to) {
    SqlServerRewriter rewriter(session_, tokens_);
    const std::string sql = "SELECT CASE WHEN (" + rewriter.rewrite(tokens_, from, to) + ") THEN 1 ELSE 0 END";
    session_.refresh(sql);
    return number_of(session_.run(sql, binder()).rows.front().front()) == 1;
}

std::vector<std::pair<std::size_t, std::size_t>> Batch::list(std::size_t from, std::size_t to) const {
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

void Batch::transaction() {
    const std::string verb = tokens_[pos_++].upper;
    const bool said = take("TRAN") || take("TRANSACTION") || take("WORK");
    if (verb == "SAVE" && !said) wrong_syntax(at());
    std::string name;
    if (said && (at().kind == Token::Kind::name || at().kind == Token::Kind::variable ||
                 (at().kind == Token::Kind::word && end_of(pos_ - 1) > pos_)))
        name = tokens_[pos_++].text;
    simple(pos_, [&] {
        if (name.starts_with('@')) name = text_of(*binder()(name));
        if (verb == "BEGIN") session_.begin();
        if (verb == "COMMIT") session_.commit();
        if (verb == "SAVE") session_.save(name);
        if (verb == "ROLLBACK" && name.empty()) session_.roll_back();
        if (verb == "ROLLBACK" && !name.empty()) session_.roll_back_to(name);
    });
}

void Batch::declare() {
    const std::size_t end = end_of(pos_);
    for (const auto& [from, to] : list(pos_ + 1, end)) {
        if (tokens_[from].kind != Token::Kind::variable) wrong_syntax(tokens_[from]);
        if (any_of(tokens_[from + 1], {"TABLE", "CURSOR"})) not_spoken("DECLARE of a " + tokens_[from + 1].upper);
        const std::string name = folded(tokens_[from].text);
        std::size_t sign = from;
        while (sign < to && !tokens_[sign].is("=")) ++sign;
        if (live_) variables_[name] = sign < to ? value(sign + 1, to) : Value();
    }
    pos_ = end;
}

void Batch::set() {
    const std::size_t from = pos_ + 1, end = end_of(pos_);
    if (tokens_[from].kind == Token::Kind::variable) {
        if (!tokens_[from + 1].is("=")) wrong_syntax(tokens_[from + 1]);
        return simple(end, [&] {
            const std::string name = folded(tokens_[from].text);
            if (!variables_.contains(name)) static_cast<void>(binder()(tokens_[from].text));
            variables_[name] = value(from + 2, end);
        });
    }
    simple(end, [&] {
        const auto option = tokens_[from].upper;
        if (option == "TRANSACTION") {
            const std::string level = tokens_[end - 2].upper + " " + tokens_[end - 1].upper;
            const std::map<std::string, std::string> levels = {{"READ UNCOMMITTED", "1"},
                                                               {"READ COMMITTED", "2"},
                                                               {"REPEATABLE READ", "3"},
                                                               {"LEVEL SERIALIZABLE", "4"},
                                                               {"LEVEL SNAPSHOT", "5"}};
            if (!levels.contains(level)) wrong_syntax(tokens_[end - 1]);
            return session_.set_option("ISOLATION", levels.at(level));
        }
        const auto names = list(from, end);
        std::string setting =
            end > from + 1 && any_of(tokens_[end - 1], {"ON", "OFF"}) ? tokens_[end - 1].upper : std::string();
        if (setting.empty() && option == "DEADLOCK_PRIORITY" && tokens_[end - 1].kind == Token::Kind::word)
            setting = tokens_[end - 1].is("LOW") ? "-5" : tokens_[end - 1].is("HIGH") ? "5" : "0";
        if (setting.empty() && any_of(tokens_[from], {"LANGUAGE", "DATEFORMAT"})) setting = tokens_[end - 1].text;
        if (setting.empty()) setting = text_of(value(from + 1, end));
        for (const auto& [first, last] : names) session_.set_option(tokens_[first].upper, setting);
    });
}

struct Target {
    std::string variable;
    bool adds;  // @x = @x + …: once for each row
};

// SELECT TOP (1) @x = 1, @y = a FROM …: the names, each taken out of the tokens with its sign.
static std::vector<Target> take_targets(Tokens& tokens) {
    std::vector<Target> targets;
    int depth = 0;
    bool begins = false, top = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].is("(")) ++depth;
        if (tokens[i].is(")")) --depth;
        if (depth == 0 && any_of(tokens[i], {"FROM", "WHERE"})) break;
        if (begins && tokens[i].kind == Token::Kind::variable && tokens[i + 1].is("=")) {
            const bool adds = same(tokens[i + 2].text, tokens[i].text) && tokens[i + 3].is("+");
            targets.push_back({folded(tokens[i].text), adds});
            const auto from = tokens.begin() + static_cast<std::ptrdiff_t>(i);
            tokens.erase(from, from + (adds ? 4 : 2));
        }
        if (any_of(tokens[i], {"SELECT", "TOP"})) top = tokens[i].is("TOP");
        begins = depth == 0 && (tokens[i].is("SELECT") || tokens[i].is(",") || (top && tokens[i].is(")")));
    }
    return targets;
}

void Batch::assign(const std::vector<Target>& targets, const Table& table) {
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < targets.size(); ++i) {
            Value& variable = variables_[targets[i].variable];
            const bool number = targets[i].adds && std::holds_alternative<std::int64_t>(variable);
            if (!targets[i].adds) {
                variable = row.at(i);
            } else if (is_null(variable) || is_null(row.at(i))) {
                variable = Value();
            } else if (number) {
                variable = number_of(variable) + number_of(row.at(i));
            } else {
                variable = text_of(variable) + text_of(row.at(i));
            }
        }
}

void Batch::query(std::size_t from, std::size_t end) {
    Tokens tokens(tokens_.begin() + static_cast<std::ptrdiff_t>(from),
                  tokens_.begin() + static_cast<std::ptrdiff_t>(end));
    tokens.push_back(tokens_.back());
    const bool reads = tokens.front().is("SELECT") ||
                       (tokens.front().is("WITH") && std::ranges::none_of(tokens, [](const Token& token) {
                            return any_of(token, {"INSERT", "UPDATE", "DELETE"});
                        }));
    const auto targets = reads ? take_targets(tokens) : std::vector<Target>();
    SqlServerRewriter rewriter(session_, tokens, parameters_in(tokens_, from));
    const std::string sql = rewriter.rewrite(tokens, 0, tokens.size() - 1);
    for (const auto& use : rewriter.uses()) session_.check_use(use.table, use.action);
    session_.refresh(sql);
    Table table;
    if (reads) {
        table = session_.run(sql, binder());
        session_.last_count = static_cast<std::int64_t>(table.rows.size());
    } else {
        session_.writing([&] {
            table = session_.run(sql, binder());
            session_.last_count = session_.changes();
        });
    }
    if (!targets.empty()) {
        assign(targets, table);
    } else if (reads) {
        events_.push_back({.kind = Event::Kind::rows, .table = std::move(table)});
    } else if (!session_.is_on("NOCOUNT")) {
        events_.push_back({.kind = Event::Kind::count, .count = session_.last_count});
    }
}

void Batch::tell(std::size_t from, std::size_t end) {
    events_.push_back({.kind = Event::Kind::info, .records = {{"01000", 0, text_of(value(from, end))}}});
}

// RAISERROR('text %s %d', severity, state, values…) [WITH NOWAIT]
void Batch::raise(std::size_t from, std::size_t end) {
    if (!tokens_[from].is("(")) wrong_syntax(tokens_[from]);
    std::size_t close = end;
    while (!tokens_[close - 1].is(")")) --close;
    const auto parts = list(from + 1, close - 1);
    if (parts.size() < 3) wrong_syntax(tokens_[close - 1]);
    std::string text = text_of(value(parts[0].first, parts[0].second));
    const auto severity = number_of(value(parts[1].first, parts[1].second));
    for (std::size_t i = 3; i < parts.size(); ++i) {
        const auto sign = text.find('%');
        if (sign != text.npos) text.replace(sign, 2, text_of(value(parts[i].first, parts[i].second)));
    }
    if (severity <= 10) return events_.push_back({.kind = Event::Kind::info, .records = {{"01000", 50000, text}}});
    Problem raised = error(50000, text);
    raised.spares_transaction = true;
    raised.severity = static_cast<int>(severity);
    throw raised;
}

void Batch::rethrow(std::size_t from, std::size_t end) {
    if (from == end) {
        if (session_.caught.empty())
            throw error(10704, "To rethrow an error, a THROW statement must be used inside a CATCH block.");
        Problem again = session_.caught.back();
        again.batch = true;
        throw again;
    }
    const auto parts = list(from, end);
    if (parts.size() != 3) wrong_syntax(tokens_[end - 1]);
    Problem thrown = error(static_cast<int>(number_of(value(parts[0].first, parts[0].second))),
                           text_of(value(parts[1].first, parts[1].second)));
    thrown.batch = true;
    throw thrown;
}

void Batch::wait_for(std::size_t from, std::size_t end) {
    if (!tokens_[from].is("DELAY")) not_spoken("WAITFOR " + tokens_[from].text);
    const std::string text = text_of(value(from + 1, end));
    int hours = 0, minutes = 0;
    double seconds = 0;
    if (std::sscanf(text.c_str(), "%d:%d:%lf", &hours, &minutes, &seconds) < 2)
        throw error(148, "Incorrect time syntax in time string '" + text + "' used with WAITFOR.");
    session_.sleep(
        std::chrono::milliseconds(static_cast<std::int64_t>((hours * 60 + minutes) * 60000 + seconds * 1000)));
}

}  // namespace model
