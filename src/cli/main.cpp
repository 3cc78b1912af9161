#include "cli/run.hpp"

int main(int argc, char** argv) { return roost::run(argc, argv, roost::process_world()); }
