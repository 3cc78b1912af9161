#include "core/client.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/ascii.hpp"
#include "core/words.hpp"

namespace roost {

namespace commanding {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool in_word(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '$' || c == '#'; }

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (text = trimmed(text, blanks); !text.empty(); text = trimmed(text, blanks)) {
        words.push_back(text.substr(0, text.find_first_of(blanks)));
        text.remove_prefix(words.back().size());
    }
    return words;
}

std::string_view without_semicolon(std::string_view text) {
    text = trimmed(text, blanks);
    return text.ends_with(';') ? trimmed(text.substr(0, text.size() - 1), blanks) : text;
}

// "EXEC[UTE]" names exec, execu, execut and execute.
bool names(std::string_view pattern, std::string_view word) {
    const std::string_view least = pattern.substr(0, pattern.find('['));
    std::string full = lower_ascii(pattern);
    std::erase_if(full, [](char c) { return c == '[' || c == ']'; });
    return word.size() >= least.size() && full.starts_with(lower_ascii(word));
}

bool names_any(std::string_view patterns, std::string_view word) {
    return std::ranges::any_of(words_of(patterns), [&](std::string_view pattern) { return names(pattern, word); });
}

// The client's word that `text` begins with; empty: it is another.
std::string_view word_of(const ClientLine& line, std::string_view text) {
    if (!is_letter(line.word.back()) && line.word.back() != ']')
        return text.starts_with(line.word) ? text.substr(0, line.word.size()) : std::string_view{};
    std::size_t end = is_letter(text.front()) ? 0 : 1;
    while (end < text.size() && in_word(text[end])) ++end;
    const std::string_view word = text.substr(0, end);
    return names(line.word, word) ? word : std::string_view{};
}

std::size_t line_end(std::string_view text, std::size_t at, bool dash_continues) {
    while (true) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trimmed(text.substr(at, end - at), blanks);
        if (!dash_continues || !line.ends_with('-') || end == text.size())
            return end - (end > at && text[end - 1] == '\r' ? 1 : 0);
        at = end + 1;
    }
}

// A line that goes on, as one.
std::string joined(std::string_view text, bool dash_continues) {
    std::string result(text);
    if (!dash_continues) return result;
    for (std::size_t at = result.find('\n'); at != std::string::npos; at = result.find('\n', at)) {
        const std::size_t dash = result.rfind('-', at);
        result.replace(dash, at + 1 - dash, " ");
        at = dash;
    }
    return result;
}

Error wrong(std::string message, std::string advice) { return usage_error(std::move(message), std::move(advice)); }

// 'a b', "a b" or one word; nullopt: neither.
std::optional<std::string> value_of(std::string_view text) {
    if (text.empty() || !std::string_view("'\"").contains(text.front()))
        return text.find_first_of(blanks) == std::string_view::npos ? std::optional(std::string(text)) : std::nullopt;
    const char quote = text.front();
    std::string value;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (text[at] == quote && at + 1 == text.size()) return value;
        if (text[at] == quote && text[++at] != quote) return std::nullopt;
        value += text[at];
    }
    return std::nullopt;
}

}  // namespace
}  // namespace commanding

using namespace std::string_literals;

Result<std::optional<Client::Line>> Client::line(const Source& source, std::size_t at) {
    const std::string_view text = source.text();
    for (const ClientLine& line : rules_->client_lines) {
        const std::string_view word = commanding::word_of(line, text.substr(at));
        if (word.empty()) continue;
        const std::size_t end = commanding::line_end(text, at, rules_->dash_continues);
        const auto words = commanding::words_of(text.substr(at + word.size(), end - at - word.size()));
        if (!words.empty() && commanding::names_any(line.sql_before, words.front())) return std::nullopt;
        const auto refused = [&](std::string_view each) { return commanding::names_any(line.refused_with, each); };
        if (line.effect == LineEffect::refuse || std::ranges::any_of(words, refused))
            return fail(usage_error(std::string(word) + " is a line of the command-line client that cannot be followed",
                                    std::string(line.advice), source.place(at)));
        auto written = line.effect == LineEffect::pass ? std::string{} : arguments(source, at + word.size(), end);
        if (!written) return fail(std::move(written.error()));
        auto done = carry_out(line, *written);
        if (!done) {
            done.error().place = source.place(at);
            return fail(std::move(done.error()));
        }
        done->end = end;
        return std::optional(std::move(*done));
    }
    return std::nullopt;
}

Result<std::string> Client::arguments(const Source& source, std::size_t begin, std::size_t end) const {
    Edits edits;
    if (auto expanded = expand(source, begin, end, edits); !expanded) return fail(std::move(expanded.error()));
    return commanding::joined(edits.applied(source.text(), begin, end), rules_->dash_continues);
}

Result<Client::Line> Client::carry_out(const ClientLine& line, std::string_view arguments) {
    const auto words = commanding::words_of(arguments);
    switch (line.effect) {
        case LineEffect::refuse:
        case LineEffect::pass:
            return Line{};
        case LineEffect::define:
            if (auto defined = define(arguments); !defined) return fail(std::move(defined.error()));
            return Line{};
        case LineEffect::undefine:
            for (const std::string_view name : words) variables_.unset(commanding::without_semicolon(name));
            return Line{};
        case LineEffect::settings:
            settings(arguments);
            return Line{};
        case LineEffect::run: {
            const std::string_view call = commanding::without_semicolon(arguments);
            if (call.empty())
                return fail(commanding::wrong("nothing to execute", "name the procedure and its arguments"));
            return Line{0, "BEGIN " + std::string(call) + "; END;"};
        }
        case LineEffect::delimiter:
            if (words.empty() || words.front().contains('\\'))
                return fail(
                    commanding::wrong("DELIMITER without a delimiter", "write what ends a statement, such as //"));
            delimiter_ = words.front() == ";" ? ""s : std::string(words.front());
            return Line{};
    }
    return Line{};
}

// NAME, NAME VALUE, NAME = VALUE. A name alone takes a variable of the dollar style away, and shows others.
Result<void> Client::define(std::string_view arguments) {
    const bool dollar = rules_->variables == VariableStyle::dollar;
    std::string_view rest = dollar ? trimmed(arguments, commanding::blanks) : commanding::without_semicolon(arguments);
    const std::string_view name = rest.substr(0, rest.find_first_of(dollar ? " \t" : " \t="));
    rest = trimmed(rest.substr(name.size()), commanding::blanks);
    const bool equals = !dollar && rest.starts_with('=');
    if (equals) rest = trimmed(rest.substr(1), commanding::blanks);
    if (dollar && name.empty())
        return fail(commanding::wrong("a variable without a name", "write :setvar NAME \"value\""));
    if (rest.empty() && !equals) {
        if (dollar) variables_.unset(name);
        return {};
    }
    const auto value = commanding::value_of(rest);
    if (!value || (!dollar && !equals))
        return fail(commanding::wrong("the value of " + std::string(name) + " is no single word",
                                      dollar ? "put it into double quotes" : "write DEFINE name = 'value'"));
    variables_.set(name, *value);
    return {};
}

void Client::settings(std::string_view arguments) {
    const auto words = commanding::words_of(commanding::without_semicolon(arguments));
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
        if (commanding::names_any("DEF[INE] SCAN", words[at])) variables_.set_mark(words[at + 1]);
    }
}

Result<void> Client::expand(const Source& source, std::size_t begin, std::size_t end, Edits& edits) const {
    const std::string_view text = source.text();
    while (const auto found = variables_.find(text, std::max(begin, edits.end()), end)) {
        const std::string* value = variables_.value(found->name);
        if (!value)
            return fail(usage_error("the variable " + std::string(found->name) + " has no value",
                                    variables_.advice(found->name), source.place(found->begin)));
        edits.replace(found->begin, found->end, *value);
    }
    return {};
}

}  // namespace roost
