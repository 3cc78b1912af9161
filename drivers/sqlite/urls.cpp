#include <fmt/format.h>
#include <algorithm>

#include "drivers/sqlite/parts.hpp"
#include "sqlite/connect.hpp"

namespace roost::sqlite {
namespace {

constexpr std::string_view prefix = "jdbc:sqlite:";

std::unexpected<Error> refused_target(std::string message, std::string advice) {
    return fail({.kind = ErrorKind::usage, .message = std::move(message), .advice = std::move(advice)});
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
    const std::string_view name = url.substr(prefix.size());
    if (name.empty() || name == ":memory:")
        return refused_target("a database in memory is gone when roost ends", "give the name of a file");
    if (name.starts_with("file:") || name.starts_with(":resource:"))
        return refused_target("only plain names of files are taken", "write jdbc:sqlite:FILE");
    if (name.contains('?'))
        return refused_target("the URL has parameters, and roost knows none of SQLite's",
                              "take out the ? and what follows");
    return std::filesystem::path(target.directory) / std::filesystem::path(name);
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
