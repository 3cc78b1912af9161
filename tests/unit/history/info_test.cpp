// The states of `flyway info`. tests/flyway/info.py holds them against the real one; here are those that its free
// edition cannot reach as well.
#include "history/info.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

using namespace roost;

namespace {

Migration applied(std::int64_t rank, const std::string& version, const std::string& type = "SQL", bool success = true) {
    return {.rank = rank,
            .version = version,
            .description = "d",
            .type = type,
            .script = "V" + version + "__d.sql",
            .success = success,
            .checksum = 0};
}
Migration repeatable(std::int64_t rank, const std::string& description, std::int32_t checksum = 0,
                     const std::string& type = "SQL", bool success = true) {
    return {.rank = rank,
            .version = "",
            .description = description,
            .type = type,
            .script = "R__" + description + ".sql",
            .success = success,
            .checksum = checksum};
}

// The files are empty: their checksums are 0.
std::vector<MigrationRow> rows_of(const std::vector<std::string>& files, const std::vector<Migration>& rows,
                                  const InfoOptions& options = {}) {
    std::vector<MigrationFile> all;
    for (const std::string& name : files) all.push_back({.path = name, .script = name, .text = ""});
    const auto resolved = resolve(all, {}, {});
    REQUIRE(resolved);
    auto listed = info(*resolved, rows, options);
    REQUIRE(listed);
    return std::move(*listed);
}
// "1 Success, 2 Pending": of each its version, else its description.
std::string states(const std::vector<std::string>& files, const std::vector<Migration>& rows,
                   const InfoOptions& options = {}) {
    std::string text;
    for (const MigrationRow& each : rows_of(files, rows, options))
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", each.version.empty() ? each.description : each.version,
                            each.state);
    return text;
}

}  // namespace

TEST_CASE("a file that the history does not hold is pending") {
    CHECK(states({"V1__d.sql", "V2__d.sql", "R__r.sql"}, {applied(1, "1")}) == "1 Success, 2 Pending, r Pending");
    CHECK(states({"R__r.sql", "V2__d.sql"}, {}) == "2 Pending, r Pending");
}

TEST_CASE("a lower version than the highest that is applied is ignored, or pending out of order") {
    CHECK(states({"V1__d.sql", "V2__d.sql"}, {applied(1, "2")}) == "2 Success, 1 Ignored");
    CHECK(states({"V1__d.sql", "V2__d.sql"}, {applied(1, "2")}, {.out_of_order = true}) == "2 Success, 1 Pending");
}

TEST_CASE("a version above the target is so") {
    CHECK(states({"V1__d.sql", "V2__d.sql", "V3__d.sql"}, {applied(1, "1")}, {.target = *Version::parse("2")}) ==
          "1 Success, 2 Pending, 3 Above Target");
}

TEST_CASE("a target may be the highest version that is applied") {
    CHECK(states({"V1__d.sql", "V2__d.sql"}, {applied(1, "1")}, {.to_current = true}) == "1 Success, 2 Above Target");
}

TEST_CASE("what ran after a higher version ran out of order") {
    CHECK(states({"V1__d.sql", "V2__d.sql"}, {applied(1, "2"), applied(2, "1")}) == "2 Success, 1 Out of Order");
}

TEST_CASE("an applied migration without a file is missing, or of the future where no file is higher") {
    CHECK(states({"V2__d.sql"}, {applied(1, "1"), applied(2, "2"), applied(3, "3")}) ==
          "1 Missing, 2 Success, 3 Future");
    CHECK(states({"V2__d.sql"}, {applied(1, "1", "SQL", false), applied(2, "2"), applied(3, "3", "SQL", false)}) ==
          "1 Failed (Missing), 2 Success, 3 Failed (Future)");
    CHECK(states({}, {applied(1, "1"), repeatable(2, "r")}) == "1 Future, r Missing");
    CHECK(states({"V2__d.sh"}, {applied(1, "2")}) == "2 Future, 2 Pending");
}

TEST_CASE("a failed migration with its file has failed") {
    CHECK(states({"V1__d.sql"}, {applied(1, "1", "SQL", false)}) == "1 Failed");
    CHECK(states({"R__r.sql"}, {repeatable(1, "r", 0, "SQL", false)}) == "r Failed");
}

TEST_CASE("what lies below a baseline comes first and will not run") {
    CHECK(states({"V1__d.sql", "V2__d.sql", "V3__d.sql"}, {applied(1, "2", "BASELINE")}) ==
          "1 Below Baseline, 2 Ignored (Baseline), 2 Baseline, 3 Pending");
}

TEST_CASE("a baseline migration builds an empty database and is ignored in another") {
    CHECK(states({"V1__d.sql", "V2__d.sql", "B2__d.sql", "V3__d.sql"}, {}) ==
          "1 Below Baseline, 2 Ignored (Baseline), 2 Pending, 3 Pending");
    CHECK(states({"V1__d.sql", "B2__d.sql"}, {applied(1, "1")}) == "1 Success, 2 Ignored");
    CHECK(states({"B2__d.sql", "V3__d.sql"}, {applied(1, "2", "SQL_BASELINE"), applied(2, "3")}) ==
          "2 Baseline, 3 Success");
    CHECK(states({"V3__d.sql"}, {applied(1, "2", "SQL_BASELINE")}) == "2 Missing, 3 Pending");
    CHECK(states({"B2__d.sql"}, {applied(1, "2", "SQL_BASELINE", false)}) == "2 Failed");
}

TEST_CASE("a repeatable whose file has changed is outdated and pending, one that ran again superseded") {
    CHECK(states({"R__r.sql"}, {repeatable(1, "r", 7)}) == "r Outdated, r Pending");
    CHECK(states({"R__r.sql"}, {repeatable(1, "r", 7), repeatable(2, "r", 0)}) == "r Superseded, r Success");
    CHECK(states({}, {repeatable(1, "r", 7), repeatable(2, "r", 0)}) == "r Superseded, r Missing");
}

TEST_CASE("what was deleted is so, and pending again where its file is back") {
    CHECK(states({"V2__d.sql"}, {applied(1, "1"), applied(2, "2"), applied(3, "1", "DELETE")}) ==
          "1 Deleted, 2 Success");
    CHECK(states({"V1__d.sql"}, {applied(1, "1"), applied(2, "1", "DELETE")}) == "1 Deleted, 1 Pending");
    CHECK(states({"V1__d.sql"}, {applied(1, "1"), applied(2, "1", "DELETE"), applied(3, "1")}) ==
          "1 Deleted, 1 Success");
    CHECK(states({"R__r.sql"}, {repeatable(1, "r"), repeatable(2, "r", 0, "DELETE")}) ==
          "r Deleted, r Success, r Pending");
}

TEST_CASE("a version that was deleted twice is no history of Flyway's") {
    const std::vector<Migration> rows = {applied(1, "1"), applied(2, "1", "DELETE"), applied(3, "1", "DELETE")};
    const auto listed = info({}, rows, {});
    REQUIRE_FALSE(listed);
    CHECK(listed.error().message == "the history's row 3 deletes version 1, which is deleted");
}

TEST_CASE("what was undone is so, and pending again") {
    CHECK(states({"V1__d.sql", "V2__d.sql"}, {applied(1, "1"), applied(2, "2"), applied(3, "2", "UNDO_SQL")}) ==
          "1 Success, 2 Undone, 2 Success, 2 Pending");
}

TEST_CASE("rows of Flyway's own have no category") {
    const auto rows = rows_of({"V3__d.sql", "B1__d.sql"}, {repeatable(0, "<< Flyway Schema Creation >>", 0, "SCHEMA"),
                                                           applied(1, "2", "BASELINE"), applied(2, "2.5", "UNDO_SQL")});
    std::string categories;
    for (const MigrationRow& each : rows) categories += each.category + "|" + each.state + " ";
    CHECK(categories == "Baseline|Below Baseline |Success |Baseline Undo|Success Versioned|Pending ");
}

TEST_CASE("an applied version whose file differs is changed, a repeatable is not") {
    Migration changed = applied(1, "1");
    changed.checksum = 7;
    const auto rows =
        rows_of({"V1__d.sql", "V2__d.sql", "R__r.sql"}, {changed, applied(2, "2"), repeatable(3, "r", 7)});
    std::string all;
    for (const MigrationRow& each : rows) all += has_other_checksum(each) ? 'c' : is_pending(each) ? 'p' : '-';
    CHECK(all == "c--p");
    CHECK(rows[0].checksum == 7);
    CHECK(rows[0].file_checksum == 0);
}

TEST_CASE("a checksum that the history lacks is another, and so is a description") {
    Migration unknown = applied(1, "1"), nameless = applied(2, "2"), lengthy = applied(3, "3");
    unknown.checksum = std::nullopt;
    nameless.description = "<< no description >>";
    lengthy.description = std::string(197, 'x') + "...";
    const std::string long_name = "V3__" + std::string(201, 'x') + ".sql";
    const auto rows =
        rows_of({"V1__d.sql", "V2__.sql", long_name, "V4__renamed.sql"}, {unknown, nameless, lengthy, applied(4, "4")});
    std::string all;
    for (const MigrationRow& each : rows)
        all += has_other_checksum(each) ? 'c' : has_other_description(each) ? 'd' : '-';
    CHECK(all == "c--d");
}

TEST_CASE("what is applied is missing where its file is gone, if it was a file") {
    const auto rows = rows_of({"V9__d.sql"}, {applied(1, "1"), applied(2, "2", "JDBC"), applied(3, "3", "SCRIPT"),
                                              repeatable(4, "r"), applied(5, "10")});
    std::string all;
    for (const MigrationRow& each : rows) all += is_missing(each) ? 'm' : '-';
    CHECK(all == "m-mm--");
}
