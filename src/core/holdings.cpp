#include "core/holdings.hpp"

#include <fmt/format.h>

#include "core/describe.hpp"

namespace roost {
namespace {

// "table payslip" with its schema: "table payroll.payslip".
std::string object_of(const Holding& holding) {
    const std::string object = harmless(holding.object);
    if (holding.schema.empty()) return object;
    const auto blank = object.find(' ');
    if (blank == std::string::npos) return fmt::format("{}.{}", shown(holding.schema), object);
    return fmt::format("{} {}.{}", object.substr(0, blank), shown(holding.schema), object.substr(blank + 1));
}

}  // namespace

std::string describe(const Holding& holding, bool is) {
    const std::string object = object_of(holding);
    const std::string holder = holding.holder == "PUBLIC" ? holding.holder : shown(holding.holder);
    const std::string by = holding.grantor.empty() ? "" : fmt::format(", granted by {}", shown(holding.grantor));
    if (holding.kind == "right")
        return fmt::format("{} {} on {} {} {}{}", is ? "grant" : "revoke", harmless(holding.what), object,
                           is ? "to" : "from", holder, is ? std::string{} : by);
    if (holding.kind == "default right")
        return fmt::format("{} {} by default on {} {} {}{}", is ? "grant" : "revoke", harmless(holding.what), object,
                           is ? "to" : "from", holder, by);
    if (holding.kind == "owner")
        return is ? fmt::format("create {}{}", object, holder == "\"\"" ? "" : ", owned by " + holder)
                  : fmt::format("drop {}", object);
    const std::string whose = holding.holder.empty() ? "" : fmt::format(" for {}", holder);
    return fmt::format("{} {}{}{}{}", is ? "set" : "unset",
                       holding.kind == "setting" ? "" : harmless(holding.kind) + " ",
                       object.empty() ? "" : object + ": ", harmless(holding.what), whose);
}

}  // namespace roost
