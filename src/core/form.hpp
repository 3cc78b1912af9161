// Forms: SQL with gaps, as data (RoleRules). What stands in a form is separated by blanks:
//
//     WORD   that word unquoted, in any case, or quoted as the dictionary has it; a sign; 'text', a string that says so
//     $role  a string, kept as what it stands for ($role, $member, $name; the same again where it is named twice)
//     ^role  the same inside UPPER ( … )
//     $x     something that stands for a row: a literal, *, a column
//     $*     the same that is never NULL: a literal, *
//     ~a     an alias: any word, the same wherever ~a stands
//     [ … ]  that or nothing; { … | … } one of them
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/recognise.hpp"
#include "core/splitter.hpp"

namespace roost {

struct Fit {
    std::size_t end = 0;  // the first token behind it
    std::map<std::string, std::string, std::less<>> gaps;
};
// Whether tokens from `at` on fit the form. Words in `hidden`, in capitals, fit no word of it.
std::optional<Fit> fits(std::string_view form, const std::vector<Token>& tokens, std::size_t at, Folding folding,
                        const std::vector<std::string>& hidden);

}  // namespace roost
