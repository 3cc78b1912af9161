#include <doctest/doctest.h>

#include "db/driver.hpp"
#include "drivers/postgresql/parts.hpp"
#include "drivers/sqlite/parts.hpp"

namespace roost {
namespace {

Target of_url(std::string url) { return {.url = Secret(std::move(url))}; }
Target of_odbc(std::string odbc) { return {.odbc = Secret(std::move(odbc))}; }

std::string odbc_of(const Target& target) {
    auto parts = postgresql::wanted(target);
    REQUIRE_MESSAGE(parts.has_value(), parts.error().message);
    return postgresql::connection_string(std::move(*parts), "");
}

std::string with_driver(std::string_view rest) { return "Driver={PostgreSQL Unicode};" + std::string(rest); }

struct UrlCase {
    std::string url;
    std::string odbc;
};

TEST_CASE("a PostgreSQL URL becomes an ODBC connection string that means the same") {
    const std::string local = "Server=localhost;Port=5432;Protocol=7.4-0;sslmode=prefer;";
    const UrlCase cases[] = {
        {"jdbc:postgresql://h:5433/d?user=u",
         "Server=h;Port=5433;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='d' user='u'}"},
        {"jdbc:postgresql:d", local + "pqopt={dbname='d'}"},
        {"jdbc:postgresql:", local + "pqopt={}"},
        {"jdbc:postgresql:///d", local + "pqopt={dbname='d'}"},
        {"jdbc:postgresql://h/", "Server=h;Port=5432;Protocol=7.4-0;sslmode=prefer;pqopt={}"},
        {"jdbc:postgresql://[::1]:6000/d", "Server=::1;Port=6000;Protocol=7.4-0;sslmode=prefer;pqopt={dbname='d'}"},
        {"jdbc:postgresql:a%20b%7D?user=o%27neil%5C", local + "pqopt={dbname='a b}}' user='o\\'neil\\\\'}"},
        {"jdbc:postgresql:d?password=%24a%3Bb%7D+c", local + "Pwd={$a;b}} c};pqopt={dbname='d'}"},
        {"jdbc:postgresql:d?ApplicationName=x&connectTimeout=3",
         local + "pqopt={dbname='d' connect_timeout='3' application_name='x'}"},
        {"jdbc:postgresql:d?currentSchema=%22My+Schema%22,public",
         local + R"(pqopt={dbname='d' options='-c search_path="My\\ Schema",public'})"},
        {"jdbc:postgresql:d?currentSchema=app&options=-c%20statement_timeout=5min",
         local + "pqopt={dbname='d' options='-c statement_timeout=5min -c search_path=app'}"},
    };
    for (const UrlCase& test : cases) CHECK(odbc_of(of_url(test.url)) == with_driver(test.odbc));
}

TEST_CASE("TLS is never weaker than the URL asks for") {
    const UrlCase cases[] = {
        {"", "prefer"},
        {"?ssl=false", "prefer"},
        {"?ssl=true", "verify-full"},
        {"?ssl", "verify-full"},
        {"?sslmode=disable", "disable"},
        {"?sslmode=verify-ca", "verify-ca"},
        {"?ssl=true&sslmode=require", "require"},
    };
    for (const auto& [parameters, mode] : cases)
        CHECK(odbc_of(of_url("jdbc:postgresql:d" + parameters)).contains(";sslmode=" + mode + ";"));
    CHECK(odbc_of(of_url("jdbc:postgresql:d?sslmode=verify-full&sslrootcert=/a%20b/ca.crt&sslcert=c&sslkey=k"))
              .contains("sslrootcert='/a b/ca.crt' sslcert='c' sslkey='k'"));
}

struct Refusal {
    Target target;
    std::string_view says;
};

TEST_CASE("what PostgreSQL's driver cannot keep to is refused with its reason before anything is sent") {
    const Refusal cases[] = {
        {of_url("jdbc:postgresql://a:1,b:2/d"), "several hosts"},
        {of_url("jdbc:postgresql://u:p@h/d"), "@ before its host"},
        {of_url("jdbc:postgresql://h:x/d"), "port"},
        {of_url("jdbc:postgresql://h:/d"), "port"},
        {of_url("jdbc:postgresql://[::1/d"), "closing bracket"},
        {of_url("jdbc:postgresql://h;x/d"), "no host name"},
        {of_url("jdbc:postgresql:d?loginTimeout=3"), "loginTimeout"},
        {of_url("jdbc:postgresql:d?targetServerType=primary"), "targetServerType"},
        {of_url("jdbc:postgresql:d?frob=1"), "frob"},
        {of_url("jdbc:postgresql:d?user=a&user=b"), "user twice"},
        {of_url("jdbc:postgresql:d?connectTimeout=soon"), "connectTimeout"},
        {of_url("jdbc:postgresql:d?sslmode=maybe"), "sslmode"},
        {of_url("jdbc:postgresql:d?ssl=true&sslmode=prefer"), "contradict"},
        {of_url("jdbc:postgresql:d%2"), "hexadecimal"},
        {of_url("jdbc:postgresql:d%ff"), "UTF-8"},
        {of_url("jdbc:mariadb://h/d"), "not one of PostgreSQL"},
        {Target{}, "either url or odbc"},
        {Target{.url = Secret("jdbc:postgresql:d"), .odbc = Secret("Driver=x")}, "either url or odbc"},
        {Target{.url = Secret("jdbc:postgresql:d?user=a"), .user = "b"}, "two users"},
        {Target{.url = Secret("jdbc:postgresql:d?password=hush"), .password = Secret("other")}, "two passwords"},
        {of_odbc("Driver=x;Protocol=7.4-2"), "Protocol"},
        {of_odbc("Driver=x;Protocol=7.4"), "Protocol"},
        {of_odbc("Driver={x;Server=h"), "not closed"},
        {of_odbc("Driver=x;nonsense;Server=h"), "part 2"},
        {of_odbc("Driver=x;driver=y"), "driver twice"},
        {of_odbc("Driver=x;pqopt={user='a}"), "pqopt"},
    };
    for (const Refusal& test : cases) {
        INFO(test.says);
        const auto checked = driver_named("postgresql")->check(test.target);
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK(checked.error().message.contains(test.says));
        CHECK(!to_string(checked.error()).contains("hush"));
    }
}

TEST_CASE("an ODBC connection string is kept as it is and completed") {
    const Target target{.odbc = Secret("Driver={PostgreSQL Unicode}; Server=/run/pg;Database=d;"),
                        .user = "o'neil",
                        .password = Secret("a}b%41"),
                        .application = "roost"};
    CHECK(odbc_of(target) ==
          "Driver={PostgreSQL Unicode};Server=/run/pg;Database=d;Protocol=7.4-0;Pwd={a}}b%41};"
          "pqopt={user='o\\'neil' application_name='roost'}");
    CHECK(odbc_of(of_odbc("DSN=x;PROTOCOL=7.4-0;PQOPT={sslrootcert = '/a b' options='-c a=b'}")) ==
          "DSN=x;PROTOCOL=7.4-0;pqopt={sslrootcert='/a b' options='-c a=b'}");
    CHECK(odbc_of({.odbc = Secret("DSN=x;UID=me;Pwd={p;q}"), .user = "me", .password = Secret("p;q")}) ==
          "DSN=x;UID=me;Pwd={p;q};Protocol=7.4-0;pqopt={}");
}

TEST_CASE("an SQLite URL names a file from the project's folder") {
    Target target = of_url("jdbc:sqlite:data/pay.db");
    target.directory = "/project";
    CHECK(sqlite::file_of(target).value() == "/project/data/pay.db");
    target.url = Secret("jdbc:sqlite:/var/pay.db");
    CHECK(sqlite::file_of(target).value() == "/var/pay.db");
}

TEST_CASE("what SQLite's driver cannot keep to is refused with its reason") {
    const Refusal cases[] = {
        {of_url("jdbc:sqlite:"), "in memory"},
        {of_url("jdbc:sqlite::memory:"), "in memory"},
        {of_url("jdbc:sqlite:file:x.db"), "plain names"},
        {of_url("jdbc:sqlite:x.db?cache=shared"), "parameters"},
        {of_url("jdbc:postgresql:d"), "not one of SQLite"},
        {of_odbc("Driver={SQLite3};Database=x"), "not through ODBC"},
        {Target{.url = Secret("jdbc:sqlite:x.db"), .user = "u"}, "no accounts"},
    };
    for (const Refusal& test : cases) {
        const auto checked = driver_named("sqlite")->check(test.target);
        REQUIRE(!checked.has_value());
        CHECK(checked.error().kind == ErrorKind::usage);
        CHECK(checked.error().message.contains(test.says));
    }
}

TEST_CASE("each URL is taken by one engine") {
    for (const std::string_view url : {"jdbc:postgresql:d", "jdbc:sqlite:x.db", "jdbc:oracle:thin:@h",
                                       "jdbc:mariadb://h/d", "jdbc:mysql://h/d", "jdbc:sqlserver://h"}) {
        int takers = 0;
        for (const Driver* driver : drivers()) takers += driver->takes(url) ? 1 : 0;
        CHECK(takers == 1);
    }
}

}  // namespace
}  // namespace roost
