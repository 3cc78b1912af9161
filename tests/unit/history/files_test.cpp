#include "history/files.hpp"

#include <doctest/doctest.h>

using namespace roost;

namespace {

MigrationFile file(std::string name, std::string text) {
    return {.path = "sql/" + name, .script = name, .text = std::move(text)};
}
std::int32_t checksum(std::string name, std::string text, const Placeholders& values = {{"who", "hr"}}) {
    const auto resolved = resolve({file(std::move(name), std::move(text))}, {}, values);
    REQUIRE(resolved);
    return resolved->front().checksum;
}
std::string error(const std::vector<MigrationFile>& files, const Placeholders& values = {}) {
    const auto resolved = resolve(files, {}, values);
    REQUIRE_FALSE(resolved);
    REQUIRE(resolved.error().size() == 1);
    return to_string(resolved.error().front());
}

}  // namespace

// Checksums as Flyway 11.8.2 wrote them into its table.
TEST_CASE("a migration's checksum is Flyway's, whatever ends its lines") {
    for (const char* text : {"select 1;\nselect 2;\n", "select 1;\r\nselect 2;\r\n", "select 1;\rselect 2;\r",
                             "select 1;\nselect 2;", "\uFEFFselect 1;\nselect 2;\n"})
        CHECK(checksum("V1__x.sql", text) == -593479011);
    for (const char* text : {"", "\n", "\uFEFF", "\uFEFF\r\n"}) CHECK(checksum("V1__x.sql", text) == 0);
    CHECK(checksum("V1__x.sql", "\uFEFF\uFEFF-- x\nselect 1;") == 68707481);
    CHECK(checksum("V1__x.sql", "-- x\n\uFEFF-- y\nselect 1;\n") == 1783911983);
    CHECK(checksum("V1__x.sql", "-- a\u0085b\u2028c\u2029d\ve\ff\nselect 1;\n") == 296214876);
    CHECK(checksum("V1__x.sql", "-- \U0001F426 \u00e9 e\u0301\nselect 1;\n") == 674814255);
    CHECK(checksum("V1__x.sql", "\n\n  \nselect 1;  \n\n") == -217688494);
    CHECK(checksum("V1__x.sql", "-- a\r\r\n-- b\n\rselect 1;\r\n\r\n") == 1661786144);
}

TEST_CASE("versioned migrations and scripts are hashed as they are written") {
    CHECK(checksum("V1__x.sql", "select '${who}';\n") == 506862899);
    CHECK(checksum("V1__x.sql", "select '$${who}';\n") == -1433542707);
    CHECK(checksum("V1__x.sh", "# FP__who__ ${who}\nexit 0\n") == 548675587);
}

TEST_CASE("repeatables are hashed with the placeholders' values, whatever the case of their names") {
    CHECK(checksum("R__x.sql", "\uFEFFselect '${who}';\n") == 613028565);
    CHECK(checksum("R__x.sql", "select '${who}';\nselect '${WHO}';\n") == 943023940);
    CHECK(checksum("R__x.sql", "select\r\n'${who}'\r\n;\r\n") == -2098183059);
    CHECK(checksum("R__x.sql", "-- ${who}\nselect 1;\n") == 1865668728);
    CHECK(checksum("R__x.sql", "select '${many}';\n", {{"many", "a\nb\r\nc"}}) == 1501161295);
    CHECK(checksum("R__filename.sql", "select '${flyway:filename}';\n") == 760239838);
}

TEST_CASE("two dollars in a repeatable stay, and hide a placeholder from Flyway") {
    CHECK(checksum("R__x.sql", "select 'a$${who}b';\n") == 1310345652);
    CHECK(checksum("R__x.sql", "-- $$${who}\nselect 1;\n") == 199548560);
    CHECK(checksum("R__x.sql", "-- $${who}${who}\nselect 1;\n") == -486130046);
    CHECK(checksum("R__x.sql", "-- $ ${who}$\nselect 1;\n") == -91426272);
    CHECK(checksum("R__x.sql", "-- $${nope}\nselect 1;\n") == -235284898);
    CHECK(checksum("R__x.sql", "-- ${who}${who}$${who}\nselect 1;\n") == -2054853598);
    CHECK(checksum("R__x.sql", "-- $$$${who}|\nselect 1;\n") == 1075814788);
    CHECK(checksum("R__x.sql", "-- {$}{who}\nselect 1;\n") == -1153947200);
    CHECK(checksum("R__x.sql", "-- $${who\nselect 1;\n") == -1016134026);
}

TEST_CASE("a placeholder of a repeatable without a value is an error at its line") {
    CHECK(error({file("R__x.sql", "a\nb ${nope}")}) ==
          "sql/R__x.sql:2: there is no value for the placeholder ${nope}; set it under [placeholders], or in "
          "flyway.toml");
    CHECK(error({file("R__x.sql", "${never closed")}).starts_with("sql/R__x.sql:1: there is no value"));
    CHECK(resolve({file("V1__x.sql", "${nope}")}, {}, {}));
}

TEST_CASE("text that is not UTF-8 is an error at its line") {
    CHECK(error({file("V1__x.sql", "a\nb\xE9")}).starts_with("sql/V1__x.sql:2: the migration is not UTF-8"));
}

TEST_CASE("one version, or one description of repeatables, in two files is an error that names both") {
    CHECK(error({file("V1__a.sql", ""), file("V1.0__b.sql", "")}) ==
          "sql/V1.0__b.sql: version 1.0 is that of sql/V1__a.sql too; Flyway runs nothing while it is so: give one of "
          "them another version, or take it away");
    CHECK(error({file("V1__a.sql", ""), file("V1__a.sh", "")}).starts_with("sql/V1__a.sh: version 1 is that of"));
    CHECK(error({file("R__a_b.sql", ""), file("R__a b.sql", "")})
              .starts_with("sql/R__a b.sql: \"a b\" is the description of sql/R__a_b.sql too"));
}

TEST_CASE("a baseline migration may have the version of another") {
    CHECK(resolve({file("V3__a.sql", ""), file("B3__a.sql", "")}, {}, {}));
    CHECK_FALSE(resolve({file("B3__a.sql", ""), file("B3.0__b.sql", "")}, {}, {}));
}

TEST_CASE("migrations are in the order of their versions, repeatables behind by description") {
    const auto all =
        resolve({file("R__b.sql", ""), file("V10__x.sql", ""), file("R__a.sql", ""), file("V9__x.sql", "")}, {}, {});
    REQUIRE(all);
    std::string order;
    for (const Resolved& each : *all) order += each.script + " ";
    CHECK(order == "V9__x.sql V10__x.sql R__a.sql R__b.sql ");
}
