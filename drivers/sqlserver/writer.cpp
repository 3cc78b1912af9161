#include <fmt/format.h>

#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

// Roles have no comment here: it is a row of roost.role, with the role's number and date so that it ends with the role.
std::vector<std::string> set_comment(const std::string& role, const std::string& comment) {
    const std::string name = literal(role);
    return {
        fmt::format("DELETE FROM roost.role WHERE name = {}", name),
        fmt::format("INSERT INTO roost.role (name, principal_id, created_at, comment) SELECT p.name, p.principal_id, "
                    "CONVERT(nvarchar(30), p.create_date, 126), {} FROM sys.database_principals p WHERE p.name = {}",
                    literal(comment), name)};
}

// Whether the member is in the role directly. What happens to one that is already, or that is not, no source says.
std::string membership(const std::string& role, const std::string& member) {
    return fmt::format(
        "EXISTS (SELECT 1 FROM sys.database_role_members m WHERE m.role_principal_id = DATABASE_PRINCIPAL_ID({}) AND "
        "m.member_principal_id = DATABASE_PRINCIPAL_ID({}))",
        literal(role), literal(member));
}

struct Sentences {
    std::vector<std::string> operator()(const CreateRole& create) const {
        std::vector<std::string> said = {fmt::format("CREATE ROLE {}", quote(create.role))};
        if (!create.comment.empty())
            for (std::string& sentence : set_comment(create.role, create.comment)) said.push_back(std::move(sentence));
        return said;
    }
    std::vector<std::string> operator()(const MarkRole& mark) const { return set_comment(mark.role, mark.comment); }
    std::vector<std::string> operator()(const Grant& grant) const {
        return {fmt::format("IF NOT {} ALTER ROLE {} ADD MEMBER {}", membership(grant.role, grant.member),
                            quote(grant.role), quote(grant.member))};
    }
    std::vector<std::string> operator()(const Revoke& revoke) const {
        return {fmt::format("IF {} ALTER ROLE {} DROP MEMBER {}", membership(revoke.role, revoke.member),
                            quote(revoke.role), quote(revoke.member))};
    }
    // Memberships have no options here; the others are only ever predicted.
    std::vector<std::string> operator()(const auto&) const { return {}; }
};

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts&) {
    std::vector<Statement> written;
    for (std::uint32_t i = 0; i < changes.size(); ++i)
        for (std::string& sql : std::visit(Sentences{}, changes[i])) written.push_back({std::move(sql), {}, {i}});
    return written;
}

}  // namespace roost::sqlserver
