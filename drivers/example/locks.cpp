#include "drivers/example/parts.hpp"

namespace roost::example {

// The lock covers whatever a role is visible in, names its holder to those who wait, and goes when the process dies.
Result<std::unique_ptr<Lock>> lock(const Target&, const LockRequest&, const Opener&) { return to_be_written("lock"); }

}  // namespace roost::example
