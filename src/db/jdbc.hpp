// What the JDBC URLs of several engines have in common. Messages never quote values: they may be passwords.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace roost::jdbc {

// Percent-decoded UTF-8, "+" read as a blank: java.net.URLDecoder, which pgjdbc applies to databases and parameters.
Result<std::string> form_decoded(std::string_view text);

struct Authority {
    std::string host;  // without the brackets of an IPv6 address; empty where not given
    std::string port;  // digits; empty where not given
};
// "host", "host:5432", "[::1]:5432". Several hosts are refused.
Result<Authority> authority(std::string_view text);

struct Parameter {
    std::string name;
    std::string value;  // decoded
};
// "a=b&c=d", in the order given. A name without "=" has an empty value; a name given twice is an error.
Result<std::vector<Parameter>> parameters(std::string_view text);
// Empty where there is none of that name.
std::string value_of(const std::vector<Parameter>& parameters, std::string_view name);

// "url?a=b" with one more: percent-encoded.
Result<std::string> with_parameter(std::string_view url, std::string_view name, std::string_view value);

struct NotTaken {
    std::string_view name;
    std::string_view why;  // and what to do instead
};
// An error for a parameter that is neither in `kept` nor in `of_java`, which concern the JDBC driver alone.
Result<void> check_known(const std::vector<Parameter>& parameters, std::span<const std::string_view> kept,
                         std::span<const std::string_view> of_java, std::span<const NotTaken> not_taken);

}  // namespace roost::jdbc
