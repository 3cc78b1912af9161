#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "report/text.hpp"
#include "report/width.hpp"
#include "report/words.hpp"

namespace roost::text {
namespace {

constexpr std::size_t widest = 56;  // columns of a line's first part, and of a statement that is only hinted at

std::string_view colour_of(Doing doing) {
    switch (doing) {
        case Doing::adds:
            return green;
        case Doing::alters:
            return blue;
        case Doing::removes:
            return red;
        case Doing::unknown:
            break;
    }
    return yellow;
}

// A statement is only hinted at: its place is beside it.
std::string what(const PlanLine& line) {
    return line.change ? describe(*line.change) : cut(harmless(line.text), widest);
}

std::string how(const PlanLine& line) {
    std::string text(to_string(line.evidence));
    if (!line.place.file.empty()) text += fmt::format(", {}", harmless(to_string(line.place)));
    if (line.known) text += " (ran before, unchanged)";
    if (!line.why.empty()) text += fmt::format(" ({})", harmless(line.why));
    return text;
}

bool fits(std::string_view first, std::string_view second, std::size_t columns) {
    return columns == 0 || 4 + display_width(first) + 2 + display_width(second) <= columns;
}

// Where the second parts begin, so that they stand below each other.
std::size_t column_of(const std::vector<PlanLine>& lines, std::size_t columns) {
    const std::size_t most = columns == 0 ? widest : std::min(widest, columns / 2);
    std::size_t column = 0;
    for (const PlanLine& line : lines)
        if (const std::string first = what(line); fits(first, how(line), columns))
            column = std::max(column, std::min(most, display_width(first)));
    return column;
}

// One line, or where that is too wide two: what it does, then how that is known.
std::string line_of(const PlanLine& line, std::size_t column, const TextStyle& style) {
    const Doing does = doing(line);
    const std::string first = padded(what(line), column);
    const std::string second = how(line);
    const auto shade = [&](std::string_view text) { return paint(style, dim, text) + "\n"; };
    if (fits(first, second, style.columns))
        return paint(style, colour_of(does), fmt::format("  {} {}", mark_of(does), first)) + "  " + shade(second);
    const std::string alone = fmt::format("  {} {}", mark_of(does), what(line));
    return paint(style, colour_of(does), wrapped(alone, style.columns, 4)) + "\n" +
           shade(wrapped(std::string(6, ' ') + second, style.columns, 6));
}

std::string scripts(const PlanBody& body, const TextStyle& style) {
    std::string text;
    for (const ScriptLine& script : body.scripts)
        text += wrapped(fmt::format("  > run {}{}", harmless(script.path), script.known ? "" : "  (new or changed)"),
                        style.columns, 6) +
                "\n";
    return text;
}

std::string list(std::string_view head, const std::vector<std::string>& items, const TextStyle& style) {
    std::string text;
    for (const std::string& item : items)
        text += wrapped(fmt::format("  {} {}", padded(head, 11), harmless(item)), style.columns, 14) + "\n";
    return text;
}

std::string rehearsal(const RehearsalResult& result, bool for_real, const TextStyle& style) {
    if (!result.done && result.not_proven.empty()) return {};
    const std::string head = for_real      ? "The scripts ran twice:"
                             : result.done ? "Rehearsed, and rolled back:"
                                           : "Not rehearsed:";
    return paint(style, bold, head) + "\n" + list("proven", result.proven, style) +
           list(result.done ? "not proven" : "", result.not_proven, style) + "\n";
}

}  // namespace

std::string plan(const Report& report, const PlanBody& body, const TextStyle& style) {
    const std::size_t column = column_of(body.lines, style.columns);
    std::string lines;
    for (const PlanLine& line : body.lines) lines += line_of(line, column, style);
    if (!body.applied) lines += scripts(body, style);
    if (!lines.empty()) lines = "\n" + lines + "\n";
    return title(report.header, style) + lines + rehearsal(body.rehearsal, report.command == "apply", style) +
           wrapped(verdict(report), style.columns, 2) + "\n";
}

}  // namespace roost::text
