#include <doctest/doctest.h>

#include "unit/report/hostile.hpp"

using namespace roost;

namespace {

// What stands outside code: spans of any number of backticks, and fenced blocks, are taken out.
std::string outside_code(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t begin = text.find('`');
        out += text.substr(0, begin);
        if (begin == std::string_view::npos) break;
        const std::size_t size = std::min(text.find_first_not_of('`', begin), text.size()) - begin;
        const std::string fence(size, '`');
        std::size_t end = text.find(fence, begin + size);
        while (end != std::string_view::npos && end + size < text.size() && text[end + size] == '`')
            end = text.find(fence, text.find_first_not_of('`', end));
        REQUIRE(end != std::string_view::npos);
        out += "CODE";
        text.remove_prefix(end + size);
    }
    return out;
}

Report plan_of(std::vector<PlanLine> lines) {
    return {.command = "plan",
            .header = {.project = "payroll", .environment = "dev", .engine = "SQLite", .engine_version = "3.40"},
            .body = PlanBody{.lines = std::move(lines), .scripts = {}, .differs = true}};
}

PlanLine grant(const std::string& member, std::string why = {}) {
    return {.evidence = Evidence::declared,
            .change = Grant{"hr", member, {}},
            .text = {},
            .place = {"environments/dev.toml", 7, 3},
            .why = std::move(why)};
}

}  // namespace

TEST_CASE("a merge request shows the result, a table of changes and the findings") {
    Report report = plan_of({grant("alice", "toggle new_payroll")});
    report.findings = {{"toggle-unset", Severity::note, {.message = "not set here", .advice = "set it"}}};
    CHECK(to_markdown(report) ==
          "## roost plan: `payroll/dev`\n"
          "\n"
          "**Plan: 1 to grant.**\n"
          "\n"
          "SQLite `3.40`\n"
          "\n"
          "|   | Change | Known how | Where | Why |\n"
          "|---|---|---|---|---|\n"
          "| `+` | grant `hr` to `alice` | declared | `environments/dev.toml:7:3` | toggle `new_payroll` |\n"
          "\n"
          "### Findings\n"
          "\n"
          "- **note** `toggle-unset`: not set here<br>Fix: set it\n");
}

TEST_CASE("many changes are folded away, so that the result stays in sight") {
    std::vector<PlanLine> lines;
    for (int i = 0; i < 51; ++i) lines.push_back(grant("u" + std::to_string(i)));
    CHECK(to_markdown(plan_of(lines)).contains("<details>\n<summary>51 lines</summary>\n\n|"));
}

TEST_CASE("no name is a mention, a link, markup, the end of a cell or of a line in a merge request") {
    const std::string text = to_markdown(test::hostile_report());
    const std::string ours = outside_code(text);
    for (const char* bad :
         {"@", "http", "evil", "alert", "script>", "[", "](", "#1", "${", "{{", "\x1b", "\r", "\u202E"}) {
        CAPTURE(bad);
        CHECK_FALSE(ours.contains(bad));
    }
    for (const char* bad : {"\x1b", "\x07", "\u202E", "\xff", "\r"}) CHECK_FALSE(text.contains(bad));
}

TEST_CASE("a row of the table has five cells whatever the names hold") {
    const std::string text = to_markdown(test::hostile_report());
    std::size_t rows = 0;
    for (std::size_t at = text.find("\n| "); at != std::string::npos; at = text.find("\n| ", at + 1)) {
        const std::string_view row = std::string_view(text).substr(at + 1, text.find('\n', at + 1) - at - 1);
        std::size_t bars = 0;
        for (std::size_t i = 0; i < row.size(); ++i)
            if (row[i] == '|' && row[i - (i > 0)] != '\\') ++bars;
        CHECK(bars == 6);
        ++rows;
    }
    CHECK(rows == 2 * test::hostile_names.size());  // a grant and a statement for each, but one grant; and the head
}

TEST_CASE("words that a host of code would link stand in code: commits, issues, addresses") {
    Report report = plan_of({});
    report.errors = {{.message = "see deadbeef1 and effaced, GH-12, a@b.example or 42 of x_y, then go"}};
    CHECK(to_markdown(report).contains("see `deadbeef1` and `effaced, GH-12, a@b.example` or 42 of `x_y`, then go"));
}

TEST_CASE("a statement with backticks stays in its block") {
    Report report = plan_of({grant("a")});
    std::get<PlanBody>(report.body).sql = {{.sql = "SELECT '```\n</details>'", .about = "x"}};
    const std::string text = to_markdown(report);
    CHECK(text.contains("````sql\n"));
    CHECK_FALSE(outside_code(text).contains("'"));
}
