// What roost takes from the process it runs in.
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/world.hpp"

namespace roost {

// Runs a program without a shell and gives its standard output; its standard error goes to ours.
Result<std::string> run_program(const std::vector<std::string>& command);

// From its making on, SIGINT and SIGTERM request an interrupt instead of ending the process; the second one ends it.
class Signals {
public:
    explicit Signals(Interrupt& interrupt);
    ~Signals();

private:
    std::jthread watcher_;
};

}  // namespace roost
