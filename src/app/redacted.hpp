// Secrets taken out of what a report says: the catalogue may hold what a placeholder put into it.
#pragma once

#include "core/secret.hpp"
#include "report/report.hpp"

namespace roost {

void redact(Error& error, const Redactor& redactor);
void redact(PlanBody& body, const Redactor& redactor);

}  // namespace roost
