// For a merge request. Text that is not ours stands in code spans: nothing in it is a mention, a link or markup there.
#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "report/report.hpp"
#include "report/words.hpp"

namespace roost {
namespace markdown {
namespace {

std::size_t longest_run(std::string_view text, char of) {
    std::size_t longest = 0;
    for (std::size_t run = 0; const char c : text) {
        run = c == of ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// A code span with as many backticks around it as it takes. In a table a | ends the cell unless \ stands before it.
std::string code(std::string_view text, bool in_table) {
    if (text.empty()) return {};
    std::string inside;
    for (const char c : harmless(text)) {
        if (c == '|' && in_table) inside += '\\';
        inside += c;
    }
    const std::string fence(longest_run(inside, '`') + 1, '`');
    const bool padded = inside.starts_with('`') || inside.ends_with('`') || inside.starts_with(' ');
    return fmt::format("{0}{1}{2}{1}{0}", fence, padded ? " " : "", inside);
}

// A word that no host of code takes for anything else: letters that are no commit, or a short number.
bool is_plain(std::string_view word) {
    while (!word.empty() && std::string_view(",.;:").contains(word.back())) word.remove_suffix(1);
    const auto all = [&](auto is) { return std::ranges::all_of(word, is); };
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto hex = [&](char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    if (word.size() >= 7 && all(hex)) return false;
    return all(letter) || all(digit);
}

// A sentence, the parts of it that may be names in code spans.
std::string sentence(std::string_view text, bool in_table) {
    std::string out;
    std::string odd;  // words that stand together in one span
    const auto flush = [&] {
        const std::size_t end = odd.find_last_not_of(",.;:") + 1;  // a full stop is no part of a name
        if (end > 0) out += (out.empty() ? "" : " ") + code(odd.substr(0, end), in_table);
        out += odd.substr(end);
        odd.clear();
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        if (!is_plain(word)) {
            odd += (odd.empty() ? "" : " ") + std::string(word);
            continue;
        }
        flush();
        out += (out.empty() ? "" : " ") + std::string(word);
    }
    flush();
    return out;
}

std::string place(const Place& place, bool in_table) {
    return place.file.empty() ? std::string{} : code(to_string(place), in_table);
}

// Several backticks or tildes in the text would end a shorter fence.
std::string block(std::string_view language, const std::string& text) {
    const std::string fence(std::max<std::size_t>(3, longest_run(text, '`') + 1), '`');
    return fmt::format("{0}{1}\n{2}{3}{0}\n", fence, language, text, text.ends_with('\n') ? "" : "\n");
}

std::string folded(std::string_view title, const std::string& content) {
    return fmt::format("\n<details>\n<summary>{}</summary>\n\n{}\n</details>\n", title, content);
}

std::string what(const PlanLine& line) {
    if (!line.change) return code(line.text, true);
    std::string out;
    for (const Word& word : words_of(*line.change)) out += word.is_name ? code(word.text, true) : word.text;
    return out;
}

// A minus at the start of a cell is no list, and "~" alone is nothing; the signs stay as they are.
std::string row(const PlanLine& line) {
    std::string why = sentence(line.why, true);
    if (line.known) why += why.empty() ? "ran before, unchanged" : "; ran before, unchanged";
    return fmt::format("| {} | {} | {} | {} | {} |\n", code(mark_of(doing(line)), true), what(line),
                       to_string(line.evidence), place(line.place, true), why);
}

constexpr std::size_t most_open = 50;  // lines of a plan; more are folded away

std::string changes(const PlanBody& body) {
    if (body.lines.empty()) return {};
    std::string table = "|   | Change | Known how | Where | Why |\n|---|---|---|---|---|\n";
    for (const PlanLine& line : body.lines) table += row(line);
    if (body.lines.size() > most_open) return folded(counted(body.lines.size(), "line"), table);
    return "\n" + table;
}

std::string bullets(std::string_view title, const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items) out += fmt::format("- {}: {}\n", title, sentence(item, false));
    return out;
}

std::string rehearsal(const RehearsalResult& result) {
    if (!result.done && result.not_proven.empty()) return {};
    return fmt::format("\n### Rehearsal\n\n{}{}", bullets("proven", result.proven),
                       bullets(result.done ? "not proven" : "not rehearsed", result.not_proven));
}

std::string sql(const Report& report, const PlanBody& body) {
    const auto script = body.sql.empty() ? Result<std::string>{} : to_sql(report);
    if (!script || script->empty()) return {};
    const std::string text = harmless(*script, true);
    const std::string note =
        text == *script ? "" : "Characters that cannot be shown stand here as `\\u{…}`: do not copy it from here.\n\n";
    return folded("SQL", note + block("sql", text));
}

std::string message(const Error& error) {
    std::string text = sentence(error.message, false);
    if (!error.sqlstate.empty()) text += " " + code(error.sqlstate, false);
    if (!error.advice.empty()) text += fmt::format("<br>Fix: {}", sentence(error.advice, false));
    if (!error.place.file.empty()) text += fmt::format("<br>{}", place(error.place, false));
    return text;
}

std::string errors(const Report& report) {
    std::string out;
    for (const Error& error : report.errors)
        out += fmt::format("- **{}**: {}\n", error.kind == ErrorKind::refused ? "refused" : "error", message(error));
    return out.empty() ? out : "\n### Errors and refusals\n\n" + out;
}

std::string findings(const Report& report) {
    std::string out;
    for (const Finding* finding : in_order(report.findings))
        out += fmt::format("- **{}** {}: {}\n", to_string(finding->severity), code(finding->code, false),
                           message(finding->what));
    return out.empty() ? out : "\n### Findings\n\n" + out;
}

struct BodyText {
    const Report& report;

    std::string operator()(const PlanBody& body) const {
        return changes(body) + rehearsal(body.rehearsal) + sql(report, body);
    }
    // The others are short, and are read as text.
    std::string operator()(const auto&) const {
        const std::string text = to_text(report, {});
        return text.empty() ? text : "\n" + block("text", text);
    }
};

std::string headline(const Report& report) {
    const RunHeader& h = report.header;
    std::string title = "## roost " + (report.command.empty() ? "report" : report.command);
    if (!h.project.empty() || !h.environment.empty()) title += ": " + code(h.project + "/" + h.environment, false);
    title += "\n";
    if (const std::string said = verdict(report); !said.empty()) title += fmt::format("\n**{}**\n", said);
    if (!h.engine.empty()) title += "\n" + sentence(where(h), false) + "\n";
    return title;
}

}  // namespace
}  // namespace markdown

std::string to_markdown(const Report& report) {
    return markdown::headline(report) + markdown::errors(report) + std::visit(markdown::BodyText{report}, report.body) +
           markdown::findings(report);
}

}  // namespace roost
