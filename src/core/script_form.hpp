// How an engine's own client takes a script: what a report as SQL is written in.
#pragma once

#include <span>
#include <string_view>

namespace roost {

struct ScriptForm {
    std::string_view client = {};         // how to run it: "psql -X -v ON_ERROR_STOP=1 -f plan.sql"
    std::string_view opening = {};        // first line, for the client alone; empty: none
    std::string_view session_begin = {};  // SQL that comes before all else
    std::string_view session_back = {};   // SQL that puts back what a script may have set, after each
    // SQL that makes the tables to which statements about roles write, where roles are rows. Empty: none.
    std::string_view tables = {};
    std::string_view begin = {};  // of the transaction; empty where nothing rolls back
    std::string_view commit = {};
    std::string_view end = ";";  // after a statement
    // Around a statement that holds a semicolon, instead of `end`; {tag} stands for a word that the statement does not
    // hold. Empty: it ends as all others.
    std::string_view block_begin = {};
    std::string_view block_end = {};

    // What the client would take for its own if it stood in a statement, in lower case: at the start of a line, after
    // blanks; at a line's end, of a statement that does not end in a semicolon itself; anywhere. One that ends in a
    // colon counts before a name or a quote alone.
    std::span<const std::string_view> line_starts = {};
    std::span<const std::string_view> line_ends = {};
    std::span<const std::string_view> anywhere = {};
    // Around such a statement, which is then a string that is run, its quotes doubled; and in place of its line ends.
    // Empty: it cannot be written.
    std::string_view text_begin = {};
    std::string_view text_line = {};  // {} stands for the line end's number; empty: it stays
    std::string_view text_end = {};

    // Whose a role is stands in the role's comment. Else it is a row of a table of roost's, which a script leaves out.
    bool has_marks = true;
};

}  // namespace roost
