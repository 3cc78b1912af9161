#include "odbc/connect.hpp"

#include <algorithm>

#include "db/attributes.hpp"
#include "unit/odbc/server.hpp"

using roost::ErrorKind;
using roost::Secret;
namespace odbc = roost::odbc;
namespace test = roost::test;

TEST_CASE("connecting counts as one round trip") { CHECK(test::connect()->round_trips() == 1); }

TEST_CASE("a missing driver is told with the package that has it") {
    const auto result =
        odbc::connect({.connection_string = Secret("Driver={No Such Driver};Pwd={hunter2}")}, "odbc-none");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::failed);
    CHECK(result.error().sqlstate == "01000");
    CHECK(result.error().message.contains("Can't open lib"));
    CHECK(result.error().advice.contains("odbc-none"));
    CHECK_FALSE(result.error().message.contains("hunter2"));
}

// The test server trusts whoever it knows; it refuses whom it does not know in the same way as a wrong password.
TEST_CASE("a refused login is an error that does not hold the password") {
    const auto text = test::postgresql("Uid=roost_odbc_nobody;Pwd=" + roost::braced("hun}ter;2"));
    const auto result = odbc::connect({.connection_string = Secret(text)}, "odbc-postgresql");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().sqlstate == "08001");
    CHECK(result.error().message.contains("roost_odbc_nobody"));
    CHECK_FALSE(result.error().message.contains("ter"));
    CHECK(result.error().advice.empty());  // the driver is there
}

TEST_CASE("an error that quotes the password is redacted") {
    const auto text = test::postgresql("Uid=hun}ter2;Pwd=" + roost::braced("hun}ter2"));
    const auto result = odbc::connect({.connection_string = Secret(text)});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message.contains("***"));
    CHECK_FALSE(result.error().message.contains("ter2"));
}

TEST_CASE("a connection string with a NUL byte is refused") {
    CHECK_FALSE(odbc::connect({.connection_string = Secret(std::string("Driver={x}\0;Pwd=y", 17))}).has_value());
}

TEST_CASE("the registered drivers are listed by name") {
    const auto drivers = odbc::installed_drivers();
    CHECK(std::ranges::find(drivers, "PostgreSQL Unicode") != drivers.end());
    CHECK(std::ranges::is_sorted(drivers));
}
