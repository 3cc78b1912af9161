// The parts of recognise(): what each kind of statement changes, read from after its first word on.
#pragma once

#include <optional>
#include <vector>

#include "core/change.hpp"
#include "core/ddl_reader.hpp"

namespace roost {

using Recognised = std::optional<std::vector<Change>>;

inline Recognised opaque() { return std::nullopt; }
inline Recognised changes_nothing() { return std::vector<Change>{}; }

Recognised create_principal(DdlReader& sql);
Recognised drop_principals(DdlReader& sql);
Recognised alter_members(DdlReader& sql);    // ALTER GROUP r ADD USER u; ALTER ROLE r ADD MEMBER m
Recognised call_for_member(DdlReader& sql);  // EXEC sp_addrolemember 'r', 'm'

}  // namespace roost
