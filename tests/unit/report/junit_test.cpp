#include <doctest/doctest.h>

#include "report/report.hpp"

namespace roost::junit_test {

namespace {

Report report(std::string command, PlanBody body, std::vector<Finding> findings = {}, Errors errors = {}) {
    return {.command = std::move(command),
            .header = {.project = "pay", .environment = "dev"},
            .body = std::move(body),
            .findings = std::move(findings),
            .errors = std::move(errors)};
}

PlanBody grants(std::vector<std::string> members) {
    PlanBody body;
    for (std::string& member : members)
        body.lines.push_back({.change = Grant{"hr", std::move(member), {}}, .text = {}, .place = {"dev.toml", 2, 7}});
    return body;
}

}  // namespace

TEST_CASE("a check that finds nothing is one test that passes") {
    CHECK(*to_junit(report("check", {})) ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<testsuites tests=\"1\" failures=\"0\" errors=\"0\">\n"
          "  <testsuite name=\"roost check pay/dev\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
          "    <testcase classname=\"roost.pay.dev\" name=\"drift: none\"/>\n"
          "  </testsuite>\n"
          "</testsuites>\n");
}

TEST_CASE("drift and errors fail, warnings and notes pass with a word about them") {
    const std::string text =
        *to_junit(report("check", grants({"ann"}),
                         {{"refused", Severity::error, {.message = "no"}},
                          {"script-new", Severity::note, {.message = "new", .place = {.file = "a.sql"}}},
                          {"clear-text", Severity::warning, {.message = "clear", .advice = "ask for TLS"}}},
                         {{.message = "lost", .sqlstate = "08S01"}}));
    CHECK(text.contains("<testsuites tests=\"5\" failures=\"2\" errors=\"1\">"));
    CHECK(
        text.contains("name=\"drift: grant hr to ann\">\n"
                      "      <failure type=\"drift\" message=\"dev.toml:2:7: grant hr to ann\">"
                      "dev.toml:2:7: grant hr to ann</failure>"));
    CHECK(text.contains("name=\"refused: no\">\n      <failure type=\"error\" message=\"no\">no</failure>"));
    CHECK(text.contains("name=\"script-new: new\">\n      <system-out>note: a.sql: new</system-out>"));
    CHECK(text.contains("<system-out>warning: clear; ask for TLS</system-out>"));
    CHECK(text.contains("name=\"lost\">\n      <error type=\"error\" message=\"lost (08S01)\">lost (08S01)</error>"));
}

TEST_CASE("what a plan would do is no failure") {
    const std::string text = *to_junit(report("plan", grants({"ann"})));
    CHECK(text.contains("failures=\"0\""));
    CHECK(
        text.contains("name=\"declared: grant hr to ann\">\n      <system-out>change: dev.toml:2:7: grant hr to ann"));
    CHECK(to_junit(report("plan", {}))->contains("name=\"changes: none\"/>"));
}

TEST_CASE("names are data in JUnit, too") {
    const std::string text =
        *to_junit(report("check", grants({"<script>alert('1')</script>", "a & \"b\"", "\x1b[31mred", "end]]>",
                                          "\xEF\xBF\xBF\xEF\xBF\xBE", "bad \xff"})));
    CHECK(!text.contains("<script>"));
    CHECK(text.contains("&lt;script&gt;alert(&apos;1&apos;)&lt;/script&gt;"));
    CHECK(text.contains("a &amp; "));
    CHECK(!text.contains("]]>"));
    for (const char* none : {"\x1b", "\xff", "\xEF\xBF\xBF", "\xEF\xBF\xBE"}) CHECK(!text.contains(none));
}

TEST_CASE("of two tests with one name the second one is numbered") {
    const std::string text = *to_junit(report("check", grants({"ann", "ann"})));
    CHECK(text.contains("name=\"drift: grant hr to ann\""));
    CHECK(text.contains("name=\"drift: grant hr to ann (2)\""));
}

TEST_CASE("commands that compare nothing have no report as JUnit") {
    const auto text = to_junit({.command = "member"});
    REQUIRE(!text.has_value());
    CHECK(text.error().kind == ErrorKind::usage);
}

}  // namespace roost::junit_test
