#include "cli/report_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/files.hpp"

namespace roost {
namespace {

struct Format {
    std::string_view extension;
    Result<std::string> (*write)(const Report& report);
};

constexpr auto formats = std::to_array<Format>({
    {".txt", [](const Report& report) -> Result<std::string> { return to_text(report, {.whole = true}); }},
    {".json", [](const Report& report) -> Result<std::string> { return to_json(report); }},
    {".md", [](const Report& report) -> Result<std::string> { return to_markdown(report); }},
    {".html", [](const Report& report) -> Result<std::string> { return to_html(report); }},
    {".sql", to_sql},
    {".xml", to_junit},
});

const Format* format_of(const std::string& file) {
    const auto found = std::ranges::find(formats, std::filesystem::path(file).extension().string(), &Format::extension);
    return found == formats.end() ? nullptr : &*found;
}

}  // namespace

Result<void> check_report_name(const std::string& file) {
    if (format_of(file)) return {};
    return fail(usage_error(fmt::format("--report {}: its ending says no format", file),
                            "end it in .txt, .json, .md, .html, .sql or .xml (JUnit)"));
}

Result<void> write_report(const Report& report, const std::string& file) {
    const auto text = format_of(file)->write(report);
    if (!text) return fail(text.error());
    return write_whole(file, *text);
}

}  // namespace roost
