#include "sqlite/connect.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <system_error>

#include "sqlite/connection.hpp"
#include "sqlite/statement.hpp"

namespace roost::sqlite {
namespace {

Error named(Error error, const std::filesystem::path& file) {
    error.message = fmt::format("{}: {}", file.string(), error.message);
    return error;
}

Result<void> check_file(const Settings& settings) {
    if (auto fine = check_text(settings.file.native()); !fine) return fine;
    if (settings.file.empty()) return fail({.message = "the name of the database file is empty"});
    std::error_code ignored;
    if (settings.create || std::filesystem::exists(settings.file, ignored)) return {};
    return fail({.message = fmt::format("{}: there is no such database file", settings.file.string()),
                 .advice = "check the name; a new database is not made by a typo"});
}

// "file:…" is a URI to some builds of SQLite, but a name to whoever wrote it.
std::string plain_name(const std::filesystem::path& file) {
    const bool memory = file == ":memory:";
    return memory || file.is_absolute() ? file.string() : "./" + file.string();
}

int milliseconds(std::chrono::milliseconds time) {
    return static_cast<int>(std::clamp<std::int64_t>(time.count(), 0, std::numeric_limits<int>::max()));
}

// SQLite opens whatever it is given; only a query reads the file.
Result<void> read_header(sqlite3* database) {
    std::string_view sql = "SELECT count(*) FROM sqlite_schema";
    auto statement = prepare(database, sql);
    if (!statement) return fail(std::move(statement.error()));
    return run(database, statement->get(), [](std::span<const Cell>) {});
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const Settings& settings) {
    if (auto fine = check_file(settings); !fine) return fail(std::move(fine.error()));
    sqlite3* opened = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | (settings.create ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(plain_name(settings.file).c_str(), &opened, flags, nullptr);
    Database database(opened);
    if (database == nullptr) return fail({.message = "out of memory"});
    sqlite3_extended_result_codes(database.get(), 1);
    if (code != SQLITE_OK) return fail(named(error_of(database.get()), settings.file));
    sqlite3_busy_timeout(database.get(), milliseconds(settings.busy_timeout));
    // A transaction that outgrows the cache would lock readers out before it commits.
    sqlite3_exec(database.get(), "PRAGMA cache_spill = OFF", nullptr, nullptr, nullptr);
    if (auto header = read_header(database.get()); !header) {
        return fail(named(std::move(header.error()), settings.file));
    }
    return std::make_unique<SqliteConnection>(std::move(database));
}

}  // namespace roost::sqlite
