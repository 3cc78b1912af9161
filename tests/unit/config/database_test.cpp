#include <doctest/doctest.h>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

// clang-format off
const Case bad_databases[] = {
    {"a database without an address is refused", "[database]\nuser = \"roost\"\n",
     "environments/dev.toml:1:2: [database] has neither url nor odbc; "
     "write the URL that Flyway uses under [database], as url = \"jdbc:postgresql://127.0.0.1:5432/payroll\", or into flyway.toml"},
    {"two addresses are refused", "[database]\nurl = \"jdbc:x\"\nodbc = \"Driver=x\"\n",
     "environments/dev.toml:3:1: [database] has odbc beside url at environments/dev.toml:2:1; keep one of them"},
    {"a URL forbids the engine", "[database]\nengine = \"sqlite\"\nurl = \"jdbc:x\"\n",
     "environments/dev.toml:3:1: [database] has url beside engine at environments/dev.toml:2:1; the URL names the engine: take engine out"},
    {"a connection string needs the engine", "[database]\nodbc = \"Driver=x\"\n",
     "environments/dev.toml:2:1: [database] has odbc but no engine; "
     "a connection string does not say: write engine = \"postgresql\""},
    {"an unknown engine names the nearest", "[database]\nodbc = \"x\"\nengine = \"postgres\"\n",
     "environments/dev.toml:3:10: database.engine has an unknown value; did you mean postgresql?"},
    {"an empty URL is refused", "[database]\nurl = \"\"\n",
     "environments/dev.toml:2:7: database.url is empty; write something, as \"jdbc:postgresql://127.0.0.1:5432/payroll\""},
    {"an unknown key names the nearest", base + "pasword = \"x\"\n",
     "environments/dev.toml:3:1: unknown key database.pasword; did you mean password?"},
    {"two sources for the password are refused", base + "password_file = \"f\"\npassword = \"x\"\n",
     "environments/dev.toml:3:17: database.password_file: f: no such file; check the path\n"
     "environments/dev.toml:4:1: [database] has password beside password_file at environments/dev.toml:3:1; keep one of them"},
    {"a password that is a number is refused and not shown", base + "password = 12345\n",
     "environments/dev.toml:3:12: database.password is an integer; it must be a string, as password = \"${env.PAYROLL_PASSWORD}\""},
    {"an empty password is refused", base + "password = \"${env.EMPTY}\"\n",
     "environments/dev.toml:3:12: database.password is empty; write something, as \"${env.PAYROLL_PASSWORD}\""},
    {"a variable that is not set is refused", base + "user = \"${env.NOBODY}\"\n",
     "environments/dev.toml:3:8: database.user: the environment variable \"NOBODY\" is not set; set it, or write the value another way"},
    {"a placeholder of another kind is refused and not shown", base + "password = \"s3${vault.x}cret\"\n",
     "environments/dev.toml:3:12: database.password: a ${ that begins no ${env.NAME}; write ${env.NAME}, or $${ for a literal ${"},
    {"a variable that is never closed is refused", base + "password = \"s3${env.PASSWORD\"\n",
     "environments/dev.toml:3:12: database.password: a ${ that begins no ${env.NAME}; write ${env.NAME}, or $${ for a literal ${"},
    {"a variable without a name is refused", base + "password = \"${env.}\"\n",
     "environments/dev.toml:3:12: database.password: a ${ that begins no ${env.NAME}; write ${env.NAME}, or $${ for a literal ${"},
    {"a password file that cannot be read is told", base + "password_file = \"gone\"\n",
     "environments/dev.toml:3:17: database.password_file: gone: no such file; check the path"},
    {"an empty password file is refused", base + "password_file = \"empty\"\n",
     "environments/dev.toml:3:17: database.password_file gave no password; all that it gives, but for its last line end, is the password"},
    {"a NUL character in a password is refused", base + "password_file = \"nul\"\n",
     "environments/dev.toml:3:17: database.password_file gave a NUL character; no engine takes one in a password"},
    {"a command that gives nothing is refused", base + "password_command = [\"pass\"]\n",
     "environments/dev.toml:3:20: database.password_command gave no password; all that it gives, but for its last line end, is the password"},
    {"a command that fails is told", base + "password_command = [\"broken\"]\n",
     "environments/dev.toml:3:20: database.password_command: broken: exit status 3"},
    {"a command's arguments hold nothing from the environment", base + "password_command = [\"pass\", \"${env.EMPTY}\"]\n",
     "environments/dev.toml:3:29: database.password_command[2] holds a value from the environment; "
     "the process list would show it: let the program read the variable itself"},
    {"a command is an array", base + "password_command = \"pass show\"\n",
     "environments/dev.toml:3:20: database.password_command is a string; "
     "it must be an array, as password_command = [\"pass\", \"show\", \"payroll\"]"},
    {"a command has a program", base + "password_command = []\n",
     "environments/dev.toml:3:20: database.password_command is empty; "
     "write a program and its arguments, as [\"pass\", \"show\", \"payroll\"]"},
    {"a command's program has a name", base + "password_command = [\"\"]\n",
     "environments/dev.toml:3:21: database.password_command[1] is empty; write the program's name"},
    {"a command's arguments are strings", base + "password_command = [\"pass\", 1]\n",
     "environments/dev.toml:3:29: database.password_command[2] is an integer; it must be a string, as \"argument\""},
};
// clang-format on

Outside with_files() { return {.variables = {{"EMPTY", ""}}, .files = {{"empty", "\n"}, {"nul", "a\0b"s}}}; }

}  // namespace

TEST_CASE("a database that is wrong is refused with file, line, column and what would be right") {
    for (const Case& bad : bad_databases) {
        CAPTURE(bad.title);
        CHECK(environment_errors(bad.text, "dev", with_files()) == bad.errors);
    }
}

TEST_CASE("a connection string comes with its engine") {
    Outside outside{.variables = {{"HOST", "db.example"}}};
    const Environment read = environment(
        "[database]\nodbc = \"Driver=x;Servername=${env.HOST}\"\nengine = \"postgresql\"\nlock_database = \"locks\"\n",
        outside);
    CHECK(read.odbc.reveal() == "Driver=x;Servername=db.example");
    CHECK(read.engine == "postgresql");
    CHECK(read.url.empty());
    CHECK(read.lock_database == "locks");
}

TEST_CASE("a password stays whole whatever it holds") {
    const std::string hard = "$a;b}c{d \"e\" 'f' ${env.X} $${ %g\\ ";
    Outside outside{.variables = {{"PASSWORD", hard}, {"USER", "app"}}, .files = {{"f", hard + "\n"}}, .output = hard};
    const Environment by_variable =
        environment(base + "user = \"${env.USER}_ro\"\npassword = \"${env.PASSWORD}\"\n", outside);
    CHECK(by_variable.user == "app_ro");
    CHECK(by_variable.password.reveal() == hard);
    CHECK(environment(base + "password_file = \"f\"\n", outside).password.reveal() == hard);
    CHECK(environment(base + "password_command = [\"p\"]\n", outside).password.reveal() == hard);
    CHECK(environment(base + "password = '$a;b}c\"'\n", outside).password.reveal() == "$a;b}c\"");
}

TEST_CASE("a password loses its last line end and nothing else") {
    const auto from_file = [](const std::string& text) {
        Outside outside{.files = {{"f", text}}};
        return environment(base + "password_file = \"f\"\n", outside).password.reveal();
    };
    CHECK(from_file("secret") == "secret");
    CHECK(from_file("secret\n") == "secret");
    CHECK(from_file("secret\r\n") == "secret");
    CHECK(from_file("secret\r") == "secret\r");
    CHECK(from_file(" two\nlines \n\n") == " two\nlines \n");
}

TEST_CASE("a password command gets its words one by one") {
    Outside outside{.output = "secret\n"};
    const Environment read =
        environment(base + "password_command = [\"pass\", \"show\", \"pay roll\", \"\"]\n", outside);
    CHECK(read.password.reveal() == "secret");
    CHECK(outside.command == std::vector<std::string>{"pass", "show", "pay roll", ""});
}

TEST_CASE("a password command does not run for a file that is wrong") {
    Outside outside{.output = "secret"};
    const File file{"environments/dev.toml", base + "password_command = [\"pass\"]\n[policy]\nprotect = 1\n"};
    CHECK_FALSE(read_environment("dev", file, payroll(), outside.surroundings()));
    CHECK(outside.command.empty());
}

TEST_CASE("what connects to nothing needs neither the password nor any variable") {
    Outside outside{.output = "secret"};
    Surroundings offline = outside.surroundings();
    offline.offline = true;
    const auto read = [&](const std::string& rest) {
        return read_environment("dev", {"environments/dev.toml", "[database]\nurl = \"jdbc:x:${env.HOST}\"\n" + rest},
                                payroll(), offline);
    };
    CHECK(read("user = \"${env.NOBODY}\"\npassword = \"${env.NOBODY}\"\n")->url.reveal() == "jdbc:x:${env.HOST}");
    CHECK(read("password_file = \"gone\"\n"));
    CHECK(read("password_command = [\"pass\"]\n"));
    CHECK(outside.command.empty());
}

}  // namespace roost::config_test
