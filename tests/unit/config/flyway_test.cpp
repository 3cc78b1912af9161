#include <doctest/doctest.h>

#include "tests/unit/config/support.hpp"

namespace roost::config_test {
namespace {

const std::string who = "[memberships]\nhr = [\"alice\"]\n";
const std::string two_environments =
    "[environments.dev]\nurl = \"jdbc:postgresql://dev/payroll\"\nuser = \"flyway\"\npassword = \"${env.PW}\"\n"
    "[environments.prod]\nurl = \"jdbc:postgresql://prod/payroll\"\n"
    "[flyway]\ntable = \"history\"\ndefaultSchema = \"app\"\n"
    "[flyway.placeholders]\nteam = \"hr\"\nCity = \"Berne\"\n";

Outside with(std::vector<File> files, ProcessVariables variables = {}) {
    Outside outside;
    outside.flyway = std::move(files);
    outside.variables = std::move(variables);
    return outside;
}

// What Flyway gives a script callback of its environment "dev".
ProcessVariables callback(ProcessVariables more = {}) {
    more.insert({{"FLYWAY_URL", "jdbc:postgresql://dev/payroll"},
                 {"FLYWAY_USER", "flyway"},
                 {"FLYWAY_PASSWORD", "a$b;c}${d} 'e\""},
                 {"FP__flyway_filename__", "afterMigrate__roost.sh"},
                 {"FP__flyway_environment__", "dev"},
                 {"FP__flyway_table__", "history"},
                 {"FP__flyway_defaultSchema__", "app"}});
    return more;
}

std::string notes(const Environment& environment) {
    std::string text;
    for (const std::string& note : environment.flyway.notes) text += note + "\n";
    return text;
}

TEST_CASE("an environment of flyway.toml says where, and ours who and what") {
    Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
    const Environment read = environment(who, outside);
    CHECK(read.url.reveal() == "jdbc:postgresql://dev/payroll");
    CHECK(read.user == "flyway");
    CHECK(read.password.reveal() == "s3cret");
    CHECK(read.table == "history");
    CHECK(read.schema == "app");
    CHECK(read.tool == MigrationTool::unset);
    CHECK(read.flyway.environment == "dev");
    CHECK_FALSE(read.flyway.called);
    CHECK(read.placeholders.at("city").value == "Berne");
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK_FALSE(read.placeholders.at("team").secret);
}

TEST_CASE("where both speak ours wins, name by name, and the notes say so") {
    Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
    const Environment read = environment(
        "[database]\nurl = \"jdbc:postgresql://other/payroll\"\n[migrations]\ntable = \"ours\"\n"
        "[placeholders]\nCITY = \"Basel\"\n",
        outside);
    CHECK(read.url.reveal() == "jdbc:postgresql://other/payroll");
    CHECK(read.table == "ours");
    CHECK(read.schema == "app");
    CHECK(read.placeholders.at("city").value == "Basel");
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK(notes(read) ==
          "database.url of environments/dev.toml:2:1 wins over Flyway's at flyway.toml:2:7\n"
          "migrations.table of environments/dev.toml:4:1 wins over Flyway's at flyway.toml:8:9\n"
          "migrations.schema from flyway.toml:9:17\n"
          "placeholders.city of environments/dev.toml:6:1 wins over Flyway's at flyway.toml:12:8\n"
          "placeholders.team from flyway.toml:11:8\n");
}

TEST_CASE("an account goes with its address, and a password with its user") {
    SUBCASE("Flyway's is not sent to another server") {
        Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
        const Environment read = environment("[database]\nurl = \"jdbc:postgresql://other/payroll\"\n", outside);
        CHECK(read.user.empty());
        CHECK(read.password.empty());
    }
    SUBCASE("Flyway's password is not given for our user") {
        Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
        const Environment read = environment("[database]\nuser = \"roost\"\n", outside);
        CHECK(read.url.reveal() == "jdbc:postgresql://dev/payroll");
        CHECK(read.user == "roost");
        CHECK(read.password.empty());
    }
    SUBCASE("it is taken where we name the same address") {
        Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
        const Environment read = environment("[database]\nurl = \"jdbc:postgresql://dev/payroll\"\n", outside);
        CHECK(read.user == "flyway");
        CHECK(read.password.reveal() == "s3cret");
    }
}

TEST_CASE("a later file of Flyway's wins key by key") {
    Outside outside = with({{"flyway.toml",
                             "[flyway]\ntable = \"one\"\n[flyway.placeholders]\na = \"1\"\nb = \"1\"\n"
                             "[environments.dev]\nurl = \"jdbc:sqlite:one.db\"\n"},
                            {"flyway.user.toml",
                             "[flyway.placeholders]\nb = \"2\"\n"
                             "[environments.dev]\nurl = \"jdbc:sqlite:two.db\"\n"},
                            {"empty.toml", "# nothing\n"}});
    const Environment read = environment(who, outside);
    CHECK(read.url.reveal() == "jdbc:sqlite:two.db");
    CHECK(read.table == "one");
    CHECK(read.placeholders.at("a").value == "1");
    CHECK(read.placeholders.at("b").value == "2");
}

TEST_CASE("what flyway.toml says for an environment beats what it says for all, and wipes nothing else") {
    Outside outside =
        with({{"flyway.toml", two_environments + "[environments.dev.flyway]\ntable = \"dev_history\"\n"
                                                 "[environments.dev.flyway.placeholders]\nteam = \"it\"\n"}},
             {{"PW", "s3cret"}});
    const Environment read = environment(who, outside);
    CHECK(read.table == "dev_history");
    CHECK(read.placeholders.at("team").value == "it");
    CHECK(read.placeholders.at("city").value == "Berne");
}

TEST_CASE("a flyway.conf has one environment, for whatever ours is called") {
    Outside outside =
        with({{"flyway.conf",
               "# older\n! too\n\nflyway.url=jdbc:postgresql://host:5432/payroll?ssl=true\n"
               "flyway.user : app\nflyway.password=${PW}\nflyway.schemas = one, two\n"
               "flyway.placeholders.team=h\\\n   r\nflyway.placeholders.path=c:\\dir ${NOT_SET}${a.b}\n"}},
             {{"PW", "s3cret"}});
    const Environment read = environment(who, outside);
    CHECK(read.url.reveal() == "jdbc:postgresql://host:5432/payroll?ssl=true");
    CHECK(read.user == "app");
    CHECK(read.password.reveal() == "s3cret");
    CHECK(read.schema == "one");
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK(read.placeholders.at("path").value == "c:\\dir ${a.b}");
}

TEST_CASE("called by Flyway, roost needs nothing but the environment's name") {
    Outside outside = with({}, callback({{"FP__flyway_environment__", "default"},
                                         {"FP__Team__", "hr"},
                                         {"CI_PROJECT", "hr"},
                                         {"FLYWAY_PLACEHOLDERS_PW", "s3cret"},
                                         {"FP__pw__", "s3cret"}}));
    const Environment read = environment(who, outside);
    CHECK(read.flyway.called);
    CHECK(read.url.reveal() == "jdbc:postgresql://dev/payroll");
    CHECK(read.user == "flyway");
    CHECK(read.password.reveal() == "a$b;c}${d} 'e\"");
    CHECK(read.table == "history");
    CHECK(read.schema == "app");
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK_FALSE(read.placeholders.at("team").secret);
    CHECK(read.placeholders.at("pw").secret);
}

TEST_CASE("a callback's variables win over flyway.toml, and its JDBC properties still hold") {
    Outside outside =
        with({{"flyway.toml", two_environments + "[environments.dev.jdbcProperties]\nsslmode = \"verify-full\"\n"}},
             callback({{"PW", "old"}}));
    const Environment read = environment(who, outside);
    CHECK(read.password.reveal() == "a$b;c}${d} 'e\"");
    REQUIRE(read.flyway.properties.size() == 1);
    CHECK(read.flyway.properties[0].first == "sslmode");
    CHECK(read.flyway.properties[0].second.reveal() == "verify-full");
}

TEST_CASE("a callback's environment is known where all that its file says is passed on, too") {
    Outside outside =
        with({{"flyway.toml", "[environments.dev]\nurl = \"jdbc:postgresql://dev/payroll\"\n"}}, callback());
    CHECK(environment(who, outside).user == "flyway");
}

TEST_CASE("FLYWAY_ variables win over files outside of a callback, too") {
    Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"},
                                                                 {"FLYWAY_URL", "jdbc:postgresql://ci/payroll"},
                                                                 {"FLYWAY_TABLE", "ci_history"},
                                                                 {"FLYWAY_DEFAULT_SCHEMA", "ci"},
                                                                 {"FLYWAY_PLACEHOLDERS_TEAM", "ci_team"},
                                                                 {"FLYWAY_LOCATIONS", "filesystem:a, filesystem:b"}});
    const Environment read = environment(who, outside);
    CHECK(read.url.reveal() == "jdbc:postgresql://ci/payroll");
    CHECK(read.table == "ci_history");
    CHECK(read.schema == "ci");
    CHECK(read.placeholders.at("team").value == "ci_team");
    CHECK(read.placeholders.at("city").value == "Berne");
    CHECK(read.flyway.locations == std::vector<std::string>{"filesystem:a", "filesystem:b"});
}

TEST_CASE("Flyway resolves ${env.NAME} in an environment's own values alone") {
    Outside outside = with({{"flyway.toml",
                             "[environments.dev]\nurl = \"jdbc:sqlite:${env.FILE}\"\n"
                             "[flyway.placeholders]\na = \"${env.FILE}\"\n"}},
                           {{"FILE", "pay.db"}});
    const Environment read = environment(who, outside);
    CHECK(read.url.reveal() == "jdbc:sqlite:pay.db");
    CHECK(read.placeholders.at("a").value == "${env.FILE}");
}

TEST_CASE("what the JDBC driver is asked for goes with the account, whoever writes the address") {
    Outside outside =
        with({{"flyway.toml", two_environments + "[environments.dev.jdbcProperties]\nsslmode = \"verify-full\"\n"}},
             {{"PW", "s3cret"}});
    const Environment read = environment("[database]\nurl = \"jdbc:postgresql://dev/payroll\"\n", outside);
    CHECK(read.password.reveal() == "s3cret");
    REQUIRE(read.flyway.properties.size() == 1);
    CHECK(read.flyway.properties[0].first == "sslmode");
}

TEST_CASE("called for another database than ours, roost is not Flyway's guest there") {
    Outside outside = with({{"flyway.toml", two_environments}}, callback());
    const Environment read = environment("[database]\nurl = \"jdbc:postgresql://other/payroll\"\n", outside);
    CHECK(read.flyway.elsewhere);
    CHECK_FALSE(read.flyway.called);
}

TEST_CASE("numbers, dates and booleans are Flyway's texts as they are written") {
    Outside outside = with({{"flyway.toml",
                             "[environments.dev]\nurl = \"jdbc:sqlite:p.db\"\n[flyway.placeholders]\n"
                             "\"ä\" = \"x\"\na = 5.10\nb = 1_000\nc = 2027-03-31\nd = true\ne = -0.50\n"}});
    const Environment read = environment(who, outside);
    CHECK(read.placeholders.at("a").value == "5.10");
    CHECK(read.placeholders.at("b").value == "1000");
    CHECK(read.placeholders.at("c").value == "2027-03-31");
    CHECK(read.placeholders.at("d").value == "true");
    CHECK(read.placeholders.at("e").value == "-0.50");
}

TEST_CASE("what Flyway is told for all its environments holds for one that it does not know") {
    Outside outside = with({{"flyway.toml", "[flyway]\ntable = \"history\"\n[flyway.placeholders]\nteam = \"hr\"\n"}});
    const Environment read = environment(base, outside);
    CHECK(read.table == "history");
    CHECK(read.placeholders.at("team").value == "hr");
    CHECK(read.flyway.environment.empty());
}

TEST_CASE("!{value} is a value as it stands") {
    Outside outside = with({{"flyway.toml",
                             "[environments.dev]\nurl = \"jdbc:postgresql://dev/payroll\"\nuser = \"a\"\n"
                             "password = \"!{a${env.B}}\"\n"}});
    CHECK(environment(who, outside).password.reveal() == "a${env.B}");
}

TEST_CASE("a placeholder called url makes no environment, and a foreign key of a .conf file no password") {
    Outside outside = with({{"flyway.toml",
                             "[environments.default]\nurl = \"jdbc:sqlite:p.db\"\n"
                             "[environments.default.flyway.placeholders]\nurl = \"https://x\"\n"}});
    CHECK(environment(who, outside).url.reveal() == "jdbc:sqlite:p.db");
    Outside conf = with({{"flyway.conf", "flyway.url=jdbc:sqlite:p.db\ncustom.password=abcdef\n"}});
    CHECK(environment(who, conf).password.empty());
}

TEST_CASE("a value of a .conf file that holds a variable is a secret") {
    Outside outside = with({{"flyway.conf",
                             "flyway.url=jdbc:sqlite:p.db\nflyway.placeholders.pw=${PW}\n"
                             "flyway.placeholders.team=payroll\n"}},
                           {{"PW", "s3cret"}, {"CI_PROJECT", "payroll"}});
    const Environment read = environment(who, outside);
    CHECK(read.placeholders.at("pw").secret);
    CHECK_FALSE(read.placeholders.at("team").secret);
}

TEST_CASE("a callback is refused where its environment is another, or its file is not found") {
    const std::string named = "[flyway]\nenvironment = \"prod\"\n";
    CHECK(environment_errors(named, "dev", with({{"flyway.toml", two_environments}}, callback()))
              .starts_with("environments/dev.toml:1:2: flyway.environment is \"prod\", and Flyway calls from its "
                           "environment \"dev\""));
    CHECK(environment_errors(who, "dev", with({}, callback()))
              .starts_with("FP__flyway_environment__: Flyway's environment \"dev\" is in no file that roost finds"));
}

TEST_CASE("how placeholders are written is Flyway's setting") {
    Outside outside = with({{"flyway.toml",
                             "[environments.dev]\nurl = \"jdbc:sqlite:p.db\"\n"
                             "[flyway]\nplaceholderPrefix = \"#[\"\nplaceholderSuffix = \"]\"\n"
                             "placeholderSeparator = \"_\"\nplaceholderReplacement = false\n"}});
    const PlaceholderForm form = environment(who, outside).placeholder_form;
    CHECK(form.prefix == "#[");
    CHECK(form.suffix == "]");
    CHECK(form.separator == "_");
    CHECK_FALSE(form.replaced);
}

TEST_CASE("[flyway] names Flyway's environment and further files") {
    Outside outside = with({{"flyway.toml", two_environments}}, {{"PW", "s3cret"}});
    const Environment read = environment("[flyway]\nenvironment = \"prod\"\nfiles = [\"../more.toml\"]\n", outside);
    CHECK(read.url.reveal() == "jdbc:postgresql://prod/payroll");
    CHECK(outside.flyway_named == std::vector<std::string>{"../more.toml"});
}

TEST_CASE("what Flyway's files lack or hold wrong is told with its place") {
    const struct {
        const char* why;
        std::string ours;
        std::vector<File> files;
        const char* expected;
    } rows[] = {
        {"another environment is meant",
         who,
         {{"flyway.toml", "[environments.stage]\nurl = \"jdbc:sqlite:a\"\n"}},
         "environments/dev.toml:1:1: no [database], and Flyway has none for it; write the URL that Flyway uses under "
         "[database], as url = \"jdbc:postgresql://127.0.0.1:5432/payroll\"; or name one of Flyway's "
         "environments (stage) with [flyway] and under it environment"},
        {"a name is misspelt",
         "[flyway]\nenvironment = \"stag\"\n",
         {{"flyway.toml", "[environments.stage]\nurl = \"jdbc:sqlite:a\"\n"}},
         "environments/dev.toml:1:2: Flyway's files have no environment \"stag\"; did you mean stage?"},
        {"it is no TOML",
         who,
         {{"flyway.toml", "[flyway\n"}},
         "flyway.toml:1:8: no TOML: table header: expected ']', saw '\\n'; the language is described at "
         "https://toml.io/en/v1.0.0"},
        {"a variable is not set",
         who,
         {{"flyway.toml", "[environments.dev]\nurl = \"${env.NOBODY}\"\n"}},
         "flyway.toml:2:7: Flyway's url: the environment variable \"NOBODY\" is not set; write it into the "
         "environment's own file, or as ${env.NAME} and set that"},
        {"another resolver",
         who,
         {{"flyway.toml", "[environments.dev]\nurl = \"jdbc:sqlite:a\"\npassword = \"${vault.key}\"\n"}},
         "flyway.toml:3:12: Flyway's password: a ${ that begins no ${env.NAME}; write it into the environment's own "
         "file, or as ${env.NAME} and set that"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.why);
        CHECK(environment_errors(row.ours, "dev", with(row.files)) == row.expected);
    }
}

}  // namespace
}  // namespace roost::config_test
