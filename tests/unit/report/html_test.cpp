#include <doctest/doctest.h>

#include <set>

#include "core/after.hpp"
#include "report/markup.hpp"
#include "unit/report/hostile.hpp"

using namespace roost;

namespace {

// Names of the elements that a page opens, as a reader of HTML sees them, and how each tag reads.
struct Tags {
    std::set<std::string> names;
    std::vector<std::string> tags;
};
Tags tags_in(std::string_view page) {
    Tags found;
    for (std::size_t at = page.find('<'); at != std::string_view::npos; at = page.find('<', at + 1)) {
        const std::size_t end = page.find('>', at);
        const std::string tag(page.substr(at, end - at + 1));
        const std::size_t begin = tag.starts_with("</") ? 2 : 1;
        found.names.insert(tag.substr(begin, tag.find_first_of(" >/", begin) - begin));
        found.tags.push_back(tag);
    }
    return found;
}

Report small_plan() {
    PlanBody body{.lines = {{.evidence = Evidence::declared,
                             .change = Grant{"hr", "alice", {}},
                             .text = {},
                             .place = {"environments/dev.toml", 7, 3},
                             .why = "toggle x"},
                            {.evidence = Evidence::opaque,
                             .change = {},
                             .text = "DO $$",
                             .place = {"callbacks/a.sql", 3, 1},
                             .known = true}},
                  .scripts = {{"callbacks/a.sql", false}},
                  .differs = true};
    body.rehearsal = {true, {"roles"}, {"data"}};
    return {.command = "plan",
            .header = {.project = "payroll", .environment = "dev", .engine = "SQLite", .roles = "emulated"},
            .body = std::move(body),
            .findings = {{"toggle-unset", Severity::note, {.message = "m", .advice = "do it"}}},
            .status = 2};
}

}  // namespace

TEST_CASE("a page says what changes, how that is known, what was proven and what was found") {
    const std::string page = to_html(small_plan());
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(page.contains("<h1>payroll/dev</h1>"));
    CHECK(page.contains("Plan: 1 to grant, 1 opaque statement."));
    CHECK(page.contains("grant <code>hr</code> to <code>alice</code>"));
    CHECK(page.contains("<code class=\"place\">environments/dev.toml:7:3</code>"));
    CHECK(page.contains("ran before, unchanged"));
    CHECK(page.contains("emulated"));
    for (const char* id : {"changes", "scripts", "rehearsal", "findings"})
        CHECK(page.contains("<section id=\"" + std::string(id) + "\""));
    CHECK(page.contains("<b>Fix:</b> do it"));
}

TEST_CASE("a page explains the evidence that it shows, and no other") {
    const std::string page = to_html(small_plan());
    CHECK(page.contains("class=\"badge declared\""));
    CHECK(page.contains("read it yourself"));
    CHECK_FALSE(page.contains("class=\"badge predicted\""));
}

TEST_CASE("sections without content are left out, and so are links to them") {
    const std::string page = to_html({.command = "plan", .body = PlanBody{}});
    CHECK(page.contains("Nothing to do: the database is as declared."));
    CHECK_FALSE(page.contains("<section"));
    CHECK_FALSE(page.contains("<nav"));
}

TEST_CASE("a page asks the network for nothing and runs nothing") {
    for (const Report& report : {small_plan(), test::hostile_report()}) {
        const std::string page = to_html(report);
        CHECK(page.contains("default-src 'none'"));
        for (const std::string& tag : tags_in(page).tags) {
            CHECK_FALSE(tag.contains("src="));
            if (tag.contains("href=")) CHECK(tag.contains("href=\"#"));
        }
        CHECK_FALSE(page.contains("@import"));
        CHECK(page.find("url(#") == page.find("url("));
    }
}

TEST_CASE("names that hold markup, quotes, terminal escapes or bidi characters are text in a page") {
    const std::string page = to_html(test::hostile_report());
    const std::set<std::string> ours{
        "!doctype", "html", "head",    "meta", "title", "style",   "body",  "header", "p",      "h1",    "span",
        "ul",       "li",   "b",       "dl",   "div",   "dt",      "dd",    "nav",    "a",      "main",  "section",
        "h2",       "h3",   "article", "code", "table", "caption", "thead", "tr",     "th",     "tbody", "td",
        "ol",       "svg",  "g",       "path", "defs",  "marker",  "rect",  "text",   "circle", "desc",  "pre"};
    for (const std::string& name : tags_in(page).names) {
        CAPTURE(name);
        CHECK(ours.contains(name));
    }
    for (const char* bad : {"\x1b", "\x07", "\u202E", "\u2066", "\r", "\xff"}) CHECK_FALSE(page.contains(bad));
    CHECK(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    CHECK(page.contains("\\u{202e}gnihton\\u{2066}"));
}

TEST_CASE("SQL that cannot be shown as it is says so, and is not there to be copied unseen") {
    Report report = small_plan();
    auto& body = std::get<PlanBody>(report.body);
    body.sql = {{.sql = "GRANT hr TO alice", .about = "x"}};
    CHECK_FALSE(to_html(report).contains("cannot be shown as they are"));
    body.sql.front().sql = "GRANT hr TO \"\u202Ealice\"";
    CHECK(to_html(report).contains("cannot be shown as they are"));
    CHECK(to_html(report).contains("GRANT hr TO &quot;\\u{202e}alice&quot;"));
}

TEST_CASE("one function writes text into markup: every character that could end it has a form of its own") {
    CHECK(escaped("<a href=\"x\" b='y'>&]]></a>") == "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;]]&gt;&lt;/a&gt;");
    CHECK(escaped("one\ntwo") == "one\\u{a}two");
    CHECK(escaped("one\ntwo\t<", true) == "one\ntwo\t&lt;");
}

TEST_CASE("the same report is the same page, byte for byte") {
    CHECK(to_html(test::hostile_report()) == to_html(test::hostile_report()));
}

TEST_CASE("history and toggles are tables with heads") {
    HistoryBody history{.entries = {{.id = 4,
                                     .state = "done",
                                     .event = "afterMigrate",
                                     .actor = "ann",
                                     .account = "roost",
                                     .host = "h",
                                     .roost = "0",
                                     .schema_version = "5",
                                     .started_at = "2026-11-20T10:02:03Z",
                                     .ended_at = "",
                                     .error = "",
                                     .steps = {{"script", "roles", "n", "p:1", "c", "", "", "done"}}}},
                        .with_steps = true};
    const std::string page = to_html({.command = "history", .body = history});
    CHECK(page.contains("scope=\"col\">Started</th>"));
    CHECK(page.contains("ann as roost"));
    CHECK(page.contains("<li>c <code>p:1</code></li>"));
    const StatusBody status{{{.header = {.project = "p", .environment = "e"},
                              .toggles = {{.name = "t",
                                           .role = "r",
                                           .owner = "o",
                                           .state = "on",
                                           .on = {"hr", "b b"},
                                           .users = 7,
                                           .not_effective = 2,
                                           .since = "2026",
                                           .expires = "2025",
                                           .stale = true}}}}};
    const std::string toggles = to_html({.command = "status", .body = status});
    CHECK(toggles.contains("<code>hr</code>, <code>&quot;b b&quot;</code>"));
    CHECK(toggles.contains("(2 not effective)"));
    CHECK(toggles.contains(">stale</span>"));
}
