#include "report/saved_plan.hpp"

#include <doctest/doctest.h>

#include <string>

namespace roost {
namespace {

SavedPlan sample() {
    return {.made_at = "2026-11-22T10:00:00.000Z",
            .made_by = "alice",
            .expires_at = "2026-11-23T10:00:00.000Z",
            .project = "payroll",
            .environment = "prod",
            .engine = "PostgreSQL",
            .database = "pay",
            .database_id = "7/16384",
            .account = "roost",
            .event = "afterMigrate",
            .schema_version = "5.2",
            .history_rank = 12,
            .roles = {{"hr", {"role", "alice"}}, {"<script>\x1b", {}}},
            .principals = {{"alice", "user"}},
            .scripts = {{"callbacks/a.sql", 7}},
            .statements = {{"grant hr to bob", "GRANT hr TO bob"}}};
}

// The plan derived again at a time when the saved one can be applied.
SavedPlan now() {
    SavedPlan plan = sample();
    plan.made_at = "2026-11-22T11:00:00.000Z";
    plan.made_by = "bob";
    plan.expires_at = "2026-11-23T11:00:00.000Z";
    return plan;
}

std::string said(const Errors& errors) {
    std::string text;
    for (const Error& error : errors) {
        CHECK(error.kind == ErrorKind::refused);
        text += error.message + "\n";
    }
    return text;
}

std::string said(const Result<SavedPlan>& read) {
    if (read) return "read";
    CHECK(read.error().kind == ErrorKind::usage);
    CHECK(read.error().place.file == "p.json");
    return read.error().message;
}

template <class Edit>
std::string stale_after(const Edit& edit) {
    SavedPlan changed = now();
    edit(changed);
    return said(stale(sample(), changed));
}

}  // namespace

TEST_CASE("a saved plan is read back as it was written") {
    const auto read = read_saved_plan(to_json(sample()), "p.json");
    REQUIRE(read.has_value());
    CHECK(to_json(*read) == to_json(sample()));
    CHECK(id_of(*read) == id_of(sample()));
    CHECK(stale(*read, now()).empty());
}

TEST_CASE("plans that say something else have another id") { CHECK(id_of(sample()) != id_of(now())); }

TEST_CASE("a file that is no saved plan, of another layout, or altered is bad usage") {
    const std::string good = to_json(sample());
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return said(read_saved_plan(text, "p.json"));
    };
    CHECK(said(read_saved_plan("{\"schema\": 1}", "p.json")) == "is no plan that roost has saved");
    CHECK(said(read_saved_plan("[]", "p.json")) == "is no plan that roost has saved");
    CHECK(said(read_saved_plan("", "p.json")) == "is no JSON from byte 1 on");
    CHECK(said(read_saved_plan(good.substr(0, good.size() / 2), "p.json")).starts_with("is no JSON from byte "));
    CHECK(with("\"roost_plan\": 1", "\"roost_plan\": 2") == "has layout 2, this roost reads 1");
    CHECK(with("\"environment\": \"prod\"", "\"environment\": 3").starts_with("cannot be read: "));
    CHECK(with("\"environment\": \"prod\",", "").starts_with("cannot be read: "));
    CHECK(with("GRANT hr TO bob", "GRANT hr TO mallory") == "was altered after it was made");
    CHECK(with("2026-11-23T10", "2027-11-23T10") == "was altered after it was made");
    CHECK(with("\"made_by\"", "\"more\": 1, \"made_by\"") == "was altered after it was made");
}

TEST_CASE("a plan made for another place is foreign, and nothing else is said of it") {
    CHECK(stale_after([](SavedPlan& p) { p.environment = "staging"; }) ==
          "the plan is for environment prod, this is staging\n");
    CHECK(stale_after([](SavedPlan& p) { p.database_id = "8/1"; }) ==
          "the plan is for database 7/16384, this is 8/1\n");
    CHECK(stale_after([](SavedPlan& p) {
              p.account = "root";
              p.roles.clear();
          }) == "the plan is for account roost, this is root\n");
}

TEST_CASE("a plan can be applied up to the moment in which it expires") {
    CHECK(stale_after([](SavedPlan& p) { p.made_at = "2026-11-23T10:00:00.000Z"; }).empty());
    CHECK(stale_after([](SavedPlan& p) { p.made_at = "2026-11-23T10:00:00.001Z"; }) ==
          "the plan expired at 2026-11-23T10:00:00.000Z\n");
}

TEST_CASE("whatever changed since the plan was made is named") {
    CHECK(stale_after([](SavedPlan& p) { p.history_rank = 13; }) ==
          "the plan is stale: the schema version was 5.2, and is 5.2; or migrations ran that have none\n");
    CHECK(stale_after([](SavedPlan& p) { p.holds = 1; }) == "the plan is stale: the holds are not as they were\n");
    CHECK(stale_after([](SavedPlan& p) { p.roles["hr"].emplace_back("carol"); }) ==
          "the plan is stale: role hr is not as it was\n");
    CHECK(stale_after([](SavedPlan& p) { p.roles["staff"]; }) == "the plan is stale: role staff is new\n");
    CHECK(stale_after([](SavedPlan& p) { p.roles.erase("<script>\x1b"); }) ==
          "the plan is stale: role \"<script>\\u{1b}\" is not as it was\n");
    CHECK(stale_after([](SavedPlan& p) { p.principals["alice"] = "role"; }) ==
          "the plan is stale: principal alice is not as it was\n");
    CHECK(stale_after([](SavedPlan& p) { p.scripts.front().checksum = 8; }) ==
          "the plan is stale: the scripts are not as they were\n");
    CHECK(stale_after([](SavedPlan& p) { p.statements.clear(); }) ==
          "the plan is stale: what would be sent is not as it was: the declaration or the scripts have changed\n");
}

}  // namespace roost
