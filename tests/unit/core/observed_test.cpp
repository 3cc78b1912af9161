#include "core/observed.hpp"

#include <doctest/doctest.h>

#include <string>

#include "core/describe.hpp"
#include "support/graph_text.hpp"

namespace roost {
namespace {

using test::graph;

// Each line as text, a line each, where it comes from behind it if that is told.
std::string told(const std::vector<PlanLine>& lines) {
    std::string text;
    for (const PlanLine& line : lines) {
        text += line.change ? describe(*line.change) : line.text;
        text += line.place.line ? " @" + std::to_string(line.place.line) + "\n" : "\n";
    }
    return text;
}

std::string between(std::string_view before, std::string_view after) {
    return told(observed({graph(before), {}}, {graph(after), {}}, {.file = "a.sql"}));
}

std::string between(Holdings before, Holdings after) {
    return told(observed({{}, std::move(before)}, {{}, std::move(after)}, {.file = "a.sql"}));
}

}  // namespace

TEST_CASE("what a script did to principals and memberships reads as changes") {
    CHECK(between("user alice\nrole hr", "user alice, bob\nrole hr, staff\nhr: alice(admin)") ==
          "create user bob\ncreate role staff\ngrant hr to alice (admin on)\n");
    CHECK(between("user alice\nrole hr, old\nhr: alice(by old)", "user alice\nrole hr") ==
          "drop role old\nrevoke hr from alice, granted by old\n");
    CHECK(between("user alice\nrole hr\nhr: alice", "user alice\nrole hr\nhr: alice(noinherit)") ==
          "alter hr for alice: inherit off\n");
}

TEST_CASE("a comment alone is told as one, other attributes as what they are") {
    CHECK(between("role hr", "role hr\ncomment hr = people") == "set the comment of role hr\n");
    CHECK(between("role hr", "role hr(superuser)") == "alter hr: attributes\n");
    CHECK(between("role hr", "role hr(superuser)\ncomment hr = people") == "alter hr: attributes and comment\n");
}

TEST_CASE("rights, owners, settings and definitions are told in words") {
    const Holding right{"right", "hr", "payroll", "table payslip", "SELECT", "", ""};
    CHECK(between({}, {right}) == "grant SELECT on table payroll.payslip to hr\n");
    CHECK(between({right}, {}) == "revoke SELECT on table payroll.payslip from hr\n");
    CHECK(between({right}, {right}).empty());
    CHECK(between({}, {{"right", "PUBLIC", "", "schema payroll", "USAGE", "root", ""}}) ==
          "grant USAGE on schema payroll to PUBLIC\n");
    CHECK(between({}, {{"owner", "hr", "payroll", "table payslip", "", "", ""}}) ==
          "create table payroll.payslip, owned by hr\n");
    CHECK(between({{"setting", "hr", "", "", "search_path = payroll", "", ""}}, {}) ==
          "unset search_path = payroll for hr\n");
}

TEST_CASE("names in what was observed cannot steer a terminal") {
    CHECK(between({}, {{"right", "\x1b[31m", "s", "table \x1b[2J", "SELECT", "", ""}}) ==
          "grant SELECT on table s.\\u{1b}[2J to \"\\u{1b}[31m\"\n");
}

TEST_CASE("what was predicted has its statement's place, what was not has the script's") {
    const auto seen = observed({graph("user alice\nrole hr"), {}}, {graph("user alice\nrole hr, staff\nhr: alice"), {}},
                               {.file = "a.sql"});
    const PlanLine predicted{
        .evidence = Evidence::predicted, .change = Grant{"hr", "alice", {}}, .text = {}, .place = {"a.sql", 7, 1}};
    const auto lines = placed(seen, {predicted});
    CHECK(told(lines) == "create role staff\ngrant hr to alice @7\n");
    for (const PlanLine& line : lines) CHECK(line.evidence == Evidence::rehearsed);
}

}  // namespace roost
