#include "app/scripts.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/ascii.hpp"
#include "core/checksum.hpp"
#include "core/recognise.hpp"

namespace roost {
namespace {

bool chosen(const Script& script, const ScriptChoice& choice) {
    if (choice.event == Event::afterMigrateError) return script.event == Event::afterMigrateError;
    return script.event == Event::afterMigrate || (script.event == Event::afterMigrateApplied && choice.moved_on);
}

// nullopt: the version is reached; else why the script is left out.
std::optional<Finding> too_early(const Script& script, const std::optional<Version>& version) {
    if (!script.directives.needs) return std::nullopt;
    const auto needed = Version::parse(*script.directives.needs);
    if (needed && version && *version >= *needed) return std::nullopt;
    return Finding{.code = "script-skipped",
                   .severity = Severity::note,
                   .what = {.message = fmt::format("not run: it requires schema version {}, this is {}",
                                                   *script.directives.needs, version ? version->text() : "none"),
                            .place = {.file = script.path}}};
}

std::string folder(const std::string& path) { return path.substr(0, path.find_last_of('/') + 1); }

// The values, with what is secret or differs from run to run left as it is written: for the checksum.
Placeholders public_values(Placeholders values, const Environment& environment) {
    const PlaceholderForm& form = environment.placeholder_form;
    const auto leave = [&](const std::string& name) { values[name] = form.prefix + name + form.suffix; };
    for (const char* name : {"timestamp", "workingDirectory"}) leave(flyway_placeholder(form, name));
    for (const auto& [name, placeholder] : environment.placeholders)
        if (placeholder.secret) leave(name);
    return values;
}

std::string leading_words(std::string_view sql, const SplitRules& rules) {
    std::string words;
    for (const Token& token : tokens(sql.substr(0, 200), rules)) {
        const bool opens_executed_comment = token.kind == TokenKind::symbol && token.value.starts_with("/*");
        if (opens_executed_comment) continue;
        if (token.kind != TokenKind::word) break;
        words += words.empty() ? "" : " ";
        words += upper_ascii(token.value);
    }
    return words;
}

bool leads(const std::string& words, std::span<const std::string_view> list) {
    return std::ranges::any_of(list, [&](std::string_view start) {
        return words.starts_with(start) && (words.size() == start.size() || words[start.size()] == ' ');
    });
}

// Whether the words begin a body that is only stored.
bool stores_body(std::string_view words) {
    if (!words.starts_with("CREATE ") && !words.starts_with("ALTER ")) return false;
    const auto next = words.starts_with("CREATE OR ALTER ") ? words.substr(16) : words.substr(words.find(' ') + 1);
    return next.starts_with("PROC") || next.starts_with("FUNCTION") || next.starts_with("TRIGGER");
}

// Where a batch, which is many statements, would first begin or end a transaction.
std::optional<std::size_t> transaction_control_in(const std::string& batch, const EngineInfo& info) {
    const auto all = tokens(batch, info.split);
    for (auto token = all.begin(); token != all.end(); ++token) {
        const auto next = token + 1;
        if (token->kind != TokenKind::word) continue;
        const bool two = next != all.end() && next->kind == TokenKind::word;
        if (leads(upper_ascii(token->value) + (two ? " " + upper_ascii(next->value) : ""), info.transaction_control))
            return token->begin;
    }
    return std::nullopt;
}

Place moved(Place place, std::string_view over) {
    for (const char c : over) {
        if (c == '\n') {
            ++place.line;
            place.column = 0;
        }
        if ((c & 0xC0) != 0x80) ++place.column;
    }
    return place;
}

Error ends_transaction(std::string_view word, Place place) {
    return {.kind = ErrorKind::usage,
            .message = fmt::format("{} would end the run's transaction", word),
            .advice = "leave it out: roost commits the whole run or nothing",
            .place = std::move(place)};
}

// What a statement of a script inside the run's transaction must not do.
std::optional<Error> escapes(const Statement& statement, const EngineInfo& info) {
    const std::string words = leading_words(statement.sql, info.split);
    if (leads(words, info.transaction_control))
        return ends_transaction(words.substr(0, words.find(' ')), statement.place);
    if (info.split.batches && !stores_body(words))
        if (const auto at = transaction_control_in(statement.sql, info)) {
            const std::string rest = leading_words(statement.sql.substr(*at), info.split);
            return ends_transaction(rest.substr(0, rest.find(' ')),
                                    moved(statement.place, std::string_view(statement.sql).substr(0, *at)));
        }
    if (leads(words, info.outside_transaction))
        return Error{
            .kind = ErrorKind::usage,
            .message = fmt::format("{} cannot run inside the run's transaction", words.substr(0, words.find(' '))),
            .advice = "put it into a script of its own with the directive `-- roost: transaction = off`",
            .place = statement.place};
    return std::nullopt;
}

// Whether the lines of what is sent are those of the file: a value that was put in may hold more; and whether an error
// in it can only be about one of them.
bool lines_hold(const std::string& written, const Source& source, const Slice& slice, const EngineInfo& info) {
    if (info.runs_others.empty()) return false;
    if (std::ranges::count(written, '\n') != std::ranges::count(source.original(slice.begin, slice.end), '\n'))
        return false;
    return std::ranges::none_of(tokens(written, info.split), [&](const Token& token) {
        return token.kind == TokenKind::word && leads(upper_ascii(token.value), info.runs_others);
    });
}

std::string first_line(const std::string& text) { return text.substr(0, text.find_first_of("\r\n")); }

class Reader {
public:
    Reader(const World& world, const Loaded& loaded, const ServerFacts& facts)
        : loaded_(loaded),
          values_(placeholder_values(world, loaded, facts)),
          public_(public_values(values_, loaded.environment)) {}

    // Adds what is wrong to `errors` and gives what could be read.
    ReadyScript read(const Script& script, Errors& errors) {
        ReadyScript ready{.script = &script};
        const auto name = script.path.substr(folder(script.path).size());
        const std::string own_name = flyway_placeholder(loaded_.environment.placeholder_form, "filename");
        values_[own_name] = public_[own_name] = name;
        const PlaceholderForm& form = loaded_.environment.placeholder_form;
        auto source = substitute(script.path, script.text, values_, form);
        if (!source) {
            errors.push_back(std::move(source.error()));
            return ready;
        }
        const auto open = substitute(script.path, script.text, public_, form);
        ready.checksum = flyway_checksum(open->text());
        Splitter splitter(*source, loaded_.driver->info.split);
        while (auto slice = splitter.next()) {
            if (!*slice) {
                errors.push_back(std::move(slice->error()));
                break;
            }
            const std::size_t wrong = errors.size();
            for (std::size_t time = 0; time < (*slice)->times && errors.size() == wrong; ++time)
                add(ready, *source, **slice, errors);
        }
        show(ready, *open);
        return ready;
    }

private:
    // Each statement with its secrets left out: told by splitting the text in which they never were; or, where that
    // splits otherwise, taken out.
    void show(ReadyScript& ready, const Source& open) const {
        const SplitRules& rules = loaded_.driver->info.split;
        Splitter splitter(open, rules);
        for (auto slice = splitter.next(); slice && *slice; slice = splitter.next())
            ready.shown.insert(ready.shown.end(), (*slice)->times, sent(open, **slice));
        if (ready.shown.size() != ready.recognised.size()) {
            ready.shown.clear();
            ready.hidden.assign(ready.recognised.size(), Hidden::sql);
            for (const ScriptStatement& statement : ready.recognised)
                ready.shown.push_back(loaded_.redact(statement.sql));
            return;
        }
        for (std::size_t i = 0; i < ready.shown.size(); ++i) {
            const bool about_roles = ready.programs[i] && !ready.programs[i]->empty();
            ready.hidden.push_back(hidden_in(ready.recognised[i].sql, ready.shown[i], rules, about_roles));
        }
    }

    void add(ReadyScript& ready, const Source& source, const Slice& slice, Errors& errors) const {
        const EngineInfo& info = loaded_.driver->info;
        Statement statement{.sql = sent(source, slice), .place = source.place(slice.begin)};
        if (ready.script->directives.transaction)
            if (auto error = escapes(statement, info)) errors.push_back(std::move(*error));
        auto program = recognise(statement.sql, info.split, info.folding);
        auto sent = loaded_.driver->sendable(statement.sql);
        if (!sent) {
            sent.error().place = statement.place;
            errors.push_back(std::move(sent.error()));
            return;
        }
        statement.lines_hold = *sent == statement.sql && lines_hold(*sent, source, slice, info);
        std::string written = std::exchange(statement.sql, std::move(*sent));
        ready.originals.push_back(first_line(source.original(slice.begin, slice.end)));
        ready.recognised.push_back({statement.place, std::move(written), {}});
        ready.programs.push_back(std::move(program));
        ready.statements.push_back(std::move(statement));
    }

    const Loaded& loaded_;
    Placeholders values_;
    Placeholders public_;
};

}  // namespace

std::vector<std::pair<std::string_view, std::string>> flyways_own(const World& world, const Loaded& loaded,
                                                                  const ServerFacts& facts) {
    const Environment& environment = loaded.environment;
    const std::string& called = environment.flyway.environment;
    return {{"defaultSchema", environment.schema.empty() ? facts.schema : environment.schema},
            {"user", facts.account},
            {"database", facts.database},
            {"timestamp",
             fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::localtime(std::chrono::system_clock::to_time_t(world.now())))},
            {"filename", ""},
            {"workingDirectory", loaded.root.string()},
            {"table", environment.table},
            {"environment", called.empty() ? environment.name : called}};
}

Placeholders placeholder_values(const World& world, const Loaded& loaded, const ServerFacts& facts) {
    const Environment& environment = loaded.environment;
    Placeholders values;
    for (auto& [name, value] : flyways_own(world, loaded, facts))
        values[flyway_placeholder(environment.placeholder_form, name)] = std::move(value);
    for (const auto& [name, placeholder] : environment.placeholders) values[name] = placeholder.value;
    return values;
}

std::expected<std::vector<ReadyScript>, Errors> ready_scripts(const World& world, const Loaded& loaded,
                                                              const ServerFacts& facts, const ScriptChoice& choice,
                                                              std::vector<Finding>& notes) {
    std::vector<ReadyScript> ready;
    Errors errors;
    Reader reader(world, loaded, facts);
    for (const Script& script : loaded.scripts) {
        if (!chosen(script, choice) || !runs_in(script, loaded.environment.name)) continue;
        if (auto note = too_early(script, choice.version)) {
            notes.push_back(std::move(*note));
            continue;
        }
        ready.push_back(reader.read(script, errors));
    }
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return ready;
}

}  // namespace roost
