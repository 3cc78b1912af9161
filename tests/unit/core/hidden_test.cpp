#include "core/hidden.hpp"

#include <doctest/doctest.h>

#include "unit/core/split_rules.hpp"

namespace hidden_test {

using namespace roost;

namespace {

Hidden opaque(std::string_view sent, std::string_view shown) { return hidden_in(sent, shown, test::postgresql, false); }
Hidden about_roles(std::string_view sent, std::string_view shown) {
    return hidden_in(sent, shown, test::mariadb, true);
}

}  // namespace

TEST_CASE("a secret between quotes is a text, one outside of them is SQL") {
    CHECK(opaque("ALTER ROLE app PASSWORD 'x'", "ALTER ROLE app PASSWORD 'x'") == Hidden::nothing);
    CHECK(opaque("ALTER ROLE app PASSWORD 'x'", "ALTER ROLE app PASSWORD '${p}'") == Hidden::texts);
    CHECK(opaque("DO $$ BEGIN ALTER ROLE app PASSWORD 'x'; END $$",
                 "DO $$ BEGIN ALTER ROLE app PASSWORD '${p}'; END $$") == Hidden::texts);
    CHECK(opaque("GRANT extra TO carol", "GRANT extra TO ${who}") == Hidden::sql);
    CHECK(opaque("GRANT extra TO \"carol\"", "GRANT extra TO \"${who}\"") == Hidden::sql);
    CHECK(opaque("DO $$ BEGIN GRANT extra TO carol; END $$", "DO $$ BEGIN GRANT extra TO ${who}; END $$") ==
          Hidden::sql);
}

TEST_CASE("a secret that ends its own quotes is SQL") {
    CHECK(opaque("ALTER ROLE app PASSWORD 'x' SUPERUSER --'", "ALTER ROLE app PASSWORD '${p}'") == Hidden::sql);
}

TEST_CASE("of what is about roles a password alone is no name") {
    CHECK(about_roles("GRANT hr TO 'carol'", "GRANT hr TO '${who}'") == Hidden::sql);
    CHECK(about_roles("CREATE USER app IDENTIFIED BY 'x'", "CREATE USER app IDENTIFIED BY '${p}'") == Hidden::texts);
    CHECK(hidden_in("CREATE USER app IDENTIFIED BY \"x\"", "CREATE USER app IDENTIFIED BY \"${p}\"", test::oracle,
                    true) == Hidden::texts);
    CHECK(about_roles("CREATE USER app IDENTIFIED VIA y USING PASSWORD('x')",
                      "CREATE USER app IDENTIFIED VIA y USING PASSWORD('${p}')") == Hidden::texts);
}

}  // namespace hidden_test
