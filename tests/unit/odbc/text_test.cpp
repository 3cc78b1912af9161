#include "odbc/text.hpp"

#include <doctest/doctest.h>

using namespace std::string_literals;
using roost::odbc::utf8;
using roost::odbc::wide;

TEST_CASE("text survives the way to UTF-16 and back") {
    for (const std::string& text :
         {""s, "plain"s, "é日本🦅"s, "\x7f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff"s}) {
        const auto there = wide(text);
        REQUIRE(there.has_value());
        CHECK(utf8(*there) == text);
    }
    CHECK(wide("🦅").value().size() == 2);
}

TEST_CASE("text with a NUL byte is refused") {
    const auto result = wide("a\0b"s);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message.contains("NUL"));
}

TEST_CASE("what is not UTF-8 is refused") {
    for (const char* text : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
                             "\xf4\x90\x80\x80", "\xff", "\xe6\x97", "\xc3("}) {
        CAPTURE(text);
        CHECK_FALSE(wide(text).has_value());
    }
}

TEST_CASE("half a surrogate pair is told") {
    std::string out;
    CHECK_FALSE(roost::odbc::append_utf8(out, roost::odbc::Wide{'a', 0xd83e}));
    CHECK(out == "a\ufffd");
    CHECK_FALSE(roost::odbc::append_utf8(out, roost::odbc::Wide{0xdd85, 'b'}));
}
