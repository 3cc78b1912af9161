#include "report/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/describe.hpp"
#include "report/width.hpp"
#include "report/words.hpp"

namespace roost {

namespace text {

std::string paint(const TextStyle& style, std::string_view colour, std::string_view text) {
    if (!style.colour) return std::string(text);
    std::string out;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        out += fmt::format("{}\033[{}m{}\033[0m", line.substr(0, indent), colour, line.substr(indent));
        if (line.size() < text.size()) out += '\n';
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return out;
}

std::vector<std::string> aligned(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == widths.size()) widths.push_back(0);
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    std::vector<std::string> lines;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += (i ? "  " : "") + padded(row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string title(const RunHeader& header, const TextStyle& style) {
    const std::string text =
        fmt::format("{}/{}: {}", harmless(header.project), harmless(header.environment), where(header));
    return paint(style, bold, wrapped(text, style.columns, 2)) + "\n";
}

}  // namespace text

namespace {

struct BodyText {
    const Report& report;
    const TextStyle& style;

    std::string title(const RunHeader& header) const { return text::title(header, style); }

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const PlanBody& body) const { return text::plan(report, body, style); }
    std::string operator()(const MemberBody& body) const { return body.member ? "1\n" : "0\n"; }
    std::string operator()(const ExplainBody& body) const;
    std::string operator()(const HistoryBody& body) const;
    std::string operator()(const MigrationsBody& body) const { return text::migrations(report, body, style); }
    std::string operator()(const StatusBody& body) const { return text::status(body, style); }
    std::string operator()(const EnginesBody& body) const;
    std::string operator()(const InitBody& body) const {
        std::string out = body.text;
        for (const std::string& file : body.written) out += fmt::format("wrote {}\n", file);
        return body.next.empty() ? out : out + body.next + "\n";
    }
};

std::string chain(const ExplainBody::Path& path) {
    std::string text = shown(path.edges.front().member);
    for (const auto& edge : path.edges)
        text += fmt::format(" -> {}{}", shown(edge.role), edge.inherit ? "" : " (not inherited)");
    return text;
}

std::string edges(const std::vector<ExplainBody::Edge>& list, std::string_view between) {
    std::vector<std::string> parts;
    for (const auto& edge : list)
        parts.push_back(fmt::format("revoke {} from {}", shown(edge.role), shown(edge.member)));
    return fmt::format("{}", fmt::join(parts, between));
}

std::string BodyText::operator()(const ExplainBody& body) const {
    const std::string what =
        body.toggle.empty() ? shown(body.role) : fmt::format("{} (role {})", shown(body.toggle), shown(body.role));
    const std::string about = body.about.empty() ? std::string{} : fmt::format("  ({})\n", harmless(body.about));
    std::string text;
    if (body.paths.empty()) {
        text = fmt::format("{} is not in {}\n{}", shown(body.user), what, about);
        if (body.superuser) text += "  a superuser has the rights of every role, but is a member of none by that\n";
        return text;
    }
    text = fmt::format("{} is in {}{}\n{}", shown(body.user), what, body.effective ? "" : ": member, not effective",
                       about);
    for (const auto& path : body.paths)
        text += fmt::format("  {}{}\n", chain(path), path.effective ? "" : "   not effective until SET ROLE");
    if (body.more) text += "  and more paths\n";
    if (!body.cuts.empty())
        text += fmt::format("ended by: {}\n", edges(body.cuts, ", or "));
    else
        text += fmt::format("no single revoke ends it; all of these do: {}\n", edges(body.all_of, ", "));
    return text;
}

std::string BodyText::operator()(const HistoryBody& body) const {
    if (body.entries.empty()) return title(report.header) + "no run yet\n";
    std::string text = title(report.header);
    text +=
        fmt::format("{:>5}  {:<24}  {:<9}  {:<10}  {:<19}  {}\n", "run", "started", "state", "schema", "event", "by");
    for (const auto& e : body.entries) {
        text += fmt::format(
            "{:>5}  {:<24}  {:<9}  {:<10}  {:<19}  {}\n", e.id, e.started_at, e.state,
            e.schema_version.empty() ? "-" : harmless(e.schema_version), e.event,
            harmless(e.account.empty() || e.account == e.actor ? e.actor
                                                               : fmt::format("{} as {}", e.actor, e.account)));
        if (!e.error.empty()) text += fmt::format("       {}\n", harmless(e.error));
        if (!body.with_steps) continue;
        for (const auto& s : e.steps)
            text += fmt::format("       {:<24}  {}{}{}\n", s.ended_at, s.state == "done" ? "" : s.state + ": ",
                                harmless(s.covers),
                                s.place.empty() || s.place == s.covers ? "" : fmt::format("  ({})", harmless(s.place)));
    }
    return text;
}

std::string BodyText::operator()(const EnginesBody& body) const {
    const auto row = [](const auto&... cells) {
        return fmt::format("{:<12} {:<29} {:<10} {:<9} {:<9} {:<12} {}\n", cells...);
    };
    std::string text = row("engine", "through", "reachable", "roles", "of the", "on failure", "verified on");
    for (const auto& e : body.engines)
        text += row(e.name, e.driver.empty() ? "built in" : fmt::format("ODBC, {{{}}}", e.driver),
                    e.reachable ? "yes" : "no driver", e.roles, e.scope, e.on_failure, e.verified_on);
    for (const auto& e : body.engines)
        if (!e.reachable)
            text += e.package.empty()
                        ? fmt::format("for {}: install its vendor's ODBC driver; Debian has no package of it\n", e.name)
                        : fmt::format("for {}: apt-get install {}\n", e.name, e.package);
    return text;
}

}  // namespace

std::string to_text(const Report& report, const TextStyle& style) {
    std::string out = std::visit(BodyText{report, style}, report.body);
    return style.whole ? out + text::errors_and_findings(report, style) : out;
}

}  // namespace roost
