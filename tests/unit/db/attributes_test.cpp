#include "db/attributes.hpp"

#include <doctest/doctest.h>

#include "db/quoting.hpp"

namespace roost {
namespace {

TEST_CASE("a character is doubled wherever it stands") {
    CHECK(doubled("", '"').empty());
    CHECK(doubled("a\"b\"\"", '"') == "a\"\"b\"\"\"\"");
    CHECK(doubled("it's", '"') == "it's");
}

TEST_CASE("what is put into braces is read back") {
    for (const char* value : {"plain", "a;b", "}", "}}", "{x}", "a=b;Pwd=c", " ", "'", "é日本🦅", "100%", ""}) {
        CAPTURE(value);
        const auto found = attributes("Driver={PostgreSQL Unicode}; pwd = " + braced(value) + " ;Last=1;");
        REQUIRE(found.has_value());
        REQUIRE(found->size() == 3);
        CHECK(find(*found, "PWD")->value() == value);
        CHECK(find(*found, "Last")->value() == "1");
        CHECK(find(*found, "other") == nullptr);
    }
}

TEST_CASE("a connection string that cannot be read is refused, and its values are not shown") {
    for (const char* text : {"nothing", ";;a=b", "Pwd={hunter2", "a=b;nothing;c=d", "a={b}c;Pwd=hunter2",
                             "Pwd=hunter2;pwd=hunter2", "=hunter2"}) {
        CAPTURE(text);
        const auto found = attributes(text);
        REQUIRE_FALSE(found.has_value());
        CHECK(found.error().kind == ErrorKind::usage);
        CHECK_FALSE(to_string(found.error()).contains("hunter2"));
    }
    CHECK(attributes("").value().empty());
}

}  // namespace
}  // namespace roost
