// The dry run that tries: scripts and declared changes in a transaction that is rolled back.
#pragma once

#include "app/open.hpp"
#include "app/pipeline.hpp"
#include "app/prepare.hpp"

namespace roost {

// On a connection of its own, under roost's lock, with a limit for each lock and for the whole. Errors: why it is
// refused, what would stop an apply, scripts that change something when they run again.
std::expected<Pipeline::Rehearsed, Errors> rehearse(const World& world, const Common& common, const Opened& opened,
                                                    const Prepared& prepared, const PlanOptions& options);

}  // namespace roost
