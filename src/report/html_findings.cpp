#include <fmt/format.h>

#include "core/describe.hpp"
#include "report/html.hpp"
#include "report/markup.hpp"
#include "report/words.hpp"

namespace roost::html {
namespace {

// Message, fix and place of an error or finding.
std::string told(const Error& error) {
    std::string out = fmt::format("<p>{}", escaped(error.message));
    if (!error.sqlstate.empty())
        out += " " + code(error.sqlstate);
    else if (error.native != 0)
        out += " " + code(std::to_string(error.native));
    out += "</p>\n";
    if (!error.advice.empty()) out += fmt::format("<p class=\"fix\"><b>Fix:</b> {}</p>\n", escaped(error.advice));
    if (!error.place.file.empty()) out += fmt::format("<p>{}</p>\n", place(error.place));
    return out;
}

std::string_view word(ErrorKind kind) { return kind == ErrorKind::refused ? "refused" : "error"; }

}  // namespace

Section errors(const Report& report) {
    std::string content;
    for (const Error& error : report.errors)
        content +=
            fmt::format("<article class=\"card error\">\n<p><span class=\"badge error\">{}</span></p>\n{}</article>\n",
                        word(error.kind), told(error));
    return {.id = "errors", .title = "Errors and refusals", .number = report.errors.size(), .content = content};
}

Section findings(const Report& report) {
    std::string content;
    const Finding* last = nullptr;
    for (const Finding* finding : in_order(report.findings)) {
        if (!last || last->code != finding->code || last->severity != finding->severity)
            content +=
                fmt::format("{0}<article class=\"card {1}\">\n<h3><span class=\"badge {1}\">{1}</span> {2}</h3>\n",
                            last ? "</article>\n" : "", to_string(finding->severity), code(finding->code));
        content += fmt::format("<div class=\"told\">\n{}</div>\n", told(finding->what));
        last = finding;
    }
    if (last) content += "</article>\n";
    return {.id = "findings", .title = "Findings", .number = report.findings.size(), .content = content};
}

}  // namespace roost::html
