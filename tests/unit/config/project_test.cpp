#include <doctest/doctest.h>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

const std::string named = "[project]\nname = \"payroll\"\n";

// clang-format off
const Case bad_projects[] = {
    {"an empty file is refused", "",
     "roost.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"a file of blanks is refused", " \n\t\r\n",
     "roost.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"a file of comments is refused", "# roles of the payroll\n# none yet\n",
     "roost.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"a byte-order mark alone is an empty file", "\xEF\xBB\xBF",
     "roost.toml:1:1: the file is empty; an empty file declares nothing, it does not take every member away"},
    {"a project without a section of its own is refused", "[roles.hr]\n",
     "roost.toml:1:1: no [project]; write [project] and under it the project's name, as name = \"payroll\""},
    {"a project without a name is refused", "\n[project]\n",
     "roost.toml:2:2: [project] has no name; write the project's name, as name = \"payroll\""},
    {"an empty name is refused", "[project]\nname = \" \"\n",
     "roost.toml:2:8: project.name is empty; write the project's name, as name = \"payroll\""},
    {"a name with a line end is refused", "[project]\nname = \"pay\\nroll\"\n",
     "roost.toml:2:8: project.name holds a control character; write it on one line, without tabs"},
    {"a name with a control character of Latin-1 is refused", "[project]\nname = \"pay\\u0085roll\"\n",
     "roost.toml:2:8: project.name holds a control character; write it on one line, without tabs"},
    {"a name of the wrong type is refused", "[project]\nname = 7\n",
     "roost.toml:2:8: project.name is an integer; it must be a string, as name = \"payroll\""},
    {"a section that is no table is refused", "project = \"payroll\"\n",
     "roost.toml:1:11: project is a string; it must be a table"},
    {"an array of tables is no section", "[[project]]\nname = \"payroll\"\n",
     "roost.toml:1:1: project is an array; it must be a table"},
    {"an unknown section names the nearest", named + "[role.hr]\n",
     "roost.toml:3:2: unknown key role; did you mean roles?"},
    {"an unknown key names the nearest", named + "[roles.hr]\ndescripton = \"x\"\n",
     "roost.toml:4:1: unknown key roles.hr.descripton; did you mean description?"},
    {"an unknown key near nothing names those that are known", named + "[toggles.t]\nzzzzzz = 1\n",
     "roost.toml:4:1: unknown key toggles.t.zzzzzz; known are role, description, owner, requires and expires"},
    {"columns count characters, not bytes", named + "[toggles]\nt = { owner = \"Büro\", \"é\" = 1 }\n",
     "roost.toml:4:23: unknown key toggles.t.\"é\"; known are role, description, owner, requires and expires"},
    {"a role that is no table is refused", named + "[roles]\nhr = \"the HR department\"\n",
     "roost.toml:4:6: roles.hr is a string; it must be a table, as hr = { description = \"…\" }"},
    {"a toggle that is no table is refused", named + "[toggles]\nt = true\n",
     "roost.toml:4:5: toggles.t is a boolean; it must be a table, as t = { role = \"guineapigs\" }"},
    {"a role without a name is refused", named + "[roles.\"\"]\n",
     "roost.toml:3:8: roles.\"\": an empty name; give it a name"},
    {"a toggle without a name is refused", named + "[toggles.\"\"]\n",
     "roost.toml:3:10: toggles.\"\": an empty name; give it a name"},
    {"a toggle with an empty role is refused", named + "[toggles.t]\nrole = \"\"\n",
     "roost.toml:4:8: toggles.t.role is empty; write something, as \"guineapigs\""},
    {"a bare number for a version is refused", named + "[toggles.t]\nrequires = 5.10\n",
     "roost.toml:4:12: toggles.t.requires is a bare number; "
     "a version is a string, or 5.10 would be 5.1: quote it, as requires = \"5.2\""},
    {"a bare integer for a version is refused", named + "[toggles.t]\nrequires = 5\n",
     "roost.toml:4:12: toggles.t.requires is a bare number; "
     "a version is a string, or 5.10 would be 5.1: quote it, as requires = \"5.2\""},
    {"a bare version of three parts is refused with a hint", named + "[toggles.t]\nrequires = 5.2.1\n",
     "roost.toml:4:15: no TOML: floating-point: expected decimal digit or exponent, saw '.'; "
     "text and versions stand in quotes, as \"5.2.1\""},
    {"a version with letters is refused", named + "[toggles.t]\nrequires = \"5.2b\"\n",
     "roost.toml:4:12: toggles.t.requires: \"5.2b\" is no version; "
     "a version is digits between dots or underscores, such as 5.2"},
    {"a date for a version is refused", named + "[toggles.t]\nrequires = 2027-03-31\n",
     "roost.toml:4:12: toggles.t.requires is a date or time; it must be a string, as requires = \"5.2\""},
    {"a toggle's last day is no text", named + "[toggles.t]\nexpires = \"2027-03-31\"\n",
     "roost.toml:4:11: toggles.t.expires is a string; it must be a date or time, as expires = 2027-03-31"},
    {"a toggle's last day has no time of day", named + "[toggles.t]\nexpires = 2027-03-31T10:00:00Z\n",
     "roost.toml:4:11: toggles.t.expires is a time, or has one; write a date alone, as expires = 2027-03-31"},
    {"a toggle's last day is no time", named + "[toggles.t]\nexpires = 10:00:00\n",
     "roost.toml:4:11: toggles.t.expires is a time, or has one; write a date alone, as expires = 2027-03-31"},
    {"a day that no month has is refused", named + "[toggles.t]\nexpires = 2027-02-30\n",
     "roost.toml:4:21: no TOML: date: expected day between 1 and 28 (inclusive), saw 30; "
     "the language is described at https://toml.io/en/v1.0.0"},
    {"two toggles with one role are refused", named + "[toggles.b]\nrole = \"x\"\n[toggles.a]\nrole = \"x\"\n",
     "roost.toml:5:10: toggle \"a\" shares the role \"x\" with toggle \"b\" at roost.toml:3:10; "
     "one role serves one toggle: give each its own"},
    {"a toggle's name is its role where none is given", named + "[toggles.a]\nrole = \"b\"\n[toggles.b]\n",
     "roost.toml:5:10: toggle \"b\" shares the role \"b\" with toggle \"a\" at roost.toml:3:10; "
     "one role serves one toggle: give each its own"},
    {"planned keys of a toggle are refused by name",
     named + "[toggles.t]\neligible = \"hr\"\nafter = [\"u\"]\nsalt = \"t\"\n[toggles.t.variants]\n",
     "roost.toml:4:1: toggles.t.eligible is not in this version; take it out\n"
     "roost.toml:5:1: toggles.t.after is not in this version; take it out\n"
     "roost.toml:6:1: toggles.t.salt is not in this version; take it out\n"
     "roost.toml:7:12: toggles.t.variants is not in this version; take it out"},
    {"planned sections are refused by name", named + "[accounts]\n[ledger]\nsqlite = \"x\"\n[sandboxes]\n",
     "roost.toml:3:2: accounts is not in this version; take it out\n"
     "roost.toml:4:2: ledger is not in this version; take it out\n"
     "roost.toml:6:2: sandboxes is not in this version; take it out"},
    {"a section of an environment does not belong into roost.toml", named + "[memberships]\nhr = []\n",
     "roost.toml:3:2: memberships does not belong here; it belongs into environments/ENV.toml"},
    {"who is on does not belong into roost.toml", named + "[toggles.t]\non = [\"hr\"]\n",
     "roost.toml:4:1: toggles.t.on does not belong here; it belongs into environments/ENV.toml"},
    {"a section written twice is refused", named + "[roles.hr]\n[roles.hr]\n",
     "roost.toml:4:1: no TOML: table header: cannot redefine existing table 'roles.hr'; write each section and each key once"},
    {"a key written twice is refused", named + "name = \"again\"\n",
     "roost.toml:3:8: no TOML: key-value pair: cannot redefine existing string 'name'; "
     "write each section and each key once"},
    {"a string that does not end is refused", named + "[roles.hr]\ndescription = \"HR",
     "roost.toml:4:18: no TOML: string: encountered end-of-file; the file ends too early: close what is open"},
    {"text without quotes is refused", "[project]\nname = payroll\n",
     "roost.toml:2:8: no TOML: value: could not determine value type; text stands in quotes, as \"text\""},
    {"a truth value in capitals is refused", "[project]\nname = True\n",
     "roost.toml:2:8: no TOML: boolean: expected 'true', saw 'T'; write true or false, and text in quotes"},
    {"text that begins like a truth value is not quoted", "[project]\nname = fals3\n",
     "roost.toml:2:12: no TOML: boolean: expected 'false'; write true or false, and text in quotes"},
    {"what is no TOML at all is refused", "CREATE ROLE hr;\n",
     "roost.toml:1:8: no TOML: key-value pair: expected '=', saw 'R'; the language is described at https://toml.io/en/v1.0.0"},
    {"a number that is too large is not quoted", "[project]\nname = 99999999999999999999\n",
     "roost.toml:2:28: no TOML: decimal integer: the number is not representable in 64 bits; text stands in quotes, as \"text\""},
    {"a NUL byte is refused", "[project]\n\0name = \"payroll\"\n"s,
     "roost.toml:2:1: no TOML: root table: expected keys, tables, whitespace or comments, saw '\\u0000'; "
     "take the NUL character out"},
    {"an escaped NUL in a text is refused", "[project]\nname = \"pay\\u0000roll\"\n",
     "roost.toml:2:8: a text that holds a NUL character; no engine takes one: take it out"},
    {"an escaped NUL in a name is refused", named + "[roles.\"h\\u0000r\"]\n",
     "roost.toml:3:8: a text that holds a NUL character; no engine takes one: take it out"},
    {"bytes that are no UTF-8 are refused", "[project]\nname = \"Bü\xFF\"\n",
     "roost.toml:2:11: bytes that are no UTF-8; save the file as UTF-8"},
    {"UTF-8 that is cut short is refused", "[project]\n# B\xC3",
     "roost.toml:2:4: bytes that are no UTF-8; save the file as UTF-8"},
    {"all errors of a file come at once, in the order of places",
     "[toggles.z]\nrequires = 1\n[toggles.a]\nrole = 1\n[project]\nnam = \"x\"\n",
     "roost.toml:2:12: toggles.z.requires is a bare number; "
     "a version is a string, or 5.10 would be 5.1: quote it, as requires = \"5.2\"\n"
     "roost.toml:4:8: toggles.a.role is an integer; it must be a string, as role = \"guineapigs\"\n"
     "roost.toml:5:2: [project] has no name; write the project's name, as name = \"payroll\"\n"
     "roost.toml:6:1: unknown key project.nam; did you mean name?"},
    {"an error stays on one line whatever a key holds", named + "[roles.\"h\\nr\"]\nx = 1\n",
     "roost.toml:4:1: unknown key roles.\"h\\u000Ar\".x; only description is known"},
};
// clang-format on

}  // namespace

TEST_CASE("a roost.toml that is wrong is refused with file, line, column and what would be right") {
    for (const Case& bad : bad_projects) {
        CAPTURE(bad.title);
        CHECK(project_errors(bad.text) == bad.errors);
    }
}

TEST_CASE("a project's roles and toggles are read with their places") {
    const Project read = project(
        "[project]\nname = \"payroll\"\n\n"
        "[toggles.new_payroll]\nrole = \"guineapigs\"\ndescription = \"the new payroll run\"\n"
        "owner = \"payroll team\"\nrequires = \"5.10\"\n\n"
        "[toggles.dark_mode]\nexpires = 2027-03-31\n"
        "[roles.it]\n[roles.hr]\ndescription = \"the HR department\"\n");
    CHECK(read.name == "payroll");
    REQUIRE(read.roles.size() == 2);
    CHECK(read.roles[0].name == "hr");
    CHECK(read.roles[0].description == "the HR department");
    CHECK(read.roles[0].place == Place{"roost.toml", 13, 8});
    CHECK(read.roles[1].name == "it");
    REQUIRE(read.toggles.size() == 2);
    CHECK(read.toggles[0].name == "dark_mode");
    CHECK(read.toggles[0].role == "dark_mode");
    CHECK_FALSE(read.toggles[0].needs);
    CHECK(read.toggles[0].expires == "2027-03-31");
    CHECK(read.toggles[1].expires.empty());
    CHECK(read.toggles[1].role == "guineapigs");
    CHECK(read.toggles[1].description == "the new payroll run");
    CHECK(read.toggles[1].owner == "payroll team");
    REQUIRE(read.toggles[1].needs);
    CHECK(read.toggles[1].needs->text() == "5.10");
    CHECK(read.toggles[1].place == Place{"roost.toml", 4, 10});
}

TEST_CASE("a toggle is found by its name alone") {
    REQUIRE(payroll().toggle("new_payroll"));
    CHECK(payroll().toggle("new_payroll")->role == "guineapigs");
    CHECK_FALSE(payroll().toggle("guineapigs"));
    CHECK_FALSE(payroll().toggle(""));
    CHECK_FALSE(payroll().toggle("zzz"));
}

TEST_CASE("line ends of Windows and a byte-order mark change nothing") {
    const Project read = project("\xEF\xBB\xBF[project]\r\nname = \"payroll\"\r\n[roles.\"Büro\"]\r\n");
    CHECK(read.name == "payroll");
    CHECK(read.roles.at(0).name == "Büro");
    CHECK(read.roles.at(0).place == Place{"roost.toml", 3, 8});
}

TEST_CASE("a project keeps its names as they are written") {
    const Project read = project("[project]\nname = \"${env.HOME} Löhne\"\n[roles.\"a.b C\"]\n");
    CHECK(read.name == "${env.HOME} Löhne");
    CHECK(read.roles.at(0).name == "a.b C");
}

}  // namespace roost::config_test
