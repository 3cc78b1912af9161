// [accounts] of an environment's file: one person, the several accounts of theirs.
#pragma once

#include "config/config.hpp"
#include "config/reader.hpp"

namespace roost::config {

void read_accounts(const Node& node, Environment& environment, Reader& reader);

// Puts a person's accounts in the person's place, in every list of members: they move together.
void expand_accounts(Environment& environment);

}  // namespace roost::config
