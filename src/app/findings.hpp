// What `check` has to say beside the drift: gathered from all that was read, and from what the database grants.
#pragma once

#include "app/prepare.hpp"

namespace roost {

// One query. What stands against a run is in it, as an error, and taken out of `prepared`; members that do not exist
// are of this severity. An error where the query failed for another reason than missing rights.
Result<Findings> findings_of(const Loaded& loaded, const Session& session, Prepared& prepared, Severity missing);

}  // namespace roost
