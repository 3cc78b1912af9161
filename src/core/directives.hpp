// Directives in the leading comments of a script: `-- roost: key = value`, one to a line.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/placeholders.hpp"
#include "core/script.hpp"

namespace roost {

// Values are names or versions, bare or in double quotes, lists with commas. An unknown key, a key twice, a value that
// the key cannot have, a directive after the first statement: all such errors, each at its place, in the order of the
// text.
std::expected<Directives, Errors> read_directives(const Source& source, Phase phase,
                                                  const std::vector<std::string>& environments);

}  // namespace roost
