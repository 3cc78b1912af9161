#include "app/redacted.hpp"

#include <utility>

namespace roost {
namespace {

// Every name and text that a change has.
struct RedactChange {
    const Redactor& redactor;
    template <class Any>
    void operator()(Any& change) const {
        if constexpr (requires { change.role; }) change.role = redactor(change.role);
        if constexpr (requires { change.user; }) change.user = redactor(change.user);
        if constexpr (requires { change.member; }) change.member = redactor(change.member);
        if constexpr (requires { change.grantor; }) change.grantor = redactor(change.grantor);
        if constexpr (requires { change.comment; }) change.comment = redactor(change.comment);
    }
};

}  // namespace

void redact(Error& error, const Redactor& redactor) {
    error.message = redactor(error.message);
    error.advice = redactor(error.advice);
}

void redact(PlanBody& body, const Redactor& redactor) {
    for (PlanLine& line : body.lines) {
        line.text = redactor(line.text);
        if (line.change) std::visit(RedactChange{redactor}, *line.change);
    }
    for (SqlStatement& statement : body.sql) {
        const std::string whole = std::exchange(statement.sql, redactor(statement.sql));
        statement.leaves_out = statement.leaves_out || whole != statement.sql;
        statement.about = redactor(statement.about);
    }
    for (Picture::Node& node : body.picture.nodes) node.name = redactor(node.name);
}

}  // namespace roost
