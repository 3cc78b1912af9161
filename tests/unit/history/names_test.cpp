// What Flyway 11.8.2 listed of a folder with these names.
#include <doctest/doctest.h>

#include "history/files.hpp"

using namespace roost;

namespace {

std::string read(std::string_view file, const Naming& naming = {}) {
    const auto name = migration_name(file, naming);
    if (!name) return "none";
    return (name->version ? name->version->text() : "repeatable") + "|" + name->description + "|" + name->type;
}

}  // namespace

TEST_CASE("a versioned migration is named by prefix, version, separator, description and suffix") {
    CHECK(read("V1.2__add_table.sql") == "1.2|add table|SQL");
    CHECK(read("V1_3__b.sql") == "1.3|b|SQL");
    CHECK(read("V005__c.sql") == "005|c|SQL");
    CHECK(read("V20240101120000123456789012345678901234567890__long.sql") ==
          "20240101120000123456789012345678901234567890|long|SQL");
    CHECK(read("V30_0_0__x.sql") == "30.0.0|x|SQL");
    CHECK(read("V-17__x.sql") == "-17|x|SQL");
    CHECK(read("V+18__x.sql") == "+18|x|SQL");
}

TEST_CASE("a versioned migration may lack its description, and even the separator") {
    CHECK(read("V7__.sql") == "7||SQL");
    CHECK(read("V8.sql") == "8||SQL");
}

TEST_CASE("a description is what follows the first separator, its underscores read as blanks") {
    CHECK(read("V10__two__seps.sql") == "10|two  seps|SQL");
    CHECK(read("V11___three.sql") == "11| three|SQL");
    CHECK(read("V22__a.b.sql") == "22|a.b|SQL");
    CHECK(read("V29__x_.sql") == "29|x |SQL");
    CHECK(read("R__Under_score_name.sql") == "repeatable|Under score name|SQL");
    CHECK(read("R__.sql") == "repeatable||SQL");
}

TEST_CASE("what has no version, or another text in its place, is no versioned migration") {
    for (const char* file : {"V9_.sql", "V__x.sql", "V1.a__x.sql", "V12._x__dot.sql", "V.13__x.sql", "V14..1__x.sql",
                             "V_15__x.sql", "V16_.5__y.sql", "V32 1__x.sql", "V37 __x.sql", "V1e3__x.sql",
                             "V1.-3__x.sql", "V.sql", "V__.sql", "V-__x.sql"}) {
        CAPTURE(file);
        CHECK(read(file) == "none");
        CHECK(is_misnamed(file, {}));
    }
}

TEST_CASE("a repeatable has no version") {
    for (const char* file : {"R1__x.sql", "R.sql", "Rx__y.sql"}) {
        CAPTURE(file);
        CHECK(read(file) == "none");
        CHECK(is_misnamed(file, {}));
    }
}

TEST_CASE("files that are named as something else are not taken for migrations with a wrong name") {
    for (const char* file : {"v19__lower.sql", "V21__x.sql.txt", "readme.sql", "afterMigrate__x.sql", " V35__x.sql",
                             "U1.2__undo.sql", ".V39__hidden.sql"}) {
        CAPTURE(file);
        CHECK(read(file) == "none");
        CHECK_FALSE(is_misnamed(file, {}));
    }
}

TEST_CASE("the suffix may be in capitals, the prefix may not be in small letters") {
    CHECK(read("V20__upper.SQL") == "20|upper|SQL");
    CHECK(read("V2__upper.SH") == "2|upper|SCRIPT");
}

TEST_CASE("scripts for a shell or the like are migrations too") {
    for (const char* suffix : {".sh", ".bash", ".py", ".ps1", ".bat", ".cmd"})
        CHECK(read(std::string("V23__x") + suffix) == "23|x|SCRIPT");
    CHECK(read("R__x.sh") == "repeatable|x|SCRIPT");
    CHECK(read("B3__x.sh") == "none");
}

TEST_CASE("a baseline migration has a version") {
    CHECK(read("B3__base.sql") == "3|base|SQL_BASELINE");
    CHECK(read("Bx__base.sql") == "none");
}

TEST_CASE("prefixes, separator and suffixes are those that are set") {
    const Naming naming{.prefix = "VR", .repeatable_prefix = "V", .separator = "--", .suffixes = {".ddl", ".sql"}};
    CHECK(read("VR1.2--a__b.ddl", naming) == "1.2|a  b|SQL");
    CHECK(read("V--again.sql", naming) == "repeatable|again|SQL");
    CHECK(read("R__x.sql", naming) == "none");
}
