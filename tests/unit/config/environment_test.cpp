#include <doctest/doctest.h>
#include <fmt/format.h>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

// clang-format off
const Case bad_environments[] = {
    {"an empty file is refused", "",
     "environments/dev.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"a file of comments is refused", "# [memberships]\n",
     "environments/dev.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"an environment without a database is refused", "[memberships]\nhr = []\n",
     "environments/dev.toml:1:1: no [database], and Flyway has none for it; "
     "write the URL that Flyway uses under [database], as url = \"jdbc:postgresql://127.0.0.1:5432/payroll\", or into flyway.toml"},
    {"a file that is cut short is refused", base + "[memberships]\nhr = [\"alice\",",
     "environments/dev.toml:4:15: no TOML: array: encountered end-of-file; the file ends too early: close what is open"},
    {"planned sections are refused by name", base + "[ledger]\n[sandboxes]\n",
     "environments/dev.toml:3:2: ledger is not in this version; take it out\n"
     "environments/dev.toml:4:2: sandboxes is not in this version; take it out"},
    {"sections of roost.toml do not belong here", "[project]\nname = \"payroll\"\n" + base + "[roles.hr]\n",
     "environments/dev.toml:1:2: project does not belong here; it belongs into roost.toml\n"
     "environments/dev.toml:5:2: roles does not belong here; it belongs into roost.toml"},
    {"an unknown section names the nearest", base + "[membership]\nhr = []\n",
     "environments/dev.toml:3:2: unknown key membership; did you mean memberships?"},
    {"Alembic's revisions have no order that a minimum could be in",
     base + "[migrations]\ntool = \"alembic\"\nminimum = \"5.2\"\n",
     "environments/dev.toml:5:1: migrations.minimum: Alembic's revisions have no order; take it out"},
    {"nor can a toggle that is on require one of them",
     base + "[migrations]\ntool = \"alembic\"\n[toggles.new_payroll]\non = [\"hr\"]\n",
     "environments/dev.toml:5:10: toggles.new_payroll requires schema 5.2, and Alembic's revisions have no order; "
     "take `requires` out of the toggle in roost.toml, or leave it off here"},
    {"Sqitch's tables have their names", base + "[migrations]\ntool = \"sqitch\"\ntable = \"changes\"\n",
     "environments/dev.toml:5:1: migrations.table: the names of Sqitch's tables are fixed; "
     "take it out; migrations.schema says where they are"},
    {"an unknown migration tool names the nearest", base + "[migrations]\ntool = \"flywya\"\n",
     "environments/dev.toml:4:8: migrations.tool has an unknown value; did you mean flyway?"},
    {"an empty history table is refused", base + "[migrations]\ntable = \"\"\n",
     "environments/dev.toml:4:9: migrations.table is empty; write something, as \"flyway_schema_history\""},
    {"a bare number for the least version is refused", base + "[migrations]\nminimum = 5.10\n",
     "environments/dev.toml:4:11: migrations.minimum is a bare number; "
     "a version is a string, or 5.10 would be 5.1: quote it, as minimum = \"5.2\""},
    {"planned policies are refused by name", base + "[policy]\nhelpers = true\nidentity = \"current_user\"\n",
     "environments/dev.toml:4:1: policy.helpers is not in this version; take it out\n"
     "environments/dev.toml:5:1: policy.identity is not in this version; take it out"},
    {"a negative number of revocations is refused", base + "[policy]\nmax_revocations = -1\n",
     "environments/dev.toml:4:19: policy.max_revocations is -1; it must be from 0 to 4294967295"},
    {"a number of revocations that is too large is refused", base + "[policy]\nmax_revocations = 4294967296\n",
     "environments/dev.toml:4:19: policy.max_revocations is 4294967296; it must be from 0 to 4294967295"},
    {"a fraction of revocations is refused", base + "[policy]\nmax_revocations = 1e3\n",
     "environments/dev.toml:4:19: policy.max_revocations is a number; it must be an integer, as max_revocations = 50"},
    {"protected is true or false", base + "[policy]\nprotected = \"true\"\n",
     "environments/dev.toml:4:13: policy.protected is a string; it must be a boolean, as protected = true or false"},
    {"missing principals are an error or a warning", base + "[policy]\nmissing_principals = \"ignore\"\n",
     "environments/dev.toml:4:22: policy.missing_principals has an unknown value; known are error and warn"},
    {"a placeholder without a name is refused", base + "[placeholders]\n\"\" = \"x\"\n",
     "environments/dev.toml:4:1: placeholders.\"\": an empty name; give it a name"},
    {"a placeholder that could never be written is refused", base + "[placeholders]\n\"a}b\" = \"x\"\n",
     "environments/dev.toml:4:1: placeholders.\"a}b\": no name for a placeholder; a name holds no $, {, } and no control character"},
    {"Flyway's own placeholders are refused", base + "[placeholders]\n\"Flyway:user\" = \"x\"\n",
     "environments/dev.toml:4:1: placeholders.\"Flyway:user\": names that begin with flyway: are Flyway's own; choose another name"},
    {"placeholders that differ in case alone are refused", base + "[placeholders]\nteam = \"a\"\nTeam = \"b\"\n",
     "environments/dev.toml:5:1: placeholders.Team and placeholders.team at environments/dev.toml:4:1 are one name; "
     "case does not count in the names of placeholders: keep one of them"},
    {"a placeholder is a string", base + "[placeholders]\nteam = 7\n",
     "environments/dev.toml:4:8: placeholders.team is an integer; it must be a string, as team = \"hr\""},
    {"every variable that is not set is told", base + "[placeholders]\nteam = \"${env.A} and ${env.B}\"\n",
     "environments/dev.toml:4:8: placeholders.team: the environment variable \"A\" is not set; set it, or write the value another way\n"
     "environments/dev.toml:4:8: placeholders.team: the environment variable \"B\" is not set; set it, or write the value another way"},
};
// clang-format on

const char* const unsaid =
    ": environment \"production\" does not say whether it is protected; "
    "write protected = true, or false, under [policy] in environments/dev.toml";

}  // namespace

TEST_CASE("an environment that is wrong is refused with file, line, column and what would be right") {
    for (const Case& bad : bad_environments) {
        CAPTURE(bad.title);
        CHECK(environment_errors(bad.text) == bad.errors);
    }
}

TEST_CASE("an environment's name is made of letters, digits, underscore, hyphen and dot") {
    for (const char* good : {"dev", "eu-west.2", "QA_1"}) CHECK(environment_errors(base, good) == "good");
    for (const char* bad : {"", ".", "..", "a/b", "a b", "Büro", "a\\b"}) {
        CAPTURE(bad);
        CHECK(environment_errors(base, bad).ends_with(
            " is no name for an environment; a name is made of letters, digits, _, - and ."));
    }
}

TEST_CASE("production must say whether it is protected") {
    CHECK(environment_errors(base, "production") == "environments/dev.toml:1:1" + std::string(unsaid));
    CHECK(environment_errors(base + "[policy]\n", "production") == "environments/dev.toml:3:2" + std::string(unsaid));
    CHECK(environment_errors(base, "PROD") != "good");
    CHECK(environment_errors(base + "[policy]\nprotected = false\n", "prod") == "good");
    CHECK(environment_errors(base + "[policy]\nprotected = true\n", "production") == "good");
}

TEST_CASE("a whole environment is read") {
    Outside outside{.variables = {{"PAYROLL_USER", "roost"}, {"PAYROLL_PASSWORD", "s3cret"}}};
    const Environment read = environment(R"(# where, who, how far
[database]
url = "jdbc:postgresql://127.0.0.1:5432/payroll"
user = "${env.PAYROLL_USER}"
password = "${env.PAYROLL_PASSWORD}"

[migrations]
tool = "flyway"
table = "flyway_schema_history"
schema = "public"
minimum = "5.2"

[placeholders]
team = "hr"

[memberships]
hr = ["alice", "bob", { member = "carol", inherit = false }]

[toggles.new_payroll]
on = ["hr"]

[policy]
protected = false
max_revocations = 50
missing_principals = "error"
)",
                                         outside, "staging");
    CHECK(read.name == "staging");
    CHECK(read.url.reveal() == "jdbc:postgresql://127.0.0.1:5432/payroll");
    CHECK(read.user == "roost");
    CHECK(read.password.reveal() == "s3cret");
    CHECK(read.database_place == Place{"environments/dev.toml", 2, 2});
    CHECK(read.tool == MigrationTool::flyway);
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK(read.memberships.at(0).members.size() == 3);
    CHECK(read.toggles.at(0).members.at(0).name == "hr");
    CHECK(read.policy.is_protected == false);
}

TEST_CASE("an environment that says only where it is has the documented defaults") {
    const Environment read = environment(base);
    CHECK(read.name == "dev");
    CHECK(read.engine.empty());
    CHECK(read.url.reveal() == "jdbc:sqlite:payroll.db");
    CHECK(read.odbc.empty());
    CHECK(read.user.empty());
    CHECK(read.password.empty());
    CHECK(read.lock_database == "postgres");
    CHECK(read.database_place == Place{"environments/dev.toml", 1, 2});
    CHECK(read.tool == MigrationTool::unset);
    CHECK(read.table == "flyway_schema_history");
    CHECK(read.schema.empty());
    CHECK_FALSE(read.minimum);
    CHECK(read.placeholders.empty());
    CHECK(read.memberships.empty());
    CHECK(read.toggles.empty());
    CHECK_FALSE(read.policy.is_protected);
    CHECK(read.policy.max_revocations == 50);
    CHECK(read.policy.missing_is_error);
}

TEST_CASE("migrations and policy are read as they are written") {
    const Environment read = environment(base +
                                         "[migrations]\ntool = \"none\"\ntable = \"history\"\nschema = \"public\"\n"
                                         "minimum = \"5.10\"\n"
                                         "[policy]\nprotected = true\nmax_revocations = 0\n"
                                         "missing_principals = \"warn\"\n");
    CHECK(read.tool == MigrationTool::none);
    CHECK(read.table == "history");
    CHECK(read.schema == "public");
    REQUIRE(read.minimum);
    CHECK(read.minimum->text() == "5.10");
    CHECK(read.policy.is_protected == true);
    CHECK(read.policy.max_revocations == 0);
    CHECK_FALSE(read.policy.missing_is_error);
    CHECK(read.table_named);
    CHECK_FALSE(environment(base).table_named);
}

TEST_CASE("every migration tool is known by its name") {
    for (const char* name : {"flyway", "liquibase", "golang-migrate", "dbmate", "alembic", "efcore", "sqitch", "none"})
        CHECK(name_of(environment(fmt::format("{}[migrations]\ntool = \"{}\"\n", base, name)).tool) == name);
    CHECK(name_of(MigrationTool::unset) == "flyway");
}

TEST_CASE("a toggle that is off may require what has no order") {
    const Environment read = environment(base + "[migrations]\ntool = \"alembic\"\n[toggles.new_payroll]\non = []\n");
    CHECK(read.tool == MigrationTool::alembic);
}

TEST_CASE("a placeholder is secret where it holds the value of a variable") {
    Outside outside{.variables = {{"TEAM", "hr${x}"}, {"NONE", ""}}};
    const Environment read =
        environment(base +
                        "[placeholders]\nTeam = \"${env.TEAM}\"\nplain = \"a }$ b\"\n"
                        "both = \"${env.TEAM}-${env.NONE}-${env.TEAM}\"\n"
                        "escaped = \"$${env.TEAM} $$${x}\"\nempty = \"\"\nvoid = \"${env.NONE}\"\n",
                    outside);
    const auto& values = read.placeholders;
    CHECK(values.size() == 6);
    CHECK(values.at("team").value == "hr${x}");
    CHECK(values.at("team").secret);
    CHECK(values.at("plain").value == "a }$ b");
    CHECK_FALSE(values.at("plain").secret);
    CHECK(values.at("both").value == "hr${x}--hr${x}");
    CHECK(values.at("both").secret);
    CHECK(values.at("escaped").value == "${env.TEAM} $${x}");
    CHECK_FALSE(values.at("escaped").secret);
    CHECK(values.at("empty").value.empty());
    CHECK(values.at("void").secret);
}

TEST_CASE("variables are replaced in the database and the placeholders alone") {
    const Environment read =
        environment(base + "[migrations]\ntable = \"${env.T}\"\n[memberships]\n\"${env.R}\" = [\"${env.M}\"]\n");
    CHECK(read.table == "${env.T}");
    CHECK(read.memberships.at(0).name == "${env.R}");
    CHECK(read.memberships.at(0).members.at(0).name == "${env.M}");
}

}  // namespace roost::config_test
