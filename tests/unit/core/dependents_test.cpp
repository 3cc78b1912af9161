#include "core/dependents.hpp"

#include <doctest/doctest.h>

#include "core/describe.hpp"
#include "support/graph_text.hpp"
#include "support/plan_text.hpp"

namespace dependents_test {

using namespace roost;

namespace {

constexpr std::uint32_t options = option::admin | option::inherit | option::set;

// anna granted hr on to bert, and bert to cora.
constexpr std::string_view chain = R"(
    user anna, bert, cora, dora, tool
    role hr
    hr: anna(admin, by tool), bert(admin, by anna), cora(by bert), dora(by tool)
)";

std::string planned(std::string_view declared) {
    std::string text;
    for (const PlanLine& line : diff(test::graph(chain), test::declared(declared), options))
        if (!std::holds_alternative<MarkRole>(*line.change)) text += describe(*line.change) + "\n";
    return text;
}

std::string hanging(std::string_view declared) {
    const RoleGraph graph = test::graph(chain);
    std::string text;
    for (const Error& error : hanging_grants(graph, diff(graph, test::declared(declared), options)))
        text += to_string(error) + "\n";
    return text;
}

}  // namespace

TEST_CASE("what a member granted is revoked before the member, the rest by name") {
    CHECK(planned("hr:").find("from cora") < planned("hr:").find("from bert"));
    CHECK(planned("hr:").find("from bert") < planned("hr:").find("from anna"));
    CHECK(planned("hr:").find("from anna") < planned("hr:").find("from dora"));
    CHECK(hanging("hr:").empty());
}

TEST_CASE("ADMIN is taken from a member once what hung on it is gone") {
    const std::string text = planned("hr: anna, dora");
    CHECK(text.find("alter") > text.find("from bert"));
    CHECK(hanging("hr: anna, dora").empty());
}

TEST_CASE("a membership that is to stay is told when the ADMIN that it hangs on would go") {
    CHECK(hanging("hr: bert(admin), cora, dora") ==
          "env.toml:1: anna cannot lose ADMIN on hr: bert has that role by anna's grant; take that grant back by hand, "
          "apply again, and roost grants it anew\n");
    CHECK(hanging("hr: anna, bert(admin), cora, dora").starts_with("env.toml:1: anna cannot lose ADMIN"));
    CHECK(hanging("hr: anna(admin), bert(admin), cora, dora").empty());
}

}  // namespace dependents_test
