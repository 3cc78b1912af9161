#include <fmt/format.h>

#include "core/describe.hpp"
#include "report/html.hpp"
#include "report/markup.hpp"

namespace roost::html {
namespace {

std::string badge(std::string_view style, std::string_view text) {
    return fmt::format("<span class=\"badge {}\">{}</span>", style, escaped(text));
}

std::string steps_of(const HistoryBody::Entry& entry) {
    std::string items;
    for (const HistoryBody::Step& step : entry.steps)
        items += fmt::format("<li>{}{}{}</li>\n", step.state == "done" ? "" : badge("warning", step.state) + " ",
                             escaped(step.covers),
                             step.place.empty() || step.place == step.covers ? "" : " " + code(step.place));
    return items.empty() ? items : fmt::format("<ul>\n{}</ul>\n", items);
}

std::string row_of(const HistoryBody::Entry& entry, bool with_steps) {
    const std::string by = entry.account.empty() || entry.account == entry.actor
                               ? entry.actor
                               : fmt::format("{} as {}", entry.actor, entry.account);
    std::string what = escaped(entry.event);
    if (!entry.error.empty()) what += fmt::format("<p class=\"warning-line\">{}</p>", escaped(entry.error));
    if (with_steps) what += steps_of(entry);
    return row(cell("Run", std::to_string(entry.id)) + cell("Started", escaped(entry.started_at), "time") +
               cell("State", badge(entry.state == "done" ? "good" : "warning", entry.state)) +
               cell("Schema", escaped(entry.schema_version)) + cell("Event", what) + cell("By", escaped(by)));
}

std::string_view class_of_state(const StatusBody::Toggle& toggle) {
    return toggle.state == "on" ? "good" : toggle.state == "missing" ? "warning" : "note";
}

std::string row_of(const StatusBody::Toggle& toggle) {
    std::string names;
    for (const std::string& name : toggle.on) names += (names.empty() ? "" : ", ") + code(shown(name));
    std::string users = std::to_string(toggle.users);
    if (toggle.not_effective)
        users += fmt::format(" <span class=\"muted\">({} not effective)</span>", toggle.not_effective);
    std::string until = escaped(toggle.expires);
    if (toggle.stale) until += " " + badge("warning", "stale");
    return row(cell("Toggle", code(shown(toggle.name))) + cell("State", badge(class_of_state(toggle), toggle.state)) +
               cell("On for", names) + cell("Users", users) + cell("Since", escaped(toggle.since), "time") +
               cell("Until", until) + cell("Owner", escaped(toggle.owner)));
}

}  // namespace

Section history(const HistoryBody& body, std::string title) {
    std::string rows;
    for (const HistoryBody::Entry& entry : body.entries) rows += row_of(entry, body.with_steps);
    return {.id = "history",
            .title = std::move(title),
            .content = rows.empty()
                           ? rows
                           : table("The newest first", {"Run", "Started", "State", "Schema", "Event", "By"}, rows)};
}

Section toggles(const StatusBody::Environment& environment, std::string id) {
    std::string rows;
    std::string content;
    for (const Error& error : environment.errors)
        content += fmt::format("<p class=\"warning-line\">Not asked: {}</p>\n", escaped(to_string(error)));
    for (const StatusBody::Toggle& toggle : environment.toggles) rows += row_of(toggle);
    if (!rows.empty())
        content +=
            table("The toggles, by name", {"Toggle", "State", "On for", "Users", "Since", "Until", "Owner"}, rows);
    if (content.empty()) content = "<p>No toggles.</p>\n";
    return {.id = std::move(id),
            .title = fmt::format("{}/{}", environment.header.project, environment.header.environment),
            .content = content};
}

}  // namespace roost::html
