#include <algorithm>

#include "drivers/example/parts.hpp"

namespace roost::example {
namespace {

// By SQLSTATE. Source: ISO/IEC 9075-2, "SQLSTATE class and subclass codes".
struct KnownError {
    std::string_view sqlstate;
    Fault fault;
    bool retry;
    std::string_view advice;
};
constexpr KnownError known_errors[] = {
    {"0L000", Fault::denied, false, "let somebody who may grant it run this"},
    {"0P000", Fault::missing, false, "create the role first"},
    {"28000", Fault::login, false, "check user and password"},
    {"40001", Fault::conflict, true, "another session changed the same: run again"},
    {"42000", Fault::syntax, false, ""},
};

}  // namespace

Diagnosis diagnose(const Error& error) {
    const auto* found = std::ranges::find(known_errors, error.sqlstate, &KnownError::sqlstate);
    if (found == std::end(known_errors)) return {};
    return {found->fault, found->retry, std::string(found->advice)};
}

}  // namespace roost::example
