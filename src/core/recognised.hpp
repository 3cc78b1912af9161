// The parts of recognise(): what each kind of statement does, read from after its first word on.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ddl_reader.hpp"
#include "core/program.hpp"

namespace roost {

using Recognised = std::optional<Deeds>;

inline Recognised opaque() { return std::nullopt; }
inline Recognised changes_nothing() { return Deeds{}; }
inline Deed step(Change change, bool if_needed = false) { return {Do{std::move(change), if_needed}}; }
inline Recognised alone(Deed one) { return Deeds{std::move(one)}; }

// One statement that is no block, from its first word on.
Recognised read_statement(DdlReader& sql);
Recognised read_text(const DdlReader& sql, std::string_view text);  // a dynamic statement

Recognised create_principal(DdlReader& sql);
Recognised replace_principal(DdlReader& sql);  // CREATE OR REPLACE ROLE
Recognised drop_principals(DdlReader& sql);
Recognised alter_members(DdlReader& sql);   // ALTER GROUP r ADD USER u; ALTER ROLE r ADD MEMBER m
Recognised call_procedure(DdlReader& sql);  // EXEC sp_addrolemember 'r', 'm'; EXEC(N'…')
Recognised insert_rows(DdlReader& sql);     // into tables that hold the roles
Recognised delete_rows(DdlReader& sql);
Recognised update_rows(DdlReader& sql);

// Blocks, from their first word on: DO, DECLARE, BEGIN, IF.
Recognised do_block(DdlReader& sql);
Recognised block(DdlReader& sql);
Recognised batch(DdlReader& sql);  // all statements of a batch
// Whether the role graph tells every failure of the body that the handlers may catch.
bool handlers_are_foreseen(const Deeds& body, const std::vector<Handler>& handlers);
bool calls(DdlReader rest);     // something in brackets that is no size, as (30), (10, 2), (30 CHAR) are
bool computes(DdlReader rest);  // what may fail while it is worked out: 1/0
std::optional<std::string> formatted_text(DdlReader& call);  // FORMAT('… %I …', 'name') and no other form of it

// A guard. `hidden`: names of variables, which mean something else in it. nullopt: not exactly understood.
std::optional<Condition> take_condition(DdlReader& sql, const std::vector<std::string>& hidden);
// SELECT … FROM … in a guard, as whether it finds a row; `selecting` is what stands before its FROM, as a form.
struct Finds {
    Condition found;
    bool unique = true;
    Gaps gaps;
};
std::optional<Finds> take_finding(DdlReader& sql, std::string_view selecting, const std::vector<std::string>& hidden);
Condition none_of(Condition condition);
inline Condition always() { return {.kind = Condition::Kind::all_of}; }  // of nothing
Condition variable(std::string name);

}  // namespace roost
