#include "report/html.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/describe.hpp"
#include "report/markup.hpp"
#include "report/words.hpp"

namespace roost {
namespace html {
namespace {

constexpr std::string_view opening = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
)";

struct BodyParts {
    const Report& report;

    std::vector<Section> operator()(const PlanBody& body) const {
        return {errors(report),
                changes(report, body),
                scripts(body),
                rehearsal(report, body),
                graph(body),
                sql(report, body),
                history(body.history, "History"),
                findings(report)};
    }
    std::vector<Section> operator()(const HistoryBody& body) const {
        return {errors(report), history(body, "Runs"), findings(report)};
    }
    std::vector<Section> operator()(const StatusBody& body) const {
        std::vector<Section> parts{errors(report)};
        for (std::size_t i = 0; i < body.environments.size(); ++i)
            parts.push_back(toggles(body.environments[i], fmt::format("environment-{}", i + 1)));
        parts.push_back(findings(report));
        return parts;
    }
    // The others are short, and are read as text.
    std::vector<Section> operator()(const auto&) const {
        const std::string text = to_text(report, {});
        return {errors(report),
                {.id = "answer",
                 .title = "Answer",
                 .content = text.empty() ? text : fmt::format("<pre class=\"box\">{}</pre>\n", escaped(text, true))},
                findings(report)};
    }
};

std::string fact(std::string_view name, std::string_view value) {
    return value.empty() ? std::string{} : fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, escaped(value));
}

std::string facts(const Report& report) {
    const RunHeader& h = report.header;
    const auto* plan = std::get_if<PlanBody>(&report.body);
    const std::string engine = h.engine_version.empty() ? h.engine : h.engine + " " + h.engine_version;
    const std::string all = fact("Engine", engine) + fact("Database", h.database) + fact("Account", h.account) +
                            fact("Schema version", h.schema_version) +
                            fact("Roles", h.roles == "emulated" ? "emulated" : "") +
                            fact("Run", plan && plan->run ? std::to_string(plan->run) : "") +
                            fact("Exit status", std::to_string(report.status));
    return fmt::format("<dl class=\"facts\">\n{}</dl>\n", all);
}

std::string counts(const Report& report) {
    const auto* plan = std::get_if<PlanBody>(&report.body);
    std::string items;
    if (plan)
        for (const Count& count : counts_of(*plan)) {
            const std::string_view mark = mark_of(count.doing);
            items += fmt::format("<li class=\"{}\"><b>{} {}</b> {}</li>\n", class_of(mark),
                                 count.doing == Doing::removes ? "−" : mark, count.number, count.what);
        }
    return items.empty() ? items : fmt::format("<ul class=\"counts\" aria-label=\"Counts\">\n{}</ul>\n", items);
}

std::string banner(const Report& report) {
    const std::string said = verdict(report);
    if (said.empty()) return {};
    const auto* plan = std::get_if<PlanBody>(&report.body);
    const bool bad = !report.errors.empty() || (plan && plan->partly);
    const bool good = !bad && (!plan || plan->applied || !plan->differs) && report.status == 0;
    return fmt::format("<p class=\"verdict {}\"><span aria-hidden=\"true\">{}</span> {}</p>\n",
                       bad    ? "bad"
                       : good ? "good"
                              : "differs",
                       bad    ? "✗"
                       : good ? "✓"
                              : "≠",
                       escaped(said));
}

std::string name_of(const Report& report) {
    const RunHeader& h = report.header;
    if (h.project.empty() && h.environment.empty()) return "roost";
    return h.project.empty() ? h.environment : h.environment.empty() ? h.project : h.project + "/" + h.environment;
}

std::string links(const std::vector<Section>& sections) {
    std::string items;
    for (const Section& section : sections)
        if (!section.content.empty())
            items += fmt::format("<li><a href=\"#{}\">{}{}</a></li>\n", section.id, escaped(section.title),
                                 section.number ? fmt::format(" <span>{}</span>", section.number) : "");
    return items.empty() ? items : fmt::format("<nav aria-label=\"Sections\"><ul>\n{}</ul></nav>\n", items);
}

std::string written(const Section& section) {
    if (section.content.empty()) return {};
    return fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}{2}</h2>\n{3}</section>\n",
        section.id, escaped(section.title),
        section.number ? fmt::format(" <span class=\"number\">{}</span>", section.number) : "", section.content);
}

}  // namespace
}  // namespace html

std::string to_html(const Report& report) {
    using namespace html;
    const std::vector<Section> sections = std::visit(BodyParts{report}, report.body);
    std::string out(opening);
    out += fmt::format("<title>roost {}: {}</title>\n<style>\n{}</style>\n</head>\n<body>\n", escaped(report.command),
                       escaped(name_of(report)), style_sheet);
    out += fmt::format("<header>\n<p class=\"kicker\">roost {}</p>\n<h1>{}</h1>\n{}{}{}</header>\n{}<main>\n",
                       escaped(report.command), escaped(name_of(report)), banner(report), counts(report), facts(report),
                       links(sections));
    for (const Section& section : sections) out += written(section);
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace roost
