// What an engine's script language has, as data: each field is something that some engine has and another has not.
// Sources: the reference documentation of each engine, "Lexical structure", and that of its command-line client.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/role_rules.hpp"

namespace roost {

// What a line of the engine's command-line client means to us.
enum class LineEffect : std::uint8_t {
    refuse,     // an error
    pass,       // passed over
    define,     // NAME = VALUE or NAME VALUE: gives a variable its value
    undefine,   // NAME …: takes the values away
    settings,   // NAME VALUE …: passed over, but for what switches variables on and off
    run,        // the rest is a call, sent as BEGIN rest; END;
    delimiter,  // the next word ends statements from here on
};

// A line of the client among statements.
struct ClientLine {
    std::string_view word;  // "EXEC[UTE]": what stands in brackets may be cut short. A sign needs no blank after it
    LineEffect effect = LineEffect::refuse;
    std::string_view advice = {};        // to a refusal
    std::string_view refused_with = {};  // words of which one anywhere in the line makes it refused
    std::string_view sql_before = {};    // words of which one next makes it a statement of SQL
};

enum class VariableStyle : std::uint8_t { none, dollar, ampersand };  // $(name); &name, &&name, &name.

struct SplitRules {
    // comments
    bool nested_comments = false;    // /* /* */ */
    bool hash_comments = false;      // # to the end of the line
    bool dash_needs_blank = false;   // -- begins a comment only before a blank or the end of the line
    bool executed_comments = false;  // /*! … */ and /*M! … */ are run
    // strings and names
    bool dollar_quotes = false;       // $tag$ … $tag$
    bool escape_strings = false;      // E'…\'…'
    bool backslash_escapes = false;   // '…\'…', in every string
    bool national_strings = false;    // N'…'
    bool alternative_quotes = false;  // q'[…]', nq'{…}'
    bool quotes_are_strings = false;  // "…" is a string
    bool bracket_names = false;       // [name]
    bool doubled_brackets = false;    // [na]]me]
    bool backtick_names = false;      // `name`
    std::string_view in_names = {};   // signs within a name, beside letters, digits, _ and $
    // statements
    bool copy_data = false;       // COPY … FROM STDIN; and its data up to \. on a line of its own
    bool atomic_bodies = false;   // BEGIN ATOMIC … END in a function's body
    bool trigger_bodies = false;  // CREATE TRIGGER … BEGIN … END
    bool compound_bodies = false;  // BEGIN NOT ATOMIC …, IF …; CREATE PROCEDURE … BEGIN …, as long as ; ends statements
    bool slash_blocks = false;  // DECLARE, BEGIN, CREATE PROCEDURE … up to a / on a line of its own
    bool batches = false;       // only GO [count] on a line of its own ends a statement
    // the command-line client
    std::span<const ClientLine> client_lines = {};  // where a statement may begin; of batches: at each line's start
    bool dash_continues = false;                    // such a line goes on after a - at its end
    bool backslash_commands = false;                // \g and \G end a statement, other commands are refused
    VariableStyle variables = VariableStyle::none;

    RoleRules roles = {};
};

}  // namespace roost
