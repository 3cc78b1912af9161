// What is to be told, or refused, whatever the plan is: findings that come from where and on what a run works.
#pragma once

#include "app/prepare.hpp"

namespace roost {

// Adds to findings and refusals: a connection in clear text, roles that are not seen, toggles that are off, not set or
// past their day (`today`, as "2027-03-31"), holds of a later version.
void note_circumstances(Prepared& prepared, const Loaded& loaded, const Session& session, std::string_view today);

}  // namespace roost
