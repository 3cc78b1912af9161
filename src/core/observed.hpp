// What scripts really did, told from the database before and after them.
#pragma once

#include <vector>

#include "core/graph.hpp"
#include "core/holdings.hpp"
#include "core/plan.hpp"

namespace roost {

// What the database holds at one moment; data is no part of it.
struct Snapshot {
    RoleGraph graph;
    Holdings holdings;
};

// In what two snapshots differ, as lines of evidence `rehearsed` at `place`: first principals and memberships as
// changes, then rights, owners, settings and definitions as text.
std::vector<PlanLine> observed(const Snapshot& before, const Snapshot& after, const Place& place);

// The observed lines, each that was predicted with its prediction's place.
std::vector<PlanLine> placed(std::vector<PlanLine> seen, const std::vector<PlanLine>& predicted);

}  // namespace roost
