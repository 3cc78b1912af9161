#include <fmt/format.h>

#include <type_traits>

#include "db/edges.hpp"
#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

bool says(const Options& options, std::uint32_t bit, bool on) {
    return (options.stated & bit) != 0 && ((options.value & bit) != 0) == on;
}

template <class Edge>
void add_default_role(const Edge& edge, std::vector<Sentence>& said) {
    const auto set = [&](const std::string& role) {
        said.push_back({fmt::format("SET DEFAULT ROLE {} FOR {}", role, account(edge.member)), "", true});
    };
    if (says(edge.options, option::default_role, true)) set(quote(edge.role));
    if (says(edge.options, option::default_role, false)) set("NONE");
}

std::vector<Sentence> sentences(const Grant& grant) {
    std::vector<Sentence> said = {{fmt::format("GRANT {} TO ", quote(grant.role)),
                                   says(grant.options, option::admin, true) ? " WITH ADMIN OPTION" : ""}};
    // What is new is nobody's default: only what is to be one needs a word.
    if (says(grant.options, option::default_role, true)) add_default_role(grant, said);
    return said;
}

std::vector<Sentence> sentences(const AlterMembership& alter) {
    std::vector<Sentence> said;
    if (says(alter.options, option::admin, true))
        said.push_back({fmt::format("GRANT {} TO ", quote(alter.role)), " WITH ADMIN OPTION"});
    if (says(alter.options, option::admin, false))
        said.push_back({fmt::format("REVOKE ADMIN OPTION FOR {} FROM ", quote(alter.role)), ""});
    add_default_role(alter, said);
    return said;
}

std::vector<Sentence> sentences(const Revoke& revoke) {
    return {{fmt::format("REVOKE {} FROM ", quote(revoke.role)), ""}};
}

// MariaDB has no comment on a role: rows of a table of roost's.
std::string mark(const std::string& role, const std::string& comment) {
    return fmt::format(
        "INSERT INTO roost.role (name, comment) VALUES ({}, {}) ON DUPLICATE KEY UPDATE comment = VALUES(comment)",
        literal(role), literal(comment));
}

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts&) {
    std::vector<Statement> written;
    for (std::size_t i = 0; i < changes.size();) {
        const std::vector<std::uint32_t> covers = {static_cast<std::uint32_t>(i)};
        i = std::visit(
            [&]<class Kind>(const Kind& change) {
                if constexpr (std::is_same_v<Kind, CreateRole>) {
                    written.push_back({fmt::format("CREATE ROLE {}", quote(change.role)), {}, covers});
                    if (!change.comment.empty()) written.push_back({mark(change.role, change.comment), {}, covers});
                } else if constexpr (std::is_same_v<Kind, MarkRole>) {
                    written.push_back({mark(change.role, change.comment), {}, covers});
                } else if constexpr (requires { sentences(change); }) {
                    return write_edges<Kind>(changes, i, sentences(change), grantee, written);
                }
                return i + 1;  // DropRole and CreateUser are only ever predicted
            },
            changes[i]);
    }
    return written;
}

}  // namespace roost::mariadb
