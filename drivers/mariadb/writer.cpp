#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <type_traits>

#include "drivers/mariadb/parts.hpp"

namespace roost::mariadb {
namespace {

constexpr std::size_t most_grantees = 500;

bool says(const Options& options, std::uint32_t bit, bool on) {
    return (options.stated & bit) != 0 && ((options.value & bit) != 0) == on;
}

// One statement for many members: the text on both sides of their list. `alone`: it takes a single account, and so all
// that is said about that member is said by itself, in the order of the changes.
struct Sentence {
    std::string before;
    std::string after;
    bool alone = false;
};

void add_default_role(const std::string& role, const Options& options, std::vector<Sentence>& said) {
    if (says(options, option::default_role, true))
        said.push_back({fmt::format("SET DEFAULT ROLE {} FOR ", quote(role)), "", true});
    if (says(options, option::default_role, false)) said.push_back({"SET DEFAULT ROLE NONE FOR ", "", true});
}

std::vector<Sentence> sentences(const Grant& grant) {
    std::vector<Sentence> said = {{fmt::format("GRANT {} TO ", quote(grant.role)),
                                   says(grant.options, option::admin, true) ? " WITH ADMIN OPTION" : ""}};
    // What is new is nobody's default: only what is to be one needs a word.
    if (says(grant.options, option::default_role, true)) add_default_role(grant.role, grant.options, said);
    return said;
}

std::vector<Sentence> sentences(const AlterMembership& alter) {
    std::vector<Sentence> said;
    if (says(alter.options, option::admin, true))
        said.push_back({fmt::format("GRANT {} TO ", quote(alter.role)), " WITH ADMIN OPTION"});
    if (says(alter.options, option::admin, false))
        said.push_back({fmt::format("REVOKE ADMIN OPTION FOR {} FROM ", quote(alter.role)), ""});
    add_default_role(alter.role, alter.options, said);
    return said;
}

std::vector<Sentence> sentences(const Revoke& revoke) {
    return {{fmt::format("REVOKE {} FROM ", quote(revoke.role)), ""}};
}

// Whether two changes differ in nothing but the member.
template <class Edge>
bool but_for_member(Edge a, const Edge& b) {
    a.member = b.member;
    return a == b;
}

template <class Edge>
std::size_t write_edges(std::span<const Change> changes, std::size_t first, std::vector<Statement>& written) {
    const Edge& edge = std::get<Edge>(changes[first]);
    const std::vector<Sentence> said = sentences(edge);
    const bool alone = std::ranges::any_of(said, &Sentence::alone);
    std::vector<std::string> grantees;
    std::vector<std::uint32_t> covers;
    std::size_t i = first;
    for (; i < changes.size() && grantees.size() < (alone ? 1 : most_grantees); ++i) {
        const Edge* next = std::get_if<Edge>(&changes[i]);
        if (!next || !but_for_member(*next, edge)) break;
        grantees.push_back(grantee(next->member));
        covers.push_back(static_cast<std::uint32_t>(i));
    }
    for (const Sentence& sentence : said) {
        const std::string to = sentence.alone ? account(edge.member) : fmt::format("{}", fmt::join(grantees, ", "));
        written.push_back({sentence.before + to + sentence.after, {}, covers});
    }
    return i;
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
                    return write_edges<Kind>(changes, i, written);
                }
                return i + 1;  // DropRole and CreateUser are only ever predicted
            },
            changes[i]);
    }
    return written;
}

}  // namespace roost::mariadb
