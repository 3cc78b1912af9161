// Saved plans: made by plan, obeyed by apply.
#pragma once

#include "app/open.hpp"
#include "app/prepare.hpp"
#include "report/saved_plan.hpp"

namespace roost {

// The plan as it is to be kept: for what, on what, and the statements of `body`.
SavedPlan saved_plan(const World& world, const Opened& opened, const Prepared& prepared, const PlanBody& body,
                     const PlanOptions& options);

// Statements of scripts that a plan cannot hold, as comparing them would take a secret.
Errors unsaveable(const Prepared& prepared);

// Errors, kind usage: it cannot be read, or is none.
Result<SavedPlan> load_saved_plan(const std::filesystem::path& file);

// Why it may not be applied now: stale, foreign, expired or used; refusals. Reads the ledger.
Errors saved_plan_errors(const Opened& opened, const Prepared& prepared, const SavedPlan& saved, const SavedPlan& now);

}  // namespace roost
