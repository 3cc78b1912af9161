#include <array>
#include <string_view>

#include "core/describe.hpp"
#include "report/text.hpp"

namespace roost::text {
namespace {

std::string_view colour_of_state(std::string_view state) {
    if (state.starts_with("Failed")) return red;
    constexpr std::array<std::string_view, 4> odd = {"Missing", "Future", "Ignored", "Outdated"};
    for (const std::string_view each : odd)
        if (state == each) return yellow;
    return state == "Pending" ? green : state == "Success" || state == "Out of Order" ? "" : dim;
}

}  // namespace

std::string migrations(const Report& report, const MigrationsBody& body, const TextStyle& style) {
    std::string out = title(report.header, style);
    if (body.rows.empty()) return out + "no migrations\n";
    std::vector<std::vector<std::string>> cells{
        {"category", "version", "description", "type", "installed on", "by", "state", "script"}};
    for (const auto& row : body.rows) {
        cells.emplace_back();
        for (const std::string* cell : {&row.category, &row.version, &row.description, &row.type, &row.installed_on,
                                        &row.installed_by, &row.state, row.file.empty() ? &row.script : &row.file})
            cells.back().push_back(cell->empty() ? "-" : harmless(*cell));
    }
    const auto lines = aligned(cells);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view colour = i ? colour_of_state(body.rows[i - 1].state) : dim;
        out += (colour.empty() ? lines[i] : paint(style, colour, lines[i])) + "\n";
    }
    return out;
}

}  // namespace roost::text
