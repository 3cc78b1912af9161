// The project's scripts as callbacks that Flyway runs by itself.
#pragma once

#include <expected>
#include <set>
#include <string>
#include <vector>

#include "app/load.hpp"

namespace roost {

struct RenderedScript {
    const Script* script = nullptr;
    std::string text;                  // what is not secret is put in
    std::set<std::string> given = {};  // names of the placeholders that Flyway has to be given
};

// Of this environment, in roost's order, of every event. Errors, of kind usage: what roost does with a script and
// Flyway would not, all of them.
std::expected<std::vector<RenderedScript>, Errors> rendered_scripts(const World& world, const Loaded& loaded);

}  // namespace roost
