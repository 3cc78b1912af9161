#include "cli/report_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/files.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

// Line ends and tabs aside, whatever moves the cursor, colours, or turns the direction of text.
bool steers_when_shown(std::string_view text) {
    while (!text.empty()) {
        const auto code = take_code_point(text);
        if (!code || *code == '\n' || *code == '\r' || *code == '\t') continue;
        if (*code < 0x20 || (*code >= 0x7F && *code < 0xA0)) return true;
        if ((*code >= 0x202A && *code <= 0x202E) || (*code >= 0x2066 && *code <= 0x2069)) return true;
    }
    return false;
}

// What is to be looked at before it is run must not move the cursor of whoever looks.
Result<std::string> sql_to_look_at(const Report& report) {
    auto sql = to_sql(report);
    if (!sql || !steers_when_shown(*sql)) return sql;
    return fail({.message = "a name or statement holds characters that steer a terminal: there is no script of it",
                 .advice = "apply with roost; the other formats show them as \\u{…}"});
}

struct Format {
    std::string_view extension;
    Result<std::string> (*write)(const Report& report);
};

constexpr auto formats = std::to_array<Format>({
    {".txt", [](const Report& report) -> Result<std::string> { return to_text(report, {.whole = true}); }},
    {".json", [](const Report& report) -> Result<std::string> { return to_json(report); }},
    {".md", [](const Report& report) -> Result<std::string> { return to_markdown(report); }},
    {".html", [](const Report& report) -> Result<std::string> { return to_html(report); }},
    {".sql", sql_to_look_at},
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
    if (!text) {
        Error error = text.error();
        if (error.place.file.empty()) error.place.file = file;
        return fail(std::move(error));
    }
    return write_whole(file, *text);
}

}  // namespace roost
