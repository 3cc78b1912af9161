#include "config/expand.hpp"

#include <fmt/format.h>

#include "config/toml.hpp"

namespace roost::config {

namespace {

constexpr const char* escape_advice = "write ${env.NAME}, or $${ for a literal ${";

}  // namespace

std::expected<Expanded, Errors> expand(std::string_view text, const ProcessVariables& variables, Unset unset) {
    constexpr std::string_view open = "${env.";
    Expanded result;
    Errors errors;
    while (!text.empty()) {
        if (text.starts_with("$${")) {
            result.text += "${";
            text.remove_prefix(3);
            continue;
        }
        if (!text.starts_with("${")) {
            result.text += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::size_t close = text.find('}');
        if (!text.starts_with(open) || close == std::string_view::npos || close == open.size()) {
            errors.push_back(usage_error("a ${ that begins no ${env.NAME}", escape_advice));
            text.remove_prefix(2);
            continue;
        }
        const std::string_view name = text.substr(open.size(), close - open.size());
        text.remove_prefix(close + 1);
        result.secret = true;
        if (unset == Unset::left && value_of(variables, name).empty()) {
            result.text += fmt::format("${{env.{}}}", name);
        } else if (const auto value = variables.find(name); value != variables.end()) {
            result.text += value->second;
        } else {
            errors.push_back(usage_error(fmt::format("the environment variable {} is not set", quoted(name)),
                                         "set it, or write the value another way"));
        }
    }
    if (!errors.empty()) return std::unexpected(std::move(errors));
    return result;
}

}  // namespace roost::config
