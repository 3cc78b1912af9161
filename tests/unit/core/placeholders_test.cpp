#include "core/placeholders.hpp"

#include <doctest/doctest.h>

#include <iterator>

#include "core/nearest.hpp"

namespace placeholders_test {
namespace {

using roost::Placeholders;
using roost::Source;
using roost::substitute;

const Placeholders& values() {
    static const Placeholders known = {{"team", "hr"},          {"empty", ""},           {"long", "human resources"},
                                       {"nested", "${team}"},   {"lines", "a\nb\nc"},    {"accent", "\u00e4\u00f6"},
                                       {"flyway:table", "fsh"}, {"env.password", "p$w}"}};
    return known;
}

Source read(const char* text) {
    auto source = substitute("s.sql", text, values());
    REQUIRE_MESSAGE(source.has_value(), text);
    return *source;
}

std::string error(const char* text) {
    const auto source = substitute("s.sql", text, values());
    REQUIRE_MESSAGE(!source, text);
    return to_string(source.error());
}

// "line:column" of the first `needle` in the text after substitution.
std::string where(const Source& source, const char* needle) {
    const std::size_t at = source.text().find(needle);
    REQUIRE_MESSAGE(at != std::string_view::npos, needle);
    const roost::Place place = source.place(at);
    return std::to_string(place.line) + ":" + std::to_string(place.column);
}

TEST_CASE("placeholders are replaced wherever they stand") {
    const struct {
        const char* text;
        const char* expected;
    } rows[] = {
        {"", ""},
        {"GRANT a TO b", "GRANT a TO b"},
        {"GRANT ${team} TO b", "GRANT hr TO b"},
        {"${team}", "hr"},
        {"${team}${team}", "hrhr"},
        {"${TEAM} ${Team}", "hr hr"},
        {"'${team}' -- ${team}", "'hr' -- hr"},
        {"a${empty}b", "ab"},
        {"${empty}${empty}", ""},
        {"${flyway:table} ${Flyway:Table}", "fsh fsh"},
        {"${nested}", "${team}"},
        {"${env.password}", "p$w}"},
        {"$${team}", "${team}"},
        {"${team}$${team}${team}", "hr${team}hr"},
        {"$${nobody}", "${nobody}"},
        {"$$${team}", "$${team}"},
        {"DO $$ BEGIN ${team}; END $$", "DO $$ BEGIN hr; END $$"},
        {"DO $tag$${team}$tag$", "DO $tag${team}$tag$"},
        {"$1 $ { } {team} $team", "$1 $ { } {team} $team"},
        {"a $", "a $"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(read(row.text).text() == row.expected);
    }
}

TEST_CASE("an unknown placeholder is an error at its place, with the nearest name") {
    CHECK(error("a\n  ${taem}") == "s.sql:2:3: the placeholder ${taem} has no value; did you mean ${team}?");
    CHECK(error("\u00e4\u00f6 ${flyway:tabel}") ==
          "s.sql:1:4: the placeholder ${flyway:tabel} has no value; did you mean ${flyway:table}?");
    CHECK(error("${x}") ==
          "s.sql:1:1: the placeholder ${x} has no value; set it in [placeholders], or write $${ for a literal ${");
    CHECK(error("${}").starts_with("s.sql:1:1: the placeholder ${} has no value"));
    CHECK(error("${ team }") == "s.sql:1:1: the placeholder ${ team } has no value; did you mean ${team}?");
    CHECK(error("${team} ${x").starts_with("s.sql:1:9:"));
}

TEST_CASE("a placeholder that is not closed on its line is an error at its place") {
    const std::string_view advice = "; close it with } on the same line, or write $${ for a literal ${";
    CHECK(error("${team} ${team") == "s.sql:1:9: a placeholder that is never closed" + std::string(advice));
    CHECK(error("\n${team\n}").starts_with("s.sql:2:1: a placeholder that is never closed"));
    CHECK(error("${team\r\n}").starts_with("s.sql:1:1: a placeholder that is never closed"));
}

TEST_CASE("places lead to the user's file") {
    const Source source = read("GRANT ${long} TO a;\nGRANT ${team} TO ${lines}, x;\n${empty}y;");
    CHECK(where(source, "GRANT human") == "1:1");
    CHECK(where(source, "human") == "1:7");
    CHECK(where(source, "resources") == "1:7");
    CHECK(where(source, " TO a") == "1:14");
    CHECK(where(source, ";\nGRANT") == "1:19");
    CHECK(where(source, "GRANT hr") == "2:1");
    CHECK(where(source, "b\nc") == "2:18");
    CHECK(where(source, ", x") == "2:26");
    CHECK(where(source, "y;") == "3:9");
    CHECK(source.place(source.text().size()).column == 11);
    CHECK(source.place(1000000) == roost::Place{"s.sql", 3, 11});
}

TEST_CASE("places after an escaped placeholder are right") {
    const Source source = read("a $${team} b ${team} c");
    CHECK(where(source, "${team}") == "1:3");
    CHECK(where(source, "team") == "1:6");
    CHECK(where(source, "b") == "1:12");
    CHECK(where(source, "hr") == "1:14");
    CHECK(where(source, "c") == "1:22");
}

TEST_CASE("what is left for another to put in stands as its user wrote it, and nothing else comes to a placeholder") {
    const Placeholders known = {{"team", "hr"}, {"d", "$"}, {"whole", "${later}"}, {"later", "${later}"}};
    const auto left = [&](const char* text, const roost::PlaceholderForm& form = {}) -> std::string {
        const auto source = substitute("s.sql", text, known, form);
        REQUIRE_MESSAGE(source.has_value(), text);
        const auto names = roost::left_in(*source, {"later"}, form);
        if (names) return names->empty() ? "" : *names->begin();
        return to_string(names.error().front()).substr(0, 40);
    };
    CHECK(left("${team} $ {later} $$") == "");
    CHECK(left("${team} ${LATER}") == "later");
    CHECK(left("x $${later}") == "s.sql:1:3: this comes to ${later}, which");
    CHECK(left("x ${whole}") == "s.sql:1:3: this comes to ${later}, which");
    CHECK(left("x ${d}{later}") == "s.sql:1:3: this comes to ${later}, which");
    CHECK(left("x ${d}${later}") == "s.sql:1:7: this comes to ${later}, which");
    CHECK(left("x ${d}{open") == "s.sql:1:3: this comes to ${, which would");
    CHECK(left("x ${d}{later}", {.prefix = "<<", .suffix = ">>"}) == "");
    CHECK(left("$${later}", {.replaced = false}) == "");
}

TEST_CASE("columns count code points") {
    const Source source = read("\u00e4\u00f6\u20ac\U0001F426 x ${accent} y");
    CHECK(where(source, "\u00f6") == "1:2");
    CHECK(where(source, "x") == "1:6");
    CHECK(where(source, " y") == "1:17");
}

TEST_CASE("a byte-order mark counts as no column") {
    const Source source = read("\uFEFFx\ny");
    CHECK(where(source, "\uFEFF") == "1:1");
    CHECK(where(source, "x") == "1:1");
    CHECK(where(source, "y") == "2:1");
}

TEST_CASE("places in a very long line are right") {
    std::string text = "first\n";
    for (int at = 0; at < 5000; ++at) text += "\u20acb,";
    text += "X\nlast";
    const Source source("s.sql", text);
    CHECK(where(source, "X") == "2:15001");
    CHECK(where(source, "last") == "3:1");
    CHECK(source.place(6 + 5 * 4000) == roost::Place{"s.sql", 2, 12001});
}

TEST_CASE("the original text keeps its placeholders") {
    const Source source = read("GRANT ${team} TO ${long}; x $${team} ${empty};");
    const auto original = [&source](const char* text) {
        const std::size_t begin = source.text().find(text);
        REQUIRE_MESSAGE(begin != std::string_view::npos, text);
        return source.original(begin, begin + std::string_view(text).size());
    };
    CHECK(original("GRANT hr TO human resources") == "GRANT ${team} TO ${long}");
    CHECK(original("hr") == "${team}");
    CHECK(original("r TO h") == "${team} TO ${long}");
    CHECK(original(" TO ") == " TO ");
    CHECK(original("x ${team} ") == "x $${team} ${empty}");
    CHECK(original(";") == ";");
    CHECK(source.original(0, source.text().size()) == "GRANT ${team} TO ${long}; x $${team} ${empty};");
    CHECK(source.original(5, 3).empty());
    CHECK(source.original(1000, 2000).empty());
}

TEST_CASE("the nearest name is the one with the fewest typing mistakes") {
    const std::vector<std::string> known = {"dev", "staging", "production", "eu_prod", "afterMigrate"};
    CHECK(roost::nearest("stagign", known) == "staging");
    CHECK(roost::nearest("STAGING", known) == "staging");
    CHECK(roost::nearest("productoin", known) == "production");
    CHECK(roost::nearest("prod", known) == "production");
    CHECK(roost::nearest("euprod", known) == "eu_prod");
    CHECK(roost::nearest("de", known) == "dev");
    CHECK(roost::nearest("qa", known) == std::nullopt);
    CHECK(roost::nearest("", known) == std::nullopt);
    CHECK(roost::nearest("dev", {}) == std::nullopt);
}

TEST_CASE("a suggestion lists what is known where nothing is near") {
    const std::vector<std::string> known = {"dev", "staging", "prod"};
    CHECK(roost::suggest("prd", known) == "did you mean prod?");
    CHECK(roost::suggest("qa", known) == "known are dev, staging and prod");
    CHECK(roost::suggest("qa", std::span(known).first(1)) == "only dev is known");
    CHECK(roost::suggest("qa", {}) == "none is known");
}

TEST_CASE("an error reads as place, message, code and advice") {
    using roost::Error;
    using roost::Place;
    CHECK(to_string(Place{"a.sql", 14, 3}) == "a.sql:14:3");
    CHECK(to_string(Place{"a.sql", 14, 0}) == "a.sql:14");
    CHECK(to_string(Place{"a.sql", 0, 3}) == "a.sql");
    CHECK(to_string(Place{"", 14, 3}) == "14:3");
    CHECK(to_string(Place{}).empty());
    Error error{.message = "role app_reader does not exist", .place = {"a.sql", 14, 0}, .sqlstate = "42704"};
    CHECK(to_string(error) == "a.sql:14: role app_reader does not exist (42704)");
    error.advice = "create it first";
    CHECK(to_string(error) == "a.sql:14: role app_reader does not exist (42704); create it first");
    CHECK(to_string(Error{.message = "locked", .native = 5}) == "locked (5)");
    CHECK(to_string(Error{.message = "locked"}) == "locked");
}

}  // namespace
}  // namespace placeholders_test
