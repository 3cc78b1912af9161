#include "config/write.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "unit/config/support.hpp"

namespace roost::write_test {

namespace {

ImportedRole filled(std::string name, std::vector<ImportedMember> members, std::string description = {}) {
    return {.name = name, .canonical = name, .description = std::move(description), .members = std::move(members)};
}

const std::string odd[] = {
    "plain",
    "Mixed Case",
    " blank ",
    "it's",
    "quo\"te",
    "back\\slash",
    "dot.ted",
    "br[ack]et",
    "#hash",
    "key = value",
    "[roles]",
    "tab\ttab",
    "two\nlines",
    "\r",
    "\x1b[31mred\x7F",
    "\xC2\x85next",
    "\xE2\x80\xAEleft",
    "\xEF\xBB\xBF",
    "caf\xC3\xA9",
    "cafe\xCC\x81",
    "\xF0\x9F\x8E\x89",
    "true",
    "1979-05-27",
    "-",
    "\"\"\"",
};

}  // namespace

TEST_CASE("a name of any kind comes back from the file as it was") {
    std::vector<ImportedRole> roles;
    for (const std::string& name : odd) roles.push_back(filled(name, {{.name = name + "'s", .options = {}}}, name));
    const auto project = read_project({"roost.toml", "[project]\nname = \"p\"\n" + toml_roles(roles)});
    REQUIRE(project);
    REQUIRE(project->roles.size() == std::size(odd));
    for (const std::string& name : odd) {
        const auto found = std::ranges::find(project->roles, name, &RoleSetting::name);
        REQUIRE_MESSAGE(found != project->roles.end(), name);
        CHECK(found->description == name);
    }
    const std::string text = "[database]\nurl = \"jdbc:sqlite:x\"\n" + toml_memberships(roles, {});
    const auto environment = read_environment("dev", {"environments/dev.toml", text}, *project, {});
    REQUIRE(environment);
    for (const std::string& name : odd) {
        const auto found = std::ranges::find(environment->memberships, name, &MembershipSetting::name);
        REQUIRE_MESSAGE(found != environment->memberships.end(), name);
        CHECK(found->members.front().name == name + "'s");
    }
}

TEST_CASE("nothing that steers a terminal stands in the file as it is") {
    for (const std::string& name : odd)
        for (const char* hidden : {"\n", "\r", "\t", "\x1b", "\x7F", "\xC2\x85", "\xE2\x80\xAE", "\xEF\xBB\xBF"})
            CHECK_FALSE(toml_key(name).contains(hidden));
}

TEST_CASE("a role is a line, its members in quotes, with the options that are stated") {
    const std::vector<ImportedRole> roles = {
        filled("a b", {}),
        filled("hr", {{.name = "alice", .options = {}},
                      {.name = "carol", .options = {option::admin | option::inherit, option::admin}}}),
        {.name = "undeclared", .canonical = "undeclared", .description = "", .members = std::nullopt}};
    CHECK(toml_memberships(roles, {}) ==
          "[memberships]   # role -> its whole direct membership\n"
          "\"a b\" = []\n"
          "hr = [\"alice\", { member = \"carol\", admin = true, inherit = false }]\n");
    CHECK(toml_roles(roles) == "[roles]\n\"a b\" = {}\nhr = {}\nundeclared = {}\n");
}

TEST_CASE("a long list is wrapped, and holds the same members") {
    std::vector<ImportedMember> members;
    for (int i = 100; i < 200; ++i) members.push_back({.name = "member" + std::to_string(i), .options = {}});
    const std::string text = toml_memberships({filled("hr", members)}, {});
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        CHECK(end - at <= 100);
        at = end + 1;
    }
    const auto environment = read_environment(
        "dev", {"environments/dev.toml", "[database]\nurl = \"jdbc:sqlite:x\"\n" + text}, Project{}, {});
    REQUIRE(environment);
    CHECK(environment->memberships.front().members.size() == 100);
}

TEST_CASE("the members of a toggle's role stand in the toggle's section") {
    const std::vector<ImportedRole> roles = {filled("guineapigs", {{.name = "hr", .options = {}}}), filled("hr", {})};
    CHECK(toml_memberships(roles, {{"guineapigs", "new payroll"}}) ==
          "[memberships]   # role -> its whole direct membership\nhr = []\n"
          "\n[toggles.\"new payroll\"]\non = [\"hr\"]\n");
}

}  // namespace roost::write_test
