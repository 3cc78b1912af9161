#include <doctest/doctest.h>

#include "report/width.hpp"

using namespace roost;

TEST_CASE("text takes as many columns as a terminal gives it") {
    CHECK(display_width("") == 0);
    CHECK(display_width("plain") == 5);
    CHECK(display_width("héé") == 3);
    CHECK(display_width("e\u0301") == 1);       // a combining accent
    CHECK(display_width("日本語") == 6);        // wide
    CHECK(display_width("ｱ") == 1);             // half-width
    CHECK(display_width("Ａ") == 2);            // full-width
    CHECK(display_width("🎉") == 2);             // emoji
    CHECK(display_width("한국") == 4);          // Hangul syllables
    CHECK(display_width("\u1100\u1161") == 2);  // and the same in parts: the vowel joins the consonant
    CHECK(display_width("a\xff"
                        "b") == 3);           // no character: one column for the byte
    CHECK(display_width("\U00020000") == 2);  // an ideograph of the second plane
}

TEST_CASE("a cut keeps whole characters and never grows wider than it may") {
    CHECK(cut("short", 5) == "short");
    CHECK(cut("longer", 5) == "long…");
    CHECK(cut("日本語", 6) == "日本語");
    CHECK(cut("日本語", 5) == "日本…");
    CHECK(cut("日本語", 4) == "日…");
    CHECK(cut("ééé", 2) == "é…");
    CHECK(cut("abc", 1) == "…");
}

TEST_CASE("padding counts columns, not bytes") {
    CHECK(padded("日本", 6) == "日本  ");
    CHECK(padded("é", 3) == "é  ");
    CHECK(padded("longer", 3) == "longer");
}

TEST_CASE("lines are broken at blanks, and what is one word stays whole") {
    CHECK(wrapped("one two three", 0, 2) == "one two three");
    CHECK(wrapped("one two three", 13, 2) == "one two three");
    CHECK(wrapped("one two three", 9, 2) == "one two\n  three");
    CHECK(wrapped("    indented text", 12, 4) == "    indented\n    text");
    CHECK(wrapped("a callbacks/with/a/long/path b", 10, 2) == "a\n  callbacks/with/a/long/path\n  b");
    CHECK(wrapped("日本 日本 日本", 9, 0) == "日本 日本\n日本");
}
