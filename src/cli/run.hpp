// The command line: options to a command, its report to the terminal, its status to the shell.
#pragma once

#include "app/world.hpp"

namespace roost {

// The world of this process: its environment, clock, user and host. Connections are not wrapped, nothing is said yet.
World process_world();

// Runs one command and gives the exit status. Sets World::say and World::interrupt.
int run(int argc, const char* const* argv, World world);

}  // namespace roost
