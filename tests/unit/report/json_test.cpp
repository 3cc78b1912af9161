#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "report/report.hpp"
#include "unit/report/hostile.hpp"

using namespace roost;
using nlohmann::json;

TEST_CASE("every command answers in the same envelope, errors and places included") {
    const Report report{.command = "plan",
                        .header = {.project = "payroll", .environment = "dev", .round_trips = 7},
                        .errors = {{.kind = ErrorKind::refused,
                                    .message = "m",
                                    .advice = "a",
                                    .place = {"f.toml", 2, 3},
                                    .sqlstate = "42501"}},
                        .status = 3};
    const json envelope = json::parse(to_json(report));
    CHECK(envelope.at("schema") == 1);
    CHECK(envelope.at("command") == "plan");
    const json& run = envelope.at("runs").at(0);
    CHECK(run.at("status") == 3);
    CHECK(run.at("round_trips") == 7);
    CHECK(run.at("errors") == json::parse(R"([{"kind": "refused", "message": "m", "advice": "a", "sqlstate": "42501",
                                               "place": {"file": "f.toml", "line": 2, "column": 3}}])"));
}

TEST_CASE("each kind of change has its own word and its names, exactly as the database spells them") {
    PlanBody body;
    for (const Change& change : {Change{CreateRole{"r", "c"}}, Change{MarkRole{"r", "c"}},
                                 Change{Grant{"r", "m\n\"", {option::admin, option::admin}}},
                                 Change{AlterMembership{"r", "m", "g", {option::inherit, 0}}},
                                 Change{Revoke{"r", "m", "g"}}, Change{DropRole{"r"}}, Change{CreateUser{"u"}}})
        body.lines.push_back({.evidence = Evidence::predicted, .change = change, .text = {}, .place = {}});
    const json lines = json::parse(to_json({.command = "plan", .body = body})).at("runs").at(0).at("lines");
    std::vector<std::string> words;
    for (const json& line : lines) words.push_back(line.at("change"));
    CHECK(words == std::vector<std::string>{"create", "mark", "grant", "alter", "revoke", "drop", "create_user"});
    CHECK(lines.at(2).at("member") == "m\n\"");
    CHECK(lines.at(2).at("options") == json{{"admin", true}});
    CHECK(lines.at(3).at("grantor") == "g");
    CHECK(lines.at(0).at("place") == nullptr);
}

TEST_CASE("text that is no UTF-8 does not break the envelope") {
    const Report report{.command = "plan", .errors = {{.message = "bad \xff byte"}}};
    CHECK(json::parse(to_json(report)).at("runs").at(0).at("errors").at(0).at("message") == "bad \uFFFD byte");
}

TEST_CASE("names of any kind come out of the JSON as the database spells them, and it holds no control character") {
    const std::string text = to_json(test::hostile_report());
    for (const char* bad : {"\x1b", "\x07", "\r", "\xff"}) CHECK_FALSE(text.contains(bad));
    const json run = json::parse(text).at("runs").at(0);
    std::vector<std::string> members;
    for (const json& line : run.at("lines"))
        if (line.contains("member")) members.push_back(line.at("member"));
    std::vector<std::string> expected(test::hostile_names.begin() + 1, test::hostile_names.end());
    for (std::string& name : expected)
        if (name.starts_with("\xff")) name = "\uFFFD\uFFFD no text";
    CHECK(members == expected);
}
