// The lines of the command-line clients whose scripts people bring along, for SplitRules::client_lines.
#pragma once

#include <array>

#include "core/split_rules.hpp"

namespace roost::clients {

inline constexpr std::string_view take_out = "take the line out";
inline constexpr std::string_view one_database = "take the line out: the environment says which database, and as whom";
inline constexpr std::string_view own_file = "put the statements into a script of their own";
inline constexpr std::string_view no_commands = "take the line out: scripts run no commands of the system";
inline constexpr std::string_view no_end = "take the line out: a script runs to its end, or to the first error";
inline constexpr std::string_view no_questions = "take the line out: nobody can answer here";

// sqlcmd, "sqlcmd commands". EXIT, QUIT, ED and RESET go without the colon too.
inline constexpr auto sqlcmd = std::to_array<ClientLine>({
    {.word = ":setvar", .effect = LineEffect::define},
    {.word = ":on",
     .effect = LineEffect::pass,
     .advice = "take the line out: roost stops at the first error",
     .refused_with = "ignore"},
    {.word = ":r", .advice = own_file},
    {.word = ":connect", .advice = one_database},
    {.word = ":out", .advice = take_out},
    {.word = ":error", .advice = take_out},
    {.word = ":perftrace", .advice = take_out},
    {.word = ":list", .advice = take_out},
    {.word = ":listvar", .advice = take_out},
    {.word = ":serverlist", .advice = take_out},
    {.word = ":xml", .advice = take_out},
    {.word = ":help", .advice = take_out},
    {.word = ":ed", .advice = take_out},
    {.word = ":reset", .advice = take_out},
    {.word = ":exit", .advice = no_end},
    {.word = ":quit", .advice = no_end},
    {.word = ":!!", .advice = no_commands},
    {.word = "!!", .advice = no_commands},
    {.word = "ED", .advice = take_out},
    {.word = "RESET", .advice = take_out},
    {.word = "EXIT", .advice = no_end},
    {.word = "QUIT", .advice = no_end},
});

// SQL*Plus User's Guide, "SQL*Plus Command Reference".
inline constexpr auto sqlplus = std::to_array<ClientLine>({
    {.word = "SET",
     .effect = LineEffect::settings,
     .advice = "take it out: it would change how the script is to be read",
     .refused_with = "BLO[CKTERMINATOR] CMDS[EP] CON[CAT] ESC[APE] ESCCHAR SQLPRE[FIX] SQLT[ERMINATOR]",
     .sql_before = "ROLE TRANSACTION CONSTRAINT CONSTRAINTS"},
    {.word = "DEF[INE]", .effect = LineEffect::define},
    {.word = "UNDEF[INE]", .effect = LineEffect::undefine},
    {.word = "EXEC[UTE]", .effect = LineEffect::run},
    {.word = "WHENEVER",
     .effect = LineEffect::pass,
     .advice = "write EXIT in place of CONTINUE: roost stops at the first error",
     .refused_with = "CONTINUE"},
    {.word = "REM[ARK]", .effect = LineEffect::pass},
    {.word = "PRO[MPT]", .effect = LineEffect::pass},
    {.word = "SHO[W]", .effect = LineEffect::pass},
    {.word = "TIMI[NG]", .effect = LineEffect::pass},
    {.word = "CL[EAR]", .effect = LineEffect::pass},
    {.word = "COL[UMN]", .effect = LineEffect::pass},
    {.word = "BRE[AK]", .effect = LineEffect::pass},
    {.word = "COMP[UTE]", .effect = LineEffect::pass},
    {.word = "TTI[TLE]", .effect = LineEffect::pass},
    {.word = "BTI[TLE]", .effect = LineEffect::pass},
    {.word = "REPH[EADER]", .effect = LineEffect::pass},
    {.word = "REPF[OOTER]", .effect = LineEffect::pass},
    {.word = "DESC[RIBE]", .effect = LineEffect::pass},
    {.word = "SPO[OL]", .advice = take_out},
    {.word = "ACC[EPT]", .advice = no_questions},
    {.word = "PAU[SE]", .advice = no_questions},
    {.word = "PASSW[ORD]", .advice = no_questions},
    {.word = "CONN[ECT]", .advice = one_database},
    {.word = "DISC[ONNECT]", .advice = one_database},
    {.word = "HO[ST]", .advice = no_commands},
    {.word = "!", .advice = no_commands},
    {.word = "@", .advice = own_file},
    {.word = "STA[RT]", .advice = own_file},
    {.word = "GET", .advice = own_file},
    {.word = "EXIT", .advice = no_end},
    {.word = "QUIT", .advice = no_end},
    {.word = "VAR[IABLE]", .advice = "declare it in a block: DECLARE … BEGIN … END;"},
    {.word = "PRI[NT]", .advice = take_out},
    {.word = "COPY", .advice = take_out},
    {.word = "STORE", .advice = take_out},
    {.word = "SAV[E]", .advice = take_out},
    {.word = "RUN", .advice = take_out},
    {.word = "LIST", .advice = take_out},
    {.word = "ED[IT]", .advice = take_out},
    {.word = "HELP", .advice = take_out},
    {.word = "STARTUP", .advice = take_out},
    {.word = "SHUTDOWN", .advice = take_out},
    {.word = "RECOVER", .advice = take_out},
    {.word = "ARCHIVE", .advice = take_out},
});

// The mariadb client, "mariadb Commands". USE is a statement.
inline constexpr auto mariadb = std::to_array<ClientLine>({
    {.word = "DELIMITER", .effect = LineEffect::delimiter},
    {.word = "warnings", .effect = LineEffect::pass},
    {.word = "nowarning", .effect = LineEffect::pass},
    {.word = "notee", .effect = LineEffect::pass},
    {.word = "nopager", .effect = LineEffect::pass},
    {.word = "rehash", .effect = LineEffect::pass},
    {.word = "source", .advice = own_file},
    {.word = "\\.", .advice = own_file},
    {.word = "system", .advice = no_commands},
    {.word = "\\!", .advice = no_commands},
    {.word = "tee", .advice = take_out},
    {.word = "pager", .advice = take_out},
    {.word = "edit", .advice = take_out},
    {.word = "print", .advice = take_out},
    {.word = "prompt", .advice = take_out},
    {.word = "clear", .advice = take_out},
    {.word = "status", .advice = take_out},
    {.word = "charset", .advice = "write SET NAMES"},
    {.word = "connect", .advice = one_database},
    {.word = "go", .advice = "end the statement with ; or \\g"},
    {.word = "ego", .advice = "end the statement with ; or \\G"},
    {.word = "exit", .advice = no_end},
    {.word = "quit", .advice = no_end},
});

}  // namespace roost::clients
