// The parts of to_html: each gives whole elements, and nothing where there is nothing to say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "report/report.hpp"

namespace roost::html {

extern const std::string_view style_sheet;

struct Section {
    std::string id;
    std::string title;
    std::size_t number = 0;  // beside its title; 0: none
    std::string content;     // empty: it is left out
};

Section errors(const Report& report);
Section changes(const Report& report, const PlanBody& body);
Section scripts(const PlanBody& body);
Section rehearsal(const Report& report, const PlanBody& body);
Section graph(const PlanBody& body);
Section sql(const Report& report, const PlanBody& body);
Section history(const HistoryBody& body, std::string title);
Section toggles(const StatusBody::Environment& environment, std::string id);
Section findings(const Report& report);

std::string code(std::string_view text);           // <code>, escaped
std::string place(const Place& place);             // "" where there is none
std::string_view class_of(std::string_view mark);  // of "+", "-" and so on: the style that colours it
// A table that becomes a list of cards on a phone: `head` names the columns, `rows` are what cell() and row() give.
std::string table(std::string_view caption, const std::vector<std::string_view>& head, std::string_view rows);
std::string cell(std::string_view head, std::string_view content, std::string_view style = {});
std::string row(std::string_view cells, std::string_view style = {});

}  // namespace roost::html
