// [flyway] of an environment's file, and what of Flyway's own configuration an environment takes over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "config/database.hpp"
#include "config/reader.hpp"

namespace roost::config {

struct FlywaySection {
    std::string environment;         // empty: the environment's own name, or Flyway's only one
    std::vector<std::string> files;  // empty: where Flyway looks
    Place place;
};

void read_flyway(const Node& node, FlywaySection& section, Reader& reader);

// Fills what `root`, the environment's file, leaves open; where both speak, the file wins, and a note says so. User and
// password go with the address: Flyway's are taken where its address is, too.
void take_flyway(const Node& root, const FlywaySection& section, const Surroundings& surroundings, Database& database,
                 Environment& environment, Reader& reader);

}  // namespace roost::config
