#include <doctest/doctest.h>

#include <algorithm>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

// clang-format off
const Case bad_members[] = {
    {"a list that is a string is refused", base + "[memberships]\nhr = \"alice\"\n",
     "environments/dev.toml:4:6: memberships.hr is a string; it must be an array, as hr = [\"alice\", \"bob\"]"},
    {"a member that is a number is refused", base + "[memberships]\nhr = [\"alice\", 7]\n",
     "environments/dev.toml:4:16: memberships.hr[2] is an integer; "
     "a member is a string or a table, as \"alice\" or { member = \"carol\", inherit = false }"},
    {"an empty member is refused", base + "[memberships]\nhr = [\"\"]\n",
     "environments/dev.toml:4:7: memberships.hr[1] is empty; write something, as [\"alice\", \"bob\"]"},
    {"a member's table without a name is refused", base + "[memberships]\nhr = [{ inherit = false }]\n",
     "environments/dev.toml:4:7: memberships.hr[1] names no member; write { member = \"carol\", … }"},
    {"a member's table with an empty name is refused", base + "[memberships]\nhr = [{ member = \"\" }]\n",
     "environments/dev.toml:4:18: memberships.hr[1].member is empty; write something, as \"carol\""},
    {"an unknown option names the nearest", base + "[memberships]\nhr = [{ member = \"a\", inherits = false }]\n",
     "environments/dev.toml:4:23: unknown key memberships.hr[1].inherits; did you mean inherit?"},
    {"an option is true or false", base + "[memberships]\nhr = [{ member = \"a\", set = \"no\" }]\n",
     "environments/dev.toml:4:29: memberships.hr[1].set is a string; it must be a boolean, as set = true or false"},
    {"a member until a date is not in this version", base + "[memberships]\nhr = [{ member = \"a\", until = 2026-12-24 }]\n",
     "environments/dev.toml:4:23: memberships.hr[1].until is not in this version; take it out"},
    {"a member twice in one list is refused", base + "[memberships]\nhr = [\"a\",\n  { member = \"a\" }]\n",
     "environments/dev.toml:5:3: memberships.hr[2]: \"a\" is in this list already, at environments/dev.toml:4:7; name each member once"},
    {"a role as its own member is refused", base + "[memberships]\nhr = [\"hr\"]\n",
     "environments/dev.toml:4:7: memberships.hr[1]: role \"hr\" as a member of itself; take it out"},
    {"a toggle's role as its own member is refused", base + "[toggles.new_payroll]\non = [\"guineapigs\"]\n",
     "environments/dev.toml:4:7: toggles.new_payroll.on[1]: role \"guineapigs\" as a member of itself; take it out"},
    {"a role without a name is refused", base + "[memberships]\n\"\" = []\n",
     "environments/dev.toml:4:1: memberships.\"\": an empty name; give it a name"},
    {"memberships that are a list are refused", "memberships = []\n" + base,
     "environments/dev.toml:1:15: memberships is an array; it must be a table"},
    {"a toggle that roost.toml does not have names the nearest", base + "[toggles.new_payrol]\non = []\n",
     "environments/dev.toml:3:10: roost.toml has no toggle \"new_payrol\"; did you mean new_payroll?"},
    {"a toggle that says nothing is refused", base + "[toggles.dark_mode]\n",
     "environments/dev.toml:3:10: toggles.dark_mode does not say who is on; "
     "write on = [\"alice\"], on = [] for nobody, or take the section out to leave the toggle alone"},
    {"a toggle that is no table is refused", base + "[toggles]\ndark_mode = [\"a\"]\n",
     "environments/dev.toml:4:13: toggles.dark_mode is an array; it must be a table, as dark_mode = { on = [\"alice\"] }"},
    {"a rollout is not in this version", base + "[toggles.dark_mode]\nrollout = { percent = 10, of = \"hr\" }\n",
     "environments/dev.toml:4:1: toggles.dark_mode.rollout is not in this version; take it out"},
    {"a toggle's role does not belong into an environment", base + "[toggles.dark_mode]\non = []\nrole = \"x\"\n",
     "environments/dev.toml:5:1: toggles.dark_mode.role does not belong here; it belongs into roost.toml"},
    {"two sources for one role's members are refused",
     base + "[toggles.new_payroll]\non = [\"a\"]\n[memberships]\nguineapigs = [\"b\"]\n",
     "environments/dev.toml:6:1: two sources for the members of role \"guineapigs\": toggle \"new_payroll\" at "
     "environments/dev.toml:3:10 and [memberships] at environments/dev.toml:6:1; keep one of them"},
};
// clang-format on

}  // namespace

TEST_CASE("memberships that are wrong are refused with file, line, column and what would be right") {
    for (const Case& bad : bad_members) {
        CAPTURE(bad.title);
        CHECK(environment_errors(bad.text) == bad.errors);
    }
}

TEST_CASE("members are read with the options that are written, and no other") {
    const Environment read = environment(
        base +
        "[memberships]\n"
        "hr = [\"alice\", { member = \"carol\", inherit = false, admin = true, set = true, default_role = false }]\n"
        "empty = []\n");
    REQUIRE(read.memberships.size() == 2);
    CHECK(read.memberships[0].name == "empty");
    CHECK(read.memberships[0].members.empty());
    const MembershipSetting& hr = read.memberships[1];
    CHECK(hr.name == "hr");
    CHECK(hr.place == Place{"environments/dev.toml", 4, 1});
    REQUIRE(hr.members.size() == 2);
    CHECK(hr.members[0].name == "alice");
    CHECK(hr.members[0].options == Options{});
    CHECK(hr.members[0].place == Place{"environments/dev.toml", 4, 7});
    CHECK(hr.members[1].name == "carol");
    CHECK(hr.members[1].options.stated == (option::admin | option::inherit | option::set | option::default_role));
    CHECK(hr.members[1].options.value == (option::admin | option::set));
    CHECK(hr.members[1].place == Place{"environments/dev.toml", 4, 16});
}

TEST_CASE("a toggle is set by the principals who are on") {
    const Environment read = environment(base + "[toggles.new_payroll]\non = [\"hr\"]\n[toggles.dark_mode]\non = []\n");
    REQUIRE(read.toggles.size() == 2);
    CHECK(read.toggles[0].name == "dark_mode");
    CHECK(read.toggles[0].members.empty());
    CHECK(read.toggles[1].name == "new_payroll");
    CHECK(read.toggles[1].members.at(0).name == "hr");
    CHECK(read.toggles[1].place == Place{"environments/dev.toml", 3, 10});
}

TEST_CASE("a file that is cut short never shortens a list") {
    const std::string whole =
        base + "[memberships]\nhr = [\"alice\", { member = \"bob\" }]\nit = [\n  \"carol\",\n  \"dave\",\n]\n" +
        "[toggles.dark_mode]\non = [\"hr\", \"it\"]\n";
    const auto full = [](const MembershipSetting& setting) { return setting.members.size() == 2; };
    std::size_t good = 0;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(whole.substr(0, size));
        Outside outside;
        const File file{"environments/dev.toml", whole.substr(0, size)};
        const auto read = read_environment("dev", file, payroll(), outside.surroundings());
        if (!read) continue;
        ++good;
        CHECK(std::ranges::all_of(read->memberships, full));
        CHECK(std::ranges::all_of(read->toggles, full));
    }
    CHECK(good > 3);
    CHECK(good < whole.size() / 2);
}

TEST_CASE("the role of a toggle that the environment does not set may have its members listed") {
    const Environment read =
        environment(base + "[memberships]\nguineapigs = [\"alice\"]\n[toggles.dark_mode]\non = []\n");
    CHECK(read.memberships.at(0).name == "guineapigs");
}

}  // namespace roost::config_test
