// Lists of members: of a role in [memberships], of a toggle's role in [toggles.X] on = […].
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace roost::config {

// nullopt for what is no array; the members that are wrong are left out.
std::optional<std::vector<MemberSetting>> read_members(const Node& list, std::string_view role, Reader& reader);

// [memberships] and [toggles] of an environment's file.
void read_memberships(const Node& node, Environment& environment, Reader& reader);
void read_toggles(const Node& node, Environment& environment, const Project& project, Reader& reader);

// A role that both [memberships] and a toggle of the environment fill has two sources.
void refuse_two_sources(const Environment& environment, const Project& project, Reader& reader);

}  // namespace roost::config
