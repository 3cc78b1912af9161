#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/describe.hpp"
#include "report/report.hpp"

namespace roost {
namespace {

constexpr std::string_view red = "31", green = "32", yellow = "33", blue = "34", dim = "2", bold = "1";

std::string paint(const TextStyle& style, std::string_view colour, std::string_view text) {
    return style.colour ? fmt::format("\033[{}m{}\033[0m", colour, text) : std::string(text);
}

// How many columns a text takes: code points, near enough for names.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(std::string_view text, std::size_t columns) {
    return std::string(text) + std::string(columns > width(text) ? columns - width(text) : 0, ' ');
}

std::string head(const RunHeader& h) {
    std::string text =
        fmt::format("{}/{}: {} {}", harmless(h.project), harmless(h.environment), h.engine, h.engine_version);
    if (!h.database.empty()) text += fmt::format(", database {}", shown(h.database));
    if (!h.schema_version.empty()) text += fmt::format(", schema version {}", harmless(h.schema_version));
    if (h.roles == "emulated") text += ", roles = emulated";
    return text;
}

struct Sign {
    std::string_view mark;
    std::string_view colour;
};
Sign sign_of(const PlanLine& line) {
    if (!line.change) return {"?", yellow};
    const std::string_view what = verb(*line.change);
    if (what == "revoke" || what == "drop") return {"-", red};
    if (what == "alter" || what == "mark") return {"~", blue};
    return {"+", green};
}

constexpr std::size_t widest = 56;  // columns of a plan's first part

// A statement is only hinted at: its place is beside it.
std::string hint(const std::string& statement) {
    std::string text = harmless(statement);
    if (width(text) <= widest) return text;
    std::size_t end = 0;
    for (std::size_t columns = 0; columns < widest; ++end)
        if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80) ++columns;
    return text.substr(0, end - 1) + "…";
}

std::string words_of(const PlanLine& line) { return line.change ? describe(*line.change) : hint(line.text); }

std::string plan_lines(const std::vector<PlanLine>& lines, const TextStyle& style) {
    std::size_t columns = 0;
    for (const PlanLine& line : lines) columns = std::max(columns, std::min(widest, width(words_of(line))));
    std::string text;
    for (const PlanLine& line : lines) {
        const Sign sign = sign_of(line);
        std::string how = std::string(to_string(line.evidence));
        if (!line.place.file.empty()) how += fmt::format(", {}", harmless(to_string(line.place)));
        if (line.known) how += " (ran before, unchanged)";
        if (!line.why.empty()) how += fmt::format(" ({})", harmless(line.why));
        text += fmt::format("  {}  {}\n",
                            paint(style, sign.colour, fmt::format("{} {}", sign.mark, padded(words_of(line), columns))),
                            paint(style, dim, how));
    }
    return text;
}

std::string script_lines(const std::vector<ScriptLine>& scripts) {
    std::string text;
    for (const ScriptLine& script : scripts)
        text += fmt::format("  > run {}{}\n", harmless(script.path), script.known ? "" : "  (new or changed)");
    return text;
}

struct Tally {
    std::string_view verb;
    std::string_view to_do;
    std::string_view done;
};
constexpr Tally tallies[] = {{"create", "to create", "created"}, {"create_user", "users to create", "users created"},
                             {"mark", "to mark", "marked"},      {"grant", "to grant", "granted"},
                             {"alter", "to alter", "altered"},   {"revoke", "to revoke", "revoked"},
                             {"drop", "to drop", "dropped"}};

std::string summary(const PlanBody& body) {
    std::vector<std::string> parts;
    for (const Tally& tally : tallies) {
        const auto count = std::ranges::count_if(
            body.lines, [&](const PlanLine& l) { return l.change && verb(*l.change) == tally.verb; });
        if (count) parts.push_back(fmt::format("{} {}", count, body.applied ? tally.done : tally.to_do));
    }
    const auto opaque = std::ranges::count_if(body.lines, [](const PlanLine& l) { return !l.change; });
    if (opaque) parts.push_back(fmt::format("{} opaque statement{}", opaque, opaque == 1 ? "" : "s"));
    return fmt::format("{}", fmt::join(parts, ", "));
}

struct BodyText {
    const Report& report;
    const TextStyle& style;

    std::string title(const RunHeader& header) const { return paint(style, bold, head(header)) + "\n"; }

    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const PlanBody& body) const {
        std::string text = title(report.header);
        const std::string lines = plan_lines(body.lines, style);
        const std::string scripts = body.applied ? std::string{} : script_lines(body.scripts);
        if (!lines.empty() || !scripts.empty()) text += "\n" + lines + scripts + "\n";
        text += closing(body) + "\n";
        return text;
    }
    std::string closing(const PlanBody& body) const {
        const std::string counts = summary(body);
        if (body.applied) return applied(body, counts);
        if (body.partly)
            return fmt::format("Stopped on the way: what run {} did before it stays; `roost history --steps` tells.",
                               body.run);
        if (!report.errors.empty()) return report.command == "apply" ? "Not applied." : "Would be refused.";
        if (report.command == "check") {
            if (body.differs) return fmt::format("Drift: {}.", counts);
            return report.status == 0 ? "In sync: the database is as declared." : "No drift, but see the errors.";
        }
        if (!body.differs) return "Nothing to do: the database is as declared.";
        return counts.empty() ? "Plan: scripts that are new or changed." : fmt::format("Plan: {}.", counts);
    }
    std::string applied(const PlanBody& body, const std::string& counts) const {
        const std::string ran = body.scripts.empty() ? ""
                                                     : fmt::format(", {} script{}", body.scripts.size(),
                                                                   body.scripts.size() == 1 ? "" : "s");
        const std::string what = fmt::format("run {}{}{}", body.run, ran,
                                             counts.empty() ? ", nothing declared had to change" : ", " + counts);
        if (!body.declares) return fmt::format("Done: run {}{}. Nothing declared was applied.", body.run, ran);
        return report.errors.empty() ? fmt::format("Done: {}. The declared state holds.", what)
                                     : fmt::format("Committed: {}. But see the errors.", what);
    }
    std::string operator()(const MemberBody& body) const { return body.member ? "1\n" : "0\n"; }
    std::string operator()(const ExplainBody& body) const;
    std::string operator()(const HistoryBody& body) const;
    std::string operator()(const EnginesBody& body) const;
    std::string operator()(const InitBody& body) const {
        std::string text = body.text;
        for (const std::string& file : body.written) text += fmt::format("wrote {}\n", file);
        return body.next.empty() ? text : text + body.next + "\n";
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
    return std::visit(BodyText{report, style}, report.body);
}

}  // namespace roost
