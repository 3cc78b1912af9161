#include "odbc/connection_string.hpp"

#include <doctest/doctest.h>

#include "odbc/connect.hpp"

using roost::odbc::attribute;
using roost::odbc::Attributes;
using roost::odbc::parse_attributes;

TEST_CASE("an attribute is braced where its value needs it") {
    CHECK(attribute("Server", "db.example.org") == "Server=db.example.org");
    CHECK(attribute("Port", "5432") == "Port=5432");
    CHECK(attribute("Pwd", "a;b") == "Pwd={a;b}");
    CHECK(attribute("Pwd", "a}b{") == "Pwd={a}}b{}");
    CHECK(attribute("Pwd", "100%") == "Pwd={100%}");
    CHECK(attribute("Pwd", " ") == "Pwd={ }");
}

TEST_CASE("what attribute writes is read back") {
    for (const char* value : {"plain", "a;b", "}", "}}", "{x}", "a=b;Pwd=c", " ", "'", "é日本🦅"}) {
        CAPTURE(value);
        const auto text = attribute("Driver", "PostgreSQL Unicode") + ";" + attribute("Pwd", value) + ";Last=1";
        CHECK(parse_attributes(text) == Attributes{{"Driver", "PostgreSQL Unicode"}, {"Pwd", value}, {"Last", "1"}});
    }
}

TEST_CASE("odd connection strings are read as far as they go") {
    CHECK(parse_attributes("").empty());
    CHECK(parse_attributes(";;a = b ;nothing;c=").size() == 2);
    CHECK(parse_attributes("Pwd={open") == Attributes{{"Pwd", "open"}});
}
