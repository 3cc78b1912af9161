#include <fmt/format.h>

#include <type_traits>

#include "db/edges.hpp"
#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

std::string admin_option(const Options& options) {
    return options.stated & options.value & option::admin ? " WITH ADMIN OPTION" : "";
}

std::vector<Sentence> sentences(const Grant& grant) {
    return {{fmt::format("GRANT {} TO ", quote(grant.role)), admin_option(grant.options)}};
}

// Oracle cannot take the admin option alone: the role goes with it, and comes back at once. Which roles are a user's
// default ones is a whole list, which is never rewritten.
std::vector<Sentence> sentences(const AlterMembership& alter) {
    if (!(alter.options.stated & option::admin)) return {};
    const Sentence grant{fmt::format("GRANT {} TO ", quote(alter.role)), admin_option(alter.options)};
    if (alter.options.value & option::admin) return {grant};
    return {{fmt::format("REVOKE {} FROM ", quote(alter.role)), ""}, grant};
}

std::vector<Sentence> sentences(const Revoke& revoke) {
    return {{fmt::format("REVOKE {} FROM ", quote(revoke.role)), ""}};
}

// In two statements, each of which may run again: MERGE would do it in one, and is not had everywhere.
void write_mark(const std::string& role, const std::string& comment, const std::vector<std::uint32_t>& covers,
                std::vector<Statement>& written) {
    const std::string name = literal(role), remark = literal(comment);
    written.push_back({fmt::format("UPDATE roost.role SET remark = {} WHERE name = {}", remark, name), {}, covers});
    written.push_back({fmt::format("INSERT INTO roost.role (name, remark) SELECT {0}, {1} FROM DUAL WHERE NOT EXISTS "
                                   "(SELECT 1 FROM roost.role WHERE name = {0})",
                                   name, remark),
                       {},
                       covers});
}

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts&) {
    std::vector<Statement> written;
    for (std::size_t i = 0; i < changes.size();) {
        const std::vector<std::uint32_t> covers = {static_cast<std::uint32_t>(i)};
        i = std::visit(
            [&]<class Kind>(const Kind& change) {
                if constexpr (std::is_same_v<Kind, CreateRole>) {
                    // The plan saw that it is missing: whoever made it meanwhile is told of as an error.
                    written.push_back({fmt::format("CREATE ROLE {}", quote(change.role)), {}, covers});
                    if (!change.comment.empty()) write_mark(change.role, change.comment, covers, written);
                } else if constexpr (std::is_same_v<Kind, MarkRole>) {
                    write_mark(change.role, change.comment, covers, written);
                } else if constexpr (requires { sentences(change); }) {
                    return write_edges<Kind>(changes, i, sentences(change), grantee, written);
                }
                return i + 1;  // DropRole and CreateUser are only ever predicted
            },
            changes[i]);
    }
    return written;
}

}  // namespace roost::oracle
