// The owner's mark: one environment owns a role on a server, and says so in a line of the role's comment.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace roost {

struct Mark {
    std::string project;
    std::string environment;
    std::string database;
    bool operator==(const Mark&) const = default;
};

std::string to_string(const Mark& mark);  // "roost: payroll/staging/payroll_db"; parts are percent-encoded where they
                                          // hold / % or a line end
// The mark in a role's comment: the first line of that form.
std::optional<Mark> mark_in(std::string_view comment);
// The comment with the mark on a line of its own, after what stood there.
std::string marked(std::string_view comment, const Mark& mark);

}  // namespace roost
