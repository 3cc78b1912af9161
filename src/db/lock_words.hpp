// What every engine says of roost's lock, so that its words are the same everywhere.
#pragma once

#include <string>
#include <string_view>

#include "db/driver.hpp"

namespace roost {

// Asks, of the connection that holds it, whether the lock is still had: `query` answers 1. `scope`: "server".
Result<void> lock_is_held(Connection& connection, std::string_view query, std::string_view scope);

Error lost_lock(std::string_view scope, const Error& cause = {});

// Another run has it. What is not known of the holder is left out.
Error taken_lock(std::string_view scope, const LockHolder& holder);

// Cut in its middle to `most` bytes: its end, which is kept, says since when.
std::string cut_holder(std::string_view holder, std::size_t most);
std::string ascii_holder(std::string_view holder, std::size_t most);  // "?" for what is not printable ASCII

}  // namespace roost
