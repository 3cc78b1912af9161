#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/describe.hpp"
#include "report/html.hpp"
#include "report/markup.hpp"
#include "report/svg.hpp"
#include "report/words.hpp"

namespace roost::html {
namespace {

struct Proof {
    Evidence evidence;
    std::string_view what;
};
constexpr auto proofs = std::to_array<Proof>({
    {Evidence::declared, "computed from the files and the roles: exact, if the scripts do what is shown"},
    {Evidence::predicted, "read from the script's statement, which was understood but did not run"},
    {Evidence::rehearsed, "seen: the scripts ran in a transaction that was rolled back, and the roles were compared"},
    {Evidence::opaque, "the statement is not understood and may change anything: read it yourself, or rehearse it"},
});

std::string badge(Evidence evidence) {
    return fmt::format("<span class=\"badge {0}\">{0}</span>", to_string(evidence));
}

std::string legend(const PlanBody& body) {
    std::string out;
    for (const Proof& proof : proofs)
        if (std::ranges::find(body.lines, proof.evidence, &PlanLine::evidence) != body.lines.end())
            out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", badge(proof.evidence), escaped(proof.what));
    return fmt::format("<dl class=\"legend proofs\" aria-label=\"How a line is known\">\n{}</dl>\n", out);
}

std::string what(const PlanLine& line) {
    if (!line.change) return code(line.text);
    std::string out;
    for (const Word& word : words_of(*line.change)) out += word.is_name ? code(word.text) : escaped(word.text);
    return out;
}

std::string sign(const PlanLine& line) {
    const Doing does = doing(line);
    constexpr std::string_view said[] = {"adds", "alters", "removes", "not understood"};
    const std::string_view mark = mark_of(does);
    return fmt::format("<span class=\"sign {}\" role=\"img\" aria-label=\"{}\">{}</span>", class_of(mark),
                       said[static_cast<std::size_t>(does)], does == Doing::removes ? "−" : mark);
}

std::string row_of(const PlanLine& line) {
    std::string why = escaped(line.why);
    if (line.known) why += why.empty() ? "ran before, unchanged" : "; ran before, unchanged";
    return row(cell("Change", sign(line) + "<span class=\"what\">" + what(line) + "</span>", "change") +
               cell("Known how", badge(line.evidence)) + cell("Where", place(line.place)) + cell("Why", why));
}

std::string list(std::string_view style, const std::vector<std::string>& items) {
    std::string out;
    for (const std::string& item : items) out += fmt::format("<li>{}</li>\n", escaped(item));
    return out.empty() ? out : fmt::format("<ul class=\"{}\">\n{}</ul>\n", style, out);
}

std::string graph_legend() {
    struct Line {
        std::string_view style, text;
    };
    std::string out;
    for (const Line& line : {Line{"kept", "stays"},
                             {"added", "+ added"},
                             {"altered", "~ altered"},
                             {"removed", "− removed"},
                             {"kept weak", "not effective until SET ROLE"}})
        out += fmt::format(
            "<li><svg class=\"key\" width=\"34\" height=\"10\" aria-hidden=\"true\"><g class=\"edge {}\"><path "
            "d=\"M1 5H33\"/></g></svg> {}</li>\n",
            line.style, escaped(line.text));
    return fmt::format(
        "<ul class=\"legend\">\n{}<li><span class=\"shape user\"></span> user</li>\n<li><span class=\"shape "
        "role\"></span> role</li>\n<li><span class=\"shape managed\"></span> managed role</li>\n</ul>\n",
        out);
}

// Comments stand back, so that the statements stand out.
std::string with_comments_marked(std::string_view script) {
    std::string out;
    while (!script.empty()) {
        const std::size_t end = std::min(script.find('\n'), script.size() - 1) + 1;
        const std::string line = escaped(script.substr(0, end), true);
        out += line.starts_with("--") ? fmt::format("<span class=\"comment\">{}</span>", line) : line;
        script.remove_prefix(end);
    }
    return out;
}

}  // namespace

Section changes(const Report& report, const PlanBody& body) {
    std::string rows;
    for (const PlanLine& line : body.lines) rows += row_of(line);
    Section section{.id = "changes",
                    .title = report.command == "check" ? "Drift"
                             : body.applied            ? "What was done"
                                                       : "Changes",
                    .number = body.lines.size(),
                    .content = {}};
    if (!rows.empty())
        section.content =
            legend(body) + table("In the order in which they run", {"Change", "Known how", "Where", "Why"}, rows);
    return section;
}

Section scripts(const PlanBody& body) {
    std::string items;
    for (const ScriptLine& script : body.scripts)
        items += fmt::format("<li>{} {}</li>\n", code(script.path),
                             script.known ? "<span class=\"muted\">ran before, unchanged</span>"
                                          : "<span class=\"badge new\">new or changed</span>");
    if (!items.empty()) items = fmt::format("<ol class=\"scripts\">\n{}</ol>\n", items);
    return {.id = "scripts",
            .title = body.applied ? "Scripts that ran" : "Scripts that run",
            .number = body.scripts.size(),
            .content = items};
}

Section rehearsal(const Report& report, const PlanBody& body) {
    const RehearsalResult& result = body.rehearsal;
    std::string content;
    if (!result.proven.empty()) content += "<h3>Proven</h3>\n" + list("proven", result.proven);
    if (!result.not_proven.empty())
        content += (result.done ? "<h3>Not proven</h3>\n" : "<p>The scripts were not rehearsed:</p>\n") +
                   list("unproven", result.not_proven);
    if (result.done)
        content =
            (report.command == "apply" ? "<p>The scripts ran twice.</p>\n"
                                       : "<p>The scripts ran in a transaction, twice, and it was rolled back.</p>\n") +
            content;
    return {.id = "rehearsal", .title = "Rehearsal", .content = content};
}

Section graph(const PlanBody& body) {
    const svg::Graph drawn = svg::graph(body.picture);
    std::string content;
    if (!drawn.left_out.empty()) content += fmt::format("<p>{}</p>\n", escaped(drawn.left_out));
    if (!drawn.svg.empty())
        content += graph_legend() +
                   "<div class=\"box figure\" tabindex=\"0\" role=\"region\" aria-label=\"The role graph, to be "
                   "scrolled\">\n" +
                   drawn.svg +
                   "</div>\n<p class=\"muted\">A line goes from a member, on the left, to the role that it is in. "
                   "Names that are cut show in full where the pointer rests.</p>\n";
    return {.id = "graph", .title = "Role graph", .content = content};
}

Section sql(const Report& report, const PlanBody& body) {
    Section section{.id = "sql", .title = "SQL", .content = {}};
    const auto script = body.sql.empty() ? Result<std::string>{} : to_sql(report);
    if (!script)
        section.content = fmt::format("<p class=\"warning-line\">{}</p>\n", escaped(to_string(script.error())));
    if (!script || script->empty()) return section;
    const std::string shown_script = with_comments_marked(*script);
    if (harmless(*script, true) != *script)
        section.content =
            "<p class=\"warning-line\">It holds characters that cannot be shown as they are, and stand here as "
            "<code>\\u{…}</code>: do not copy it from here, but let <code>--report plan.sql</code> write it.</p>\n";
    section.content += fmt::format(
        "<pre class=\"box\" tabindex=\"0\" role=\"region\" aria-label=\"The SQL, to be scrolled\">{}</pre>\n",
        shown_script);
    return section;
}

}  // namespace roost::html
