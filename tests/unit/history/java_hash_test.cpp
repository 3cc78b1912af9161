#include "history/java_hash.hpp"

#include <doctest/doctest.h>

using namespace roost;

// As Java 17 gives them.
TEST_CASE("a text's hash code is Java's, characters beyond 16 bits included") {
    CHECK(java_hash("") == 0);
    CHECK(java_hash("a") == 97);
    CHECK(java_hash("\"public\".\"flyway_schema_history\"") == 2125624436);
    CHECK(java_hash("`lk`.`flyway_schema_history`") == -1885754790);
    CHECK(java_hash("\"Pay Roll\".\"H\u00e4ufig \U0001F600\"") == 294648937);
}
