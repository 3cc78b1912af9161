// What every report for people says in the same words: the headline, the counts, the marks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace roost {

Doing doing(const PlanLine& line);
std::string_view mark_of(Doing doing);  // "+", "~", "-", "?"

// describe(change), cut where names begin and end.
struct Word {
    std::string text;  // a name as shown() gives it
    bool is_name = false;
};
std::vector<Word> words_of(const Change& change);

// "PostgreSQL 15.18, database payroll, schema version 5.2"; empty where nothing is known.
std::string where(const RunHeader& header);

// "2 to grant", "1 opaque statement"; of what is done "2 granted".
struct Count {
    Doing doing = Doing::adds;
    std::size_t number = 0;
    std::string what;
};
std::vector<Count> counts_of(const PlanBody& body);
std::string in_words(const std::vector<Count>& counts);  // "1 to create, 2 to grant"

// The result in one sentence; empty for commands whose body says it all.
std::string verdict(const Report& report);

std::string_view to_string(Severity severity);
// Those of one severity, errors first; each group by code, then in their order.
std::vector<const Finding*> in_order(const std::vector<Finding>& findings);

// "1 script", "2 scripts".
std::string counted(std::size_t number, std::string_view what);

}  // namespace roost
