#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "core/describe.hpp"
#include "report/text.hpp"
#include "report/width.hpp"

namespace roost::text {
namespace {

using Row = std::vector<std::string>;

std::string or_dash(const std::string& text) { return text.empty() ? "-" : harmless(text); }

std::string_view colour_of(const StatusBody::Toggle& toggle) {
    return toggle.stale || toggle.state == "missing" ? yellow : toggle.state == "on" ? green : dim;
}

Row row_of(const StatusBody::Toggle& toggle) {
    const bool known = toggle.state == "on" || toggle.state == "off";
    return {shown(toggle.name), toggle.state, known || toggle.users ? std::to_string(toggle.users) : "-",
            or_dash(toggle.since),
            toggle.expires.empty() ? "-" : harmless(toggle.expires) + (toggle.stale ? ", stale" : "")};
}

std::string details(const StatusBody::Toggle& toggle, const TextStyle& style) {
    std::vector<std::string> parts;
    if (!toggle.on.empty()) {
        std::vector<std::string> names;
        for (const std::string& name : toggle.on) names.push_back(shown(name));
        parts.push_back(fmt::format("on for {}", fmt::join(names, ", ")));
    }
    if (toggle.not_effective) parts.push_back(fmt::format("{} of them not effective", toggle.not_effective));
    if (toggle.state == "missing") parts.push_back(fmt::format("role {} does not exist", shown(toggle.role)));
    if (!toggle.owner.empty()) parts.push_back(fmt::format("owner: {}", harmless(toggle.owner)));
    if (parts.empty()) return {};
    return paint(style, dim, wrapped(fmt::format("      {}", fmt::join(parts, "; ")), style.columns, 6)) + "\n";
}

std::string environment(const StatusBody::Environment& one, const TextStyle& style) {
    std::string text = title(one.header, style);
    for (const Error& error : one.errors)
        text += paint(style, red, wrapped("  not asked: " + harmless(to_string(error)), style.columns, 6)) + "\n";
    if (one.toggles.empty()) return text + (one.errors.empty() ? "  no toggles\n" : "");
    std::vector<Row> rows{{"toggle", "state", "users", "since", "until"}};
    for (const auto& toggle : one.toggles) rows.push_back(row_of(toggle));
    const auto lines = aligned(rows);
    text += paint(style, dim, "  " + lines.front()) + "\n";
    for (std::size_t i = 0; i < one.toggles.size(); ++i)
        text += paint(style, colour_of(one.toggles[i]), "  " + lines[i + 1]) + "\n" + details(one.toggles[i], style);
    return text;
}

std::string cell(const StatusBody::Environment& one, const std::string& name) {
    if (!one.errors.empty() && one.toggles.empty()) return "?";
    const auto at = std::ranges::find(one.toggles, name, &StatusBody::Toggle::name);
    if (at == one.toggles.end()) return "-";
    std::string text = at->state;
    if (at->state == "on") text += fmt::format(" {}", at->users);
    return at->stale ? text + ", stale" : text;
}

// Toggles by environment; nothing where that is too wide for the terminal: the environments follow one by one.
std::string overview(const StatusBody& body, const TextStyle& style) {
    std::vector<Row> rows{{"toggle"}};
    std::vector<std::string> names;
    for (const auto& one : body.environments) {
        rows.front().push_back(shown(one.header.environment));
        for (const auto& toggle : one.toggles)
            if (std::ranges::find(names, toggle.name) == names.end()) names.push_back(toggle.name);
    }
    for (const std::string& name : names) {
        Row& row = rows.emplace_back(Row{shown(name)});
        for (const auto& one : body.environments) row.push_back(cell(one, name));
    }
    std::string text;
    for (const std::string& line : aligned(rows)) {
        if (style.columns && display_width(line) > style.columns) return {};
        text += (text.empty() ? paint(style, bold, line) : line) + "\n";
    }
    return text + "\n";
}

}  // namespace

std::string status(const StatusBody& body, const TextStyle& style) {
    std::string text = body.environments.size() > 1 ? overview(body, style) : std::string{};
    bool first = true;
    for (const auto& one : body.environments) {
        text += (first ? "" : "\n") + environment(one, style);
        first = false;
    }
    return text;
}

}  // namespace roost::text
