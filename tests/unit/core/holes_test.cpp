#include "core/holes.hpp"

#include <doctest/doctest.h>

namespace holes_test {
namespace {

std::string put_in(std::string_view text) {
    return roost::filled(text, [](std::string_view name, std::string_view before) -> std::optional<std::string> {
        if (name == "table") return "{hash}";
        if (name == "hash") return "7";
        if (name == "length") return std::to_string(before.size());
        return std::nullopt;
    });
}

}  // namespace

TEST_CASE("each hole is filled, and what was put in is not looked at again") {
    CHECK(put_in("{table}, {hash}{table}") == "{hash}, 7{hash}");
    CHECK(put_in("12345{length}") == "123455");
    CHECK(put_in("{table}{length}") == "{hash}6");
}

TEST_CASE("what is no hole stays") {
    CHECK(put_in("") == "");
    CHECK(put_in("{ {none} {hash") == "{ {none} {hash");
    CHECK(put_in("{{hash}}") == "{7}");
}

}  // namespace holes_test
