#include <doctest/doctest.h>

#include "core/describe.hpp"
#include "report/words.hpp"

using namespace roost;

TEST_CASE("every change reads the same whether its names are told apart or not") {
    const Change changes[] = {CreateRole{"a b", "c"},
                              MarkRole{"r", "roost: p/e/d"},
                              MarkRole{"r", "free text"},
                              Grant{"r", "m", {}},
                              Grant{"r", "\x1bm", {option::admin | option::inherit, option::admin}},
                              Grant{"r", "m", {option::admin, 0}},
                              AlterMembership{"r", "m", "", {option::inherit, 0}},
                              AlterMembership{"r", "m", "g h", {option::admin, option::admin}},
                              Revoke{"r", "m", ""},
                              Revoke{"r", "m", "g"},
                              DropRole{"r"},
                              CreateUser{"u"}};
    for (const Change& change : changes) {
        std::string text;
        for (const Word& word : words_of(change)) text += word.text;
        CHECK(text == describe(change));
    }
}

TEST_CASE("names stand apart from what is said of them") {
    const auto words = words_of(Change{Revoke{"hr", "Bob Smith", "postgres"}});
    std::vector<std::string> names;
    for (const Word& word : words)
        if (word.is_name) names.push_back(word.text);
    CHECK(names == std::vector<std::string>{"hr", "\"Bob Smith\"", "postgres"});
}

TEST_CASE("findings are told by severity and code, and otherwise in their order") {
    const std::vector<Finding> findings{{"b", Severity::note, {.message = "1"}},
                                        {"b", Severity::warning, {.message = "2"}},
                                        {"a", Severity::warning, {.message = "3"}},
                                        {"z", Severity::error, {.message = "4"}},
                                        {"a", Severity::warning, {.message = "5"}}};
    std::string order;
    for (const Finding* finding : in_order(findings)) order += finding->what.message;
    CHECK(order == "43521");
}
