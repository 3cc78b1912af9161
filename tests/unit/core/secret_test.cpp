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
    redact.add(Secret("abc"));
    redact.add(Secret("bcd"));
    redact.add(Secret("zz"));
    CHECK(redact("xabcdx") == "x***x");
    CHECK(redact("zzz") == "***");
}

TEST_CASE("an empty secret redacts nothing") {
    Redactor redact;
    redact.add(Secret(""));
    CHECK(redact("text") == "text");
}
