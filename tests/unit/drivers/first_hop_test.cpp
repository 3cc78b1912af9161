#include <doctest/doctest.h>

#include "drivers/postgresql/parts.hpp"

namespace roost {
namespace {

TEST_CASE("nobody listens on the way to this machine, or where TLS is required") {
    struct Case {
        std::string url, odbc;
        bool safe;
    };
    const Case cases[] = {
        {"jdbc:postgresql:pay", "", true},
        {"jdbc:postgresql://localhost/pay", "", true},
        {"jdbc:postgresql://127.0.0.2:5433/pay", "", true},
        {"jdbc:postgresql://[::1]/pay", "", true},
        {"jdbc:postgresql://db.example.org/pay", "", false},
        {"jdbc:postgresql://127.0.0.1.example.org/pay", "", false},
        {"jdbc:postgresql://db.example.org/pay?sslmode=prefer", "", false},
        {"jdbc:postgresql://db.example.org/pay?sslmode=require", "", true},
        {"jdbc:postgresql://db.example.org/pay?ssl=true", "", true},
        {"", "Driver=x;Server=localhost", true},
        {"", "Driver=x;Servername=db.example.org", false},
        {"", "Driver=x;pqopt={host=/run/postgresql}", true},
        {"", "Driver=x;pqopt={host=localhost,db.example.org}", false},
        {"", "Driver=x;Server=localhost;pqopt={hostaddr=192.0.2.1}", false},
        {"", "Driver=x;Server=db;pqopt={sslmode=verify-ca}", true},
        {"", "DSN=pay", false},
        {"", "", false},
    };
    for (const Case& test : cases) {
        INFO(test.url, test.odbc);
        CHECK(postgresql::first_hop_is_safe({.url = Secret(test.url), .odbc = Secret(test.odbc)}) == test.safe);
    }
}

}  // namespace
}  // namespace roost
