// The folder to copy for a new engine: it compiles, does what standard SQL does, and says what is still to be written.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "drivers/example/parts.hpp"
#include "support/graph_text.hpp"
#include "unit/drivers/options.hpp"

namespace roost::example_test {

namespace {

using example::driver;

// Answers queries from a table of texts, and keeps what it was asked to execute.
class Scripted : public Connection {
public:
    using Table = std::vector<std::vector<std::string>>;
    explicit Scripted(std::map<std::string, Table> answers) : answers_(std::move(answers)) {}
    Result<std::vector<Notice>> execute(std::string_view, Parameters) override { return std::vector<Notice>{}; }
    Result<void> query(std::string_view sql, Parameters, const RowSink& sink) override {
        const auto found =
            std::ranges::find_if(answers_, [&](const auto& answer) { return sql.contains(answer.first); });
        if (found == answers_.end()) return fail({.message = "no such table", .sqlstate = "42000"});
        for (const auto& row : found->second) sink(std::vector<Cell>(row.begin(), row.end()));
        return {};
    }
    Result<void> begin() override { return {}; }
    Result<void> commit() override { return {}; }
    Result<void> rollback() override { return {}; }
    bool in_transaction() const override { return false; }
    void cancel() noexcept override {}
    std::uint64_t round_trips() const override { return 0; }

private:
    std::map<std::string, Table> answers_;
};

}  // namespace

TEST_CASE("the example is compiled with the engines, and is none of them") {
    CHECK(driver.takes("jdbc:example:payroll"));
    CHECK(driver_named(driver.info.name) == nullptr);
    CHECK(std::ranges::none_of(drivers(), [](const Driver* each) { return each == &driver; }));
}

TEST_CASE("the example's names are quoted, and refused where the engine cannot hold them") {
    CHECK(driver.names.quote("o\"neil") == "\"o\"\"neil\"");
    CHECK(driver.names.literal("it's") == "'it''s'");
    CHECK(driver.names.canonical("hr") == "hr");
    CHECK(!driver.names.canonical(""));
    CHECK(!driver.names.canonical(std::string(129, 'x')));
    CHECK(!driver.names.canonical("a\xff"));
}

TEST_CASE("the example writes standard SQL, each statement with the change that it carries out") {
    const std::vector<Change> changes = {CreateRole{"hr", ""},
                                         Grant{"hr", "ann", test::not_admin},
                                         Grant{"hr", "bob", test::as_admin},
                                         AlterMembership{"hr", "ann", "", test::as_admin},
                                         AlterMembership{"hr", "bob", "", test::not_admin},
                                         MarkRole{"hr", "mark"},
                                         Revoke{"hr", "ann", ""}};
    std::string text;
    for (const Statement& statement : driver.write(changes, {}))
        text += std::to_string(statement.covers.at(0)) + ": " + statement.sql + "\n";
    CHECK(text == R"(0: CREATE ROLE "hr"
1: GRANT "hr" TO "ann"
2: GRANT "hr" TO "bob" WITH ADMIN OPTION
3: GRANT "hr" TO "ann" WITH ADMIN OPTION
4: REVOKE ADMIN OPTION FOR "hr" FROM "bob"
6: REVOKE "hr" FROM "ann"
)");
}

TEST_CASE("the example reads the standard's catalogue into a role graph") {
    Scripted connection(
        {{"role_authorization_identifiers", {{"hr"}, {"guineapigs"}}},
         {"role_authorization_descriptors",
          {{"hr", "ann", "dba", "NO"}, {"guineapigs", "hr", "dba", "YES"}, {"gone", "ann", "dba", "NO"}}},
         {"CURRENT_USER", {{"tool"}}}});
    const auto facts = driver.facts(connection, {});
    REQUIRE(facts);
    CHECK(facts->account == "tool");
    const auto graph = driver.graph(connection, *facts);
    REQUIRE(graph);
    CHECK(test::text(*graph) == test::lines(R"(
        user ann
        user dba
        role guineapigs
        role hr
        guineapigs: hr(admin, by dba)
        hr: ann(by dba)
    )"));
}

TEST_CASE("an error of the example's catalogue comes through, and its code says what it means") {
    Scripted connection({});
    const auto graph = driver.graph(connection, {});
    REQUIRE(!graph);
    CHECK(driver.diagnose(graph.error()).fault == Fault::syntax);
    CHECK(driver.diagnose({.message = "", .sqlstate = "40001"}).retry);
    CHECK(driver.diagnose({.message = "", .sqlstate = "HY000"}).fault == Fault::unknown);
}

TEST_CASE("what only an engine can answer is refused with the name of the function to write") {
    Scripted connection({});
    const auto said = [](const auto& result) { return result ? std::string("an answer") : result.error().message; };
    CHECK(said(driver.check({})) == "the example is no engine: check is to be written");
    CHECK(said(driver.connect({})) == "the example is no engine: connect is to be written");
    CHECK(said(driver.is_member(connection, {}, "hr", "ann")) ==
          "the example is no engine: is_member is to be written");
    CHECK(said(driver.find_table(connection, "", "t")) == "the example is no engine: find_table is to be written");
    CHECK(said(driver.ledger_is_safe(connection)) == "the example is no engine: ledger_is_safe is to be written");
    CHECK(said(driver.lock({}, {}, {})) == "the example is no engine: lock is to be written");
    CHECK(said(driver.remember(connection)) == "the example is no engine: remember is to be written");
    CHECK(said(driver.reset(connection, {})) == "the example is no engine: remember is to be written");
}

TEST_CASE("the example's ledger splits into its statements by its own rules") {
    const Source source("ledger.sql", std::string(driver.ledger_ddl));
    Splitter splitter(source, driver.info.split);
    int statements = 0;
    while (const auto slice = splitter.next()) {
        REQUIRE(slice->has_value());
        ++statements;
    }
    CHECK(statements == 4);
}

}  // namespace roost::example_test
