#include <fmt/format.h>
#include <algorithm>
#include <optional>

#include "db/jdbc.hpp"
#include "drivers/sqlite/parts.hpp"
#include "sqlite/connect.hpp"

namespace roost::sqlite {
namespace {

constexpr std::string_view prefix = "jdbc:sqlite:";

std::unexpected<Error> refused_target(std::string message, std::string advice) {
    return fail({.kind = ErrorKind::usage, .message = std::move(message), .advice = std::move(advice)});
}

// Of Xerial's driver: what Java's types of dates become. Its other parameters are PRAGMAs, or ways to open a file.
constexpr std::string_view of_java[] = {"date_class", "date_precision", "date_string_format"};

Result<void> check_parameters(std::string_view text) {
    auto given = jdbc::parameters(text);
    if (!given) return fail(std::move(given.error()));
    for (const auto& [name, value] : *given)
        if (std::ranges::find(of_java, name) == std::end(of_java))
            return refused_target(fmt::format("{} is no parameter that roost knows how to keep", name),
                                  "take it out, or give environments/ENV.toml a URL without it");
    return {};
}

// The path in "file:pay.db", "file:/pay.db", "file:///pay.db"; of a URI that is written otherwise, nothing.
std::optional<std::string_view> path_of(std::string_view name) {
    constexpr std::string_view scheme = "file:";
    if (!name.starts_with(scheme)) return name;
    name.remove_prefix(scheme.size());
    if (name.starts_with("///")) name.remove_prefix(2);
    if (name.starts_with("//") || name.find_first_of("%#") != std::string_view::npos) return std::nullopt;
    return name;
}

}  // namespace

bool takes(std::string_view url) { return url.starts_with(prefix); }

Result<std::filesystem::path> file_of(const Target& target) {
    const std::string_view url = target.url.reveal();
    if (!target.odbc.empty())
        return refused_target("SQLite is reached directly, not through ODBC", "give url = \"jdbc:sqlite:FILE\"");
    if (!takes(url)) return refused_target("the URL is not one of SQLite", "it begins with jdbc:sqlite:");
    if (!target.user.empty() || !target.password.empty())
        return refused_target("SQLite has no accounts", "take out user and password");
    const std::string_view rest = url.substr(prefix.size());
    const auto question = std::min(rest.find('?'), rest.size());
    const auto name = path_of(rest.substr(0, question));
    if (!name || name->starts_with(":resource:"))
        return refused_target("only plain names of files are taken", "write jdbc:sqlite:FILE");
    if (name->empty() || *name == ":memory:")
        return refused_target("a database in memory is gone when roost ends", "give the name of a file");
    if (auto checked = check_parameters(rest.substr(std::min(question + 1, rest.size()))); !checked)
        return fail(std::move(checked.error()));
    return std::filesystem::path(target.directory) / std::filesystem::path(*name);
}

Result<void> check(const Target& target) {
    const auto file = file_of(target);
    if (!file) return fail(file.error());
    return {};
}

Result<std::unique_ptr<Connection>> connect(const Target& target) {
    const auto file = file_of(target);
    if (!file) return fail(file.error());
    Settings settings{.file = *file};
    // Another connection's commit locks the file for a moment, which is no reason to fail.
    if (target.lock_wait.count() > 0)
        settings.busy_timeout = std::max(target.lock_wait, std::chrono::milliseconds(1000));
    return connect(settings);
}

}  // namespace roost::sqlite
