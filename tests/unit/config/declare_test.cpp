#include <doctest/doctest.h>

#include <algorithm>

#include "unit/config/support.hpp"

namespace roost::config_test {

namespace {

constexpr std::uint32_t all_options = option::admin | option::inherit | option::set | option::default_role;

// An engine that folds names to lower case and cannot hold one with a "!".
Result<std::string> folded(std::string_view name) {
    if (name.find('!') != std::string_view::npos) {
        return fail({.kind = ErrorKind::usage, .message = "a name with a !", .advice = "take it out"});
    }
    std::string result(name);
    std::ranges::transform(result, result.begin(),
                           [](char byte) { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte; });
    return result;
}

// The same, and no role is called like an address.
Result<std::string> folded_role(std::string_view name) {
    if (name.find('@') == std::string_view::npos) return folded(name);
    return fail({.kind = ErrorKind::usage, .message = "a role with an @", .advice = "take it out"});
}

std::expected<Declared, Errors> declared_of(const Project& of, const std::string& text,
                                            std::optional<std::string_view> version, std::uint32_t options) {
    Outside outside;
    auto read = read_environment("dev", {"environments/dev.toml", text}, of, outside.surroundings());
    if (!read) throw std::runtime_error(lines(read.error()));
    std::optional<Version> schema;
    if (version) schema = Version::parse(*version).value();
    return declare(of, *read, {"payroll", "dev", "payroll_db"}, schema, {folded, folded_role}, options,
                   "PostgreSQL 15.18");
}

Declared declared(const std::string& text, std::optional<std::string_view> version = "5.2") {
    auto result = declared_of(payroll(), base + text, version, all_options);
    if (!result) throw std::runtime_error(lines(result.error()));
    return *std::move(result);
}

std::string declare_errors(const Project& of, const std::string& text, std::uint32_t options = all_options) {
    const auto result = declared_of(of, base + text, "5.2", options);
    return result ? "good" : lines(result.error());
}

const DeclaredRole& declared_role(const Declared& all, std::string_view name) {
    const auto found = std::ranges::find(all.roles, name, &DeclaredRole::name);
    REQUIRE(found != all.roles.end());
    return *found;
}

const std::string heading = "[project]\nname = \"payroll\"\n";

}  // namespace

TEST_CASE("of a role that the environment does not set, only that it exists is declared") {
    const Declared all = declared("");
    REQUIRE(all.roles.size() == 3);
    CHECK(all.roles[0].name == "dark_mode");
    CHECK(all.roles[0].toggle == "dark_mode");
    CHECK_FALSE(all.roles[0].members);
    CHECK(all.roles[1].name == "guineapigs");
    CHECK(all.roles[1].toggle == "new_payroll");
    CHECK(all.roles[1].place == Place{"roost.toml", 4, 10});
    CHECK(all.roles[2].name == "hr");
    CHECK(all.roles[2].toggle.empty());
    CHECK(all.roles[2].place == Place{"roost.toml", 3, 8});
    CHECK(all.owner == Mark{"payroll", "dev", "payroll_db"});
}

TEST_CASE("a key in memberships makes a role managed, and its members are sorted") {
    const Declared all = declared("[memberships]\nIT = [\"Zoe\", { member = \"bob\", admin = true }, \"alice\"]\n");
    const DeclaredRole& it = declared_role(all, "it");
    CHECK(it.place == Place{"environments/dev.toml", 4, 1});
    CHECK(it.members_place == it.place);
    REQUIRE(it.members);
    REQUIRE(it.members->size() == 3);
    CHECK(it.members->at(0).member == "alice");
    CHECK(it.members->at(0).options == Options{.stated = option::admin, .value = 0});
    CHECK(it.members->at(1).member == "bob");
    CHECK(it.members->at(1).options == Options{.stated = option::admin, .value = option::admin});
    CHECK(it.members->at(2).member == "zoe");
    CHECK(it.members->at(2).place == Place{"environments/dev.toml", 4, 7});
}

TEST_CASE("an empty list is declared as nobody") {
    const Declared all = declared("[memberships]\nhr = []\n");
    REQUIRE(declared_role(all, "hr").members);
    CHECK(declared_role(all, "hr").members->empty());
    CHECK(declared_role(all, "hr").reason.empty());
    CHECK(declared_role(all, "hr").place == Place{"roost.toml", 3, 8});
    CHECK(declared_role(all, "hr").members_place == Place{"environments/dev.toml", 4, 1});
}

TEST_CASE("a toggle's members are those of its role") {
    const Declared all = declared("[toggles.new_payroll]\non = [\"hr\"]\n", "5.10");
    const DeclaredRole& role = declared_role(all, "guineapigs");
    REQUIRE(role.members);
    CHECK(role.members->at(0).member == "hr");
    CHECK(role.reason.empty());
    CHECK(role.members_place == Place{"environments/dev.toml", 3, 10});
}

TEST_CASE("a toggle that needs a later schema is off, with the reason") {
    const std::string on = "[toggles.new_payroll]\non = [\"hr\"]\n[toggles.dark_mode]\non = [\"hr\"]\n";
    const Declared older = declared(on, "5.1");
    REQUIRE(declared_role(older, "guineapigs").members);
    CHECK(declared_role(older, "guineapigs").members->empty());
    CHECK(declared_role(older, "guineapigs").reason == "new_payroll needs schema 5.2, this is 5.1");
    CHECK(declared_role(older, "dark_mode").members->size() == 1);
    const Declared unknown = declared(on, std::nullopt);
    CHECK(declared_role(unknown, "guineapigs").members->empty());
    CHECK(declared_role(unknown, "guineapigs").reason == "new_payroll needs schema 5.2, no schema version is known");
    CHECK(declared_role(declared(on, "5.2.0"), "guineapigs").members->size() == 1);
}

TEST_CASE("a toggle that is off anyway has no reason to give") {
    const Declared all = declared("[toggles.new_payroll]\non = []\n", "1");
    CHECK(declared_role(all, "guineapigs").members->empty());
    CHECK(declared_role(all, "guineapigs").reason.empty());
}

TEST_CASE("a name that the engine cannot hold is refused at its place") {
    CHECK(declare_errors(project(heading + "[roles.\"r!\"]\n[toggles.\"t!\"]\n"),
                         "[memberships]\n\"m!\" = []\nhr = [\"u!\"]\n[toggles.\"t!\"]\non = [\"v!\"]\n") ==
          "environments/dev.toml:4:1: a name with a !; take it out\n"
          "environments/dev.toml:5:7: a name with a !; take it out\n"
          "roost.toml:3:8: a name with a !; take it out\n"
          "roost.toml:4:10: a name with a !; take it out");
}

// On MariaDB it was made, and then not found: there it is an account's.
TEST_CASE("a name that the engine cannot tell as a role's is refused where it is to be one, and not as a member") {
    const Project of = project(heading + "[roles.\"a@b\"]\n[toggles.t]\nrole = \"c@d\"\n");
    CHECK(declare_errors(of, "[memberships]\n\"e@f\" = []\n") ==
          "environments/dev.toml:4:1: a role with an @; take it out\n"
          "roost.toml:3:8: a role with an @; take it out\n"
          "roost.toml:4:10: a role with an @; take it out");
    CHECK(declare_errors(payroll(), "[memberships]\nhr = [\"alice@localhost\"]\n") == "good");
}

TEST_CASE("an option that the engine lacks is refused at its member") {
    CHECK(declare_errors(payroll(),
                         "[memberships]\nhr = [\"a\", { member = \"b\", inherit = false }]\n"
                         "it = [{ member = \"b\", set = true, default_role = true }]\n",
                         option::admin | option::set) ==
          "environments/dev.toml:4:12: inherit: PostgreSQL 15.18 has no such option of a membership; take it out\n"
          "environments/dev.toml:5:7: default_role: PostgreSQL 15.18 has no such option of a membership; take it out");
}

TEST_CASE("two spellings of one name are refused with both places") {
    CHECK(declare_errors(project(heading + "[roles.hr]\n[roles.HR]\n"), "") ==
          "roost.toml:4:8: \"HR\" and \"hr\" at roost.toml:3:8 are one name to PostgreSQL 15.18; keep one of them");
    CHECK(declare_errors(project(heading + "[toggles.x]\n[toggles.y]\nrole = \"X\"\n"), "") ==
          "roost.toml:4:10: \"X\" and \"x\" at roost.toml:3:10 are one name to PostgreSQL 15.18; keep one of them");
    CHECK(declare_errors(payroll(), "[memberships]\nit = [\"a\"]\nIt = []\n") ==
          "environments/dev.toml:5:1: \"It\" and \"it\" at environments/dev.toml:4:1 are one name to PostgreSQL 15.18; "
          "keep one of them");
    CHECK(declare_errors(payroll(), "[memberships]\nit = [\"a\", \"A\"]\n") ==
          "environments/dev.toml:4:12: \"A\" and \"a\" at environments/dev.toml:4:7 are one name to PostgreSQL 15.18; "
          "keep one of them");
}

TEST_CASE("a role as its own member under another spelling is refused") {
    CHECK(declare_errors(payroll(), "[memberships]\nhr = [\"HR\"]\n") ==
          "environments/dev.toml:4:7: role \"hr\" as a member of itself; take it out");
}

TEST_CASE("two sources for one role under two spellings are refused with both places") {
    CHECK(declare_errors(payroll(), "[memberships]\nGuineapigs = [\"a\"]\n[toggles.new_payroll]\non = []\n") ==
          "environments/dev.toml:5:10: two sources for the members of role \"guineapigs\": toggle \"new_payroll\" at "
          "environments/dev.toml:5:10 and [memberships] at environments/dev.toml:4:1; keep one of them");
}

TEST_CASE("a role of roost.toml may serve a toggle") {
    const Project both = project(heading + "[roles.guineapigs]\n[toggles.t]\nrole = \"guineapigs\"\n");
    const auto result = declared_of(both, base, "5.2", all_options);
    REQUIRE(result);
    REQUIRE(result->roles.size() == 1);
    CHECK(result->roles[0].toggle == "t");
    CHECK(result->roles[0].place == Place{"roost.toml", 3, 8});
}

}  // namespace roost::config_test
