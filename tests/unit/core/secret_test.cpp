#include "core/secret.hpp"

#include <doctest/doctest.h>

using roost::Redactor;
using roost::Secret;

TEST_CASE("a redactor takes every occurrence of a secret out of a text") {
    Redactor redact;
    redact.add(Secret("hunter2"));
    CHECK(redact("login hunter2 failed, hunter2hunter2") == "login *** failed, ******");
    CHECK(redact("nothing here") == "nothing here");
    CHECK(redact("") == "");
}

TEST_CASE("a redactor knows a secret as it stands in a connection string and in SQL") {
    Redactor redact;
    redact.add(Secret("a}b'c"));
    CHECK(redact("Pwd={a}}b'c};") == "Pwd={***};");
    CHECK(redact("PASSWORD 'a}b''c'") == "PASSWORD '***'");
    CHECK(redact("a}b'c") == "***");
}

TEST_CASE("of two secrets the longer one goes first") {
    Redactor redact;
    redact.add(Secret("pass"));
    redact.add(Secret("password"));
    CHECK(redact("my password") == "my ***");
}

TEST_CASE("secrets that overlap leave nothing behind") {
    Redactor redact;
    redact.add(Secret("abcde"));
    redact.add(Secret("bcdef"));
    redact.add(Secret("zzzz"));
    CHECK(redact("xabcdefx") == "x***x");
    CHECK(redact("zzzzz") == "***");
}

TEST_CASE("a secret of fewer than four characters redacts nothing") {
    Redactor redact;
    for (const char* value : {"", "x", "ext"}) redact.add(Secret(value));
    CHECK(redact("text") == "text");
}
