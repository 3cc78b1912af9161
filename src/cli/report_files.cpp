#include "cli/report_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/files.hpp"
#include "core/describe.hpp"

namespace roost {
namespace {

// What is to be looked at before it is run must not move the cursor of whoever looks.
Result<std::string> sql_to_look_at(const Report& report) {
    auto sql = to_sql(report);
    if (!sql || !steers(*sql)) return sql;
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

// A device or a pipe is written into, and needs no folder.
Result<void> check_report_folder(const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path path = fs::exists(file, error) ? fs::canonical(file, error) : fs::path(file);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const bool special = fs::exists(path, error) && !fs::is_regular_file(path, error);
    const fs::path& written = special ? path : folder;
    if (!fs::is_directory(path, error) && ::access(written.c_str(), special ? W_OK : W_OK | X_OK) == 0) return {};
    return fail(usage_error(fmt::format("--report {}: it cannot be written there", file),
                            "name a file in a folder that is there and may be written to"));
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
