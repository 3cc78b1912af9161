#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "report/text.hpp"
#include "report/width.hpp"
#include "report/words.hpp"

namespace roost::text {
namespace {

std::string message(const Error& error, const TextStyle& style, std::size_t indent) {
    Error bare = error;
    bare.advice.clear();
    const std::string blanks(indent, ' ');
    std::string text = wrapped(blanks + harmless(to_string(bare)), style.columns, indent) + "\n";
    if (!error.advice.empty())
        text += paint(style, dim, wrapped(blanks + "  " + harmless(error.advice), style.columns, indent + 2)) + "\n";
    return text;
}

std::string tally(const std::vector<Finding>& findings) {
    std::string text;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto number = static_cast<std::size_t>(std::ranges::count(findings, severity, &Finding::severity));
        if (number) text += (text.empty() ? "" : ", ") + counted(number, to_string(severity));
    }
    return text;
}

std::string_view colour_of(Severity severity) {
    return severity == Severity::error ? red : severity == Severity::warning ? yellow : dim;
}

std::string findings(const std::vector<Finding>& list, const TextStyle& style) {
    std::string text = "\n" + paint(style, bold, "Findings: " + tally(list)) + "\n";
    const Finding* last = nullptr;
    for (const Finding* finding : in_order(list)) {
        if (!last || last->code != finding->code || last->severity != finding->severity)
            text += paint(style, colour_of(finding->severity),
                          fmt::format("  {} {}", to_string(finding->severity), harmless(finding->code))) +
                    "\n";
        text += message(finding->what, style, 4);
        last = finding;
    }
    return text;
}

}  // namespace

std::string errors_and_findings(const Report& report, const TextStyle& style) {
    std::string text;
    if (!report.errors.empty()) text += "\n" + paint(style, bold, "Errors") + "\n";
    for (const Error& error : report.errors) text += message(error, style, 2);
    if (!report.findings.empty()) text += findings(report.findings, style);
    return text;
}

}  // namespace roost::text
