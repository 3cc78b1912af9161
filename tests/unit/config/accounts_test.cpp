#include <doctest/doctest.h>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

std::string members(const std::vector<MemberSetting>& list) {
    std::string text;
    for (const MemberSetting& member : list)
        text += (text.empty() ? "" : " ") + member.name + (member.options.value & option::admin ? "(admin)" : "");
    return text;
}

const Case bad_accounts[] = {
    {"accounts that are a string are refused", base + "[accounts]\nalice = \"a\"\n",
     "environments/dev.toml:4:9: accounts.alice is a string; it must be an array, as alice = "
     "[\"alice@10.0.0.%\", \"alice_app\"]"},
    {"a person without an account is refused", base + "[accounts]\nalice = []\n",
     "environments/dev.toml:4:1: accounts.alice names no account; write alice = [\"alice@10.0.0.%\", \"alice_app\"], "
     "or take it out"},
    {"an account that is a number is refused", base + "[accounts]\nalice = [7]\n",
     "environments/dev.toml:4:10: accounts.alice[1] is an integer; it must be a string, as \"alice_app\""},
};

}  // namespace

TEST_CASE("a person's accounts stand in every list where the person is named, with the same options") {
    const Environment read = environment(base +
                                         "[accounts]\nalice = [\"alice@10.0.0.%\", \"alice_app\"]\n"
                                         "[memberships]\nhr = [\"bob\", { member = \"alice\", admin = true }]\n"
                                         "[toggles.new_payroll]\non = [\"alice\"]\n");
    CHECK(members(read.memberships.at(0).members) == "bob alice@10.0.0.%(admin) alice_app(admin)");
    CHECK(members(read.toggles.at(0).members) == "alice@10.0.0.% alice_app");
}

TEST_CASE("accounts that cannot be read are refused") {
    for (const Case& each : bad_accounts) {
        CAPTURE(each.title);
        CHECK(environment_errors(each.text) == each.errors);
    }
}

}  // namespace roost::config_test
