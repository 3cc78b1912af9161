#include "core/version.hpp"

#include <doctest/doctest.h>

namespace version_test {
namespace {

using roost::Version;

Version version(const char* text) {
    const auto parsed = Version::parse(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return *parsed;
}

TEST_CASE("versions compare part by part as numbers") {
    const char* rising[] = {"0",    "0.1",    "1",        "1.0.1",           "1.1", "2", "5.2",
                            "5.10", "5.10.1", "20240131", "20240131120000.1"};
    for (std::size_t low = 0; low < std::size(rising); ++low) {
        for (std::size_t high = 0; high < std::size(rising); ++high) {
            CAPTURE(rising[low]);
            CAPTURE(rising[high]);
            CHECK((version(rising[low]) <=> version(rising[high])) == (low <=> high));
        }
    }
}

TEST_CASE("trailing zero parts and leading zeros do not count") {
    CHECK(version("1.0") == version("1"));
    CHECK(version("1.0.0") == version("1.00"));
    CHECK(version("005") == version("5"));
    CHECK(version("0") == version("0.0"));
    CHECK(version("1.0.1") != version("1.1"));
}

TEST_CASE("an underscore in a version reads as a dot") {
    CHECK(version("5_2") == version("5.2"));
    CHECK(version("1_0_1") == version("1.0.1"));
}

TEST_CASE("parts of a version may be longer than any machine number") {
    CHECK(version("123456789012345678901234567890") < version("123456789012345678901234567891"));
    CHECK(version("99999999999999999999") < version("100000000000000000000"));
}

TEST_CASE("a version keeps its text as written") { CHECK(version("005_10").text() == "005_10"); }

TEST_CASE("the first part may have a sign, as Flyway reads V-1__x.sql") {
    CHECK(version("-2") < version("-1.5"));
    CHECK(version("-1") < version("-1.5"));
    CHECK(version("-1.5") < version("0"));
    CHECK(version("-10") < version("-9"));
    CHECK(version("-0.5") == version("0.5"));
    CHECK(version("+3") == version("3"));
}

TEST_CASE("text with anything but digits between dots and underscores is no version") {
    for (const char* text : {"", ".", "1.", ".1", "1..2", "1._2", "v1", "1.2a", "1 ", " 1", "-", "+", "--1", "1.-1",
                             "1.2-rc1", "\xD9\xA1"}) {
        CAPTURE(text);
        const auto parsed = Version::parse(text);
        REQUIRE(!parsed);
        CHECK(parsed.error().kind == roost::ErrorKind::usage);
        CHECK(parsed.error().message == "\"" + std::string(text) + "\" is no version");
        CHECK(!parsed.error().advice.empty());
    }
}

}  // namespace
}  // namespace version_test
