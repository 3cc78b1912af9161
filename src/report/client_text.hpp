// A statement as the engine's own client must be given it, so that nothing in it is taken for a command of the
// client's.
#pragma once

#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/script_form.hpp"

namespace roost {

// The statement with what ends it. An error where the client cannot be given it at all.
Result<std::string> client_text(std::string_view statement, const ScriptForm& form);

// Text as a comment of one line, whatever it holds.
std::string client_comment(std::string_view text);

// The statement with line ends after commas, outside of names and strings, where a line would be long.
std::string in_short_lines(std::string_view statement);

}  // namespace roost
