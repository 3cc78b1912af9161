#include "core/import.hpp"

#include <doctest/doctest.h>

#include "core/describe.hpp"
#include "support/graph_text.hpp"

namespace import_test {

using namespace roost;

namespace {

// Names with a ! cannot be declared; those with a dash are spelled with quotes.
std::optional<std::string> spelled(const std::string& name) {
    if (name.contains('!')) return std::nullopt;
    return name.contains('-') ? "'" + name + "'" : name;
}

ImportRules rules() {
    return {.role = spelled,
            .member = spelled,
            .owner = {"payroll", "dev", "db"},
            .options = option::admin | option::inherit | option::set,
            .usual = option::inherit | option::set,
            .kept = {}};
}

// "hr (description): alice, carol (inherit off)", or "hr: ?" where members are not declared; then what is left out.
std::string imported(std::string_view text, const ImportRules& with) {
    const Imported all = import_roles(test::graph(text), with);
    std::string out;
    for (const ImportedRole& role : all.roles) {
        out += role.name + (role.description.empty() ? "" : " (" + role.description + ")") + ":";
        if (!role.members) out += " ?";
        for (const ImportedMember& member : role.members.value_or(std::vector<ImportedMember>{}))
            out += " " + member.name + (member.options.stated ? " (" + describe(member.options) + ")" : "");
        out += "\n";
    }
    for (const auto* reasons : {&all.left_out, &all.undeclared})
        for (const LeftOut& left_out : *reasons) {
            out += reasons == &all.left_out ? "left out, " : "undeclared, ";
            out += left_out.why + ":";
            for (const std::string& what : left_out.what) out += " " + what;
            out += "\n";
        }
    return out;
}

}  // namespace

TEST_CASE("every role is imported with all of its members, and users only where they have members") {
    CHECK(imported("user alice, bob\nrole hr, empty\nhr: bob, alice\nalice: bob", rules()) ==
          "alice: bob\nempty:\nhr: alice bob\n");
}

TEST_CASE("options are told where they are not the usual ones, over all grantors of a membership together") {
    CHECK(imported(
              "user a, b, c\nrole hr, x, y\nhr: a(admin, by x), a(noinherit, by y), b(noinherit), c(noset, noinherit)",
              rules()) == "hr: a (admin on) b (inherit off) c (inherit off, set off)\nx:\ny:\n");
}

TEST_CASE("an option that the engine does not have is not told") {
    ImportRules few = rules();
    few.options = option::admin;
    CHECK(imported("user a\nrole hr\nhr: a(noinherit)", few) == "hr: a\n");
}

TEST_CASE("a default role is told where it is unusual, and its lack where that is") {
    ImportRules with = rules();
    with.options |= option::default_role;
    CHECK(imported("user a, b\nrole hr\nhr: a(default), b", with) == "hr: a (default role on) b\n");
    with.usual |= option::default_role;
    CHECK(imported("user a, b\nrole hr\nhr: a(default), b", with) == "hr: a b (default role off)\n");
}

TEST_CASE("the comment is the description, without the owner's mark") {
    CHECK(imported("role hr, it\ncomment hr = people\\nroost: payroll/dev/db\ncomment it = roost: payroll/dev/db",
                   rules()) == "hr (people):\nit:\n");
}

TEST_CASE("what cannot be managed is left out, with the reason") {
    CHECK(imported("role pg_read(system), root(superuser), theirs, odd!\ncomment theirs = roost: other/prod/db",
                   rules()) ==
          "left out, built in: pg_read\n"
          "left out, managed by other/prod in db: theirs\n"
          "left out, of names that cannot be declared: odd!\n"
          "left out, superusers: root\n");
}

TEST_CASE("a role with one member that cannot be declared is imported without its members") {
    CHECK(imported("user a, b!\nrole hr, it\nhr: a, b!\nit: a", rules()) ==
          "hr: ?\nit: a\nundeclared, the member \"b!\" cannot be declared: hr\n");
}

TEST_CASE("members stay undeclared where a toggle decides by more than the list") {
    ImportRules kept = rules();
    kept.kept = {"hr"};
    CHECK(imported("user a\nrole hr, it\nhr: a\nit: a", kept) ==
          "hr: ?\nit: a\nundeclared, a toggle that requires a schema version has them: hr\n");
}

TEST_CASE("names are told as a declaration spells them, and sorted so") {
    CHECK(imported("user a-b\nrole h-r, it\nh-r: a-b", rules()) == "'h-r': 'a-b'\nit:\n");
}

}  // namespace import_test
