#include "report/json_text.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace roost {

TEST_CASE("JSON text holds nothing that steers a terminal, and is the same value") {
    const std::string name = "plain \u00e9 \u202e \u009b31m \U000e0041 \ufeff \u2028 end";
    const std::string text = nlohmann::json(name).dump();
    const std::string inert = inert_json(text);
    CHECK(inert == "\"plain \u00e9 \\u202e \\u009b31m \\udb40\\udc41 \\ufeff \\u2028 end\"");
    CHECK(nlohmann::json::parse(inert) == nlohmann::json(name));
    CHECK(inert_json(R"({"a": "b\\n"})") == R"({"a": "b\\n"})");
}

}  // namespace roost
