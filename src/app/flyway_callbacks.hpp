// The script callbacks by which Flyway calls roost.
#pragma once

#include <string_view>
#include <vector>

namespace roost {

struct CallbackScript {
    std::string_view name;  // as Flyway finds it
    std::string_view text;
};

// For `sh`, or for PowerShell. Flyway runs every script callback that it finds, on each system: a folder takes one
// kind.
std::vector<CallbackScript> flyway_callbacks(bool powershell);

}  // namespace roost
