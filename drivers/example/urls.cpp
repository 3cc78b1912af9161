#include "drivers/example/parts.hpp"

namespace roost::example {

bool takes(std::string_view url) { return url.starts_with("jdbc:example:"); }

// Refuses what cannot be connected to, or only less safely than asked; db/jdbc.hpp takes URLs apart.
Result<void> check(const Target&) { return to_be_written("check"); }

// odbc::connect() makes a connection out of a connection string.
Result<std::unique_ptr<Connection>> connect(const Target&) { return to_be_written("connect"); }

std::vector<Secret> secrets(const Target& target) { return {target.password}; }

}  // namespace roost::example
