#include <fmt/format.h>

#include "drivers/sqlite/parts.hpp"

namespace roost::sqlite {
namespace {

std::string set_comment(const std::string& role, const std::string& comment) {
    return fmt::format("UPDATE roost_role SET comment = {} WHERE name = {}", literal(comment), literal(role));
}

std::string delete_edge(const std::string& role, const std::string& member) {
    return fmt::format("DELETE FROM roost_role_member WHERE role = {} AND member = {}", literal(role), literal(member));
}

// The options that are stated, as columns, in each of the three places where SQL wants them.
struct OptionText {
    std::string columns;      // ", admin"
    std::string values;       // ", 1"
    std::string assignments;  // "admin = 1"
};

OptionText option_text(const Options& options) {
    OptionText text;
    const auto add = [&](std::uint32_t bit, std::string_view column) {
        if (!(options.stated & bit)) return;
        const int value = options.value & bit ? 1 : 0;
        text.columns += fmt::format(", {}", column);
        text.values += fmt::format(", {}", value);
        text.assignments += fmt::format("{}{} = {}", text.assignments.empty() ? "" : ", ", column, value);
    };
    add(option::admin, "admin");
    add(option::inherit, "inherit");
    return text;
}

std::string insert_edge(const Grant& grant) {
    const OptionText text = option_text(grant.options);
    return fmt::format(
        "INSERT INTO roost_role_member (role, member{}) VALUES ({}, {}{}) ON CONFLICT (role, member) DO {}",
        text.columns, literal(grant.role), literal(grant.member), text.values,
        text.assignments.empty() ? "NOTHING" : "UPDATE SET " + text.assignments);
}

std::string update_edge(const AlterMembership& alter) {
    return fmt::format("UPDATE roost_role_member SET {} WHERE role = {} AND member = {}",
                       option_text(alter.options).assignments, literal(alter.role), literal(alter.member));
}

struct Sentences {
    std::vector<std::string> operator()(const CreateRole& create) const {
        const std::string name = literal(create.role);
        std::vector<std::string> said = {fmt::format("INSERT OR IGNORE INTO roost_role (name) VALUES ({})", name)};
        if (!create.comment.empty()) said.push_back(set_comment(create.role, create.comment));
        return said;
    }
    std::vector<std::string> operator()(const MarkRole& mark) const { return {set_comment(mark.role, mark.comment)}; }
    std::vector<std::string> operator()(const Grant& grant) const { return {insert_edge(grant)}; }
    std::vector<std::string> operator()(const AlterMembership& alter) const { return {update_edge(alter)}; }
    std::vector<std::string> operator()(const Revoke& revoke) const {
        return {delete_edge(revoke.role, revoke.member)};
    }
    std::vector<std::string> operator()(const auto&) const { return {}; }  // only ever predicted
};

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts&) {
    std::vector<Statement> written;
    for (std::uint32_t i = 0; i < changes.size(); ++i)
        for (std::string& sql : std::visit(Sentences{}, changes[i])) written.push_back({std::move(sql), {}, {i}});
    return written;
}

}  // namespace roost::sqlite
