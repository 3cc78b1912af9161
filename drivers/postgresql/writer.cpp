#include <fmt/format.h>
#include <fmt/ranges.h>

#include <type_traits>

#include "db/edges.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// Whether memberships have INHERIT and SET, and a row per grantor: from PostgreSQL 16 on.
bool has_options(const ServerFacts& facts) { return facts.membership_options & option::set; }

// "ADMIN TRUE, SET FALSE": the bits of `stated`.
std::string option_list(const Options& options) {
    std::vector<std::string> words;
    const auto say = [&](std::uint32_t bit, std::string_view word) {
        if (options.stated & bit) words.push_back(fmt::format("{} {}", word, options.value & bit ? "TRUE" : "FALSE"));
    };
    say(option::admin, "ADMIN");
    say(option::inherit, "INHERIT");
    say(option::set, "SET");
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string granted_by(const std::string& grantor, const ServerFacts& facts) {
    return has_options(facts) && !grantor.empty() ? fmt::format(" GRANTED BY {}", quote(grantor)) : std::string{};
}

std::vector<Sentence> sentences(const Grant& grant, const ServerFacts& facts) {
    const std::string before = fmt::format("GRANT {} TO ", quote(grant.role));
    if (!has_options(facts))
        return {{before, grant.options.stated & grant.options.value & option::admin ? " WITH ADMIN OPTION" : ""}};
    // A row that only administers is none in the graph, and a plain GRANT leaves its options as they are: SET is always
    // said.
    Options options = grant.options;
    if (!(options.stated & option::set)) options = {options.stated | option::set, options.value | option::set};
    return {{before, " WITH " + option_list(options)}};
}

std::vector<Sentence> sentences(const AlterMembership& alter, const ServerFacts& facts) {
    const std::string by = granted_by(alter.grantor, facts);
    Options options = alter.options;
    std::vector<Sentence> said;
    if (options.stated & ~options.value & option::admin) {
        options.stated &= ~option::admin;
        said.push_back({fmt::format("REVOKE ADMIN OPTION FOR {} FROM ", quote(alter.role)), by});
    }
    const std::string list = has_options(facts)               ? option_list(options)
                             : options.stated & option::admin ? "ADMIN OPTION"
                                                              : "";
    if (!list.empty())
        said.push_back({fmt::format("GRANT {} TO ", quote(alter.role)), fmt::format(" WITH {}{}", list, by)});
    return said;
}

std::vector<Sentence> sentences(const Revoke& revoke, const ServerFacts& facts) {
    return {{fmt::format("REVOKE {} FROM ", quote(revoke.role)), granted_by(revoke.grantor, facts)}};
}

std::string comment_on(const std::string& role, const std::string& comment) {
    return fmt::format("COMMENT ON ROLE {} IS {}", quote(role), literal(comment));
}

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts& facts) {
    std::vector<Statement> written;
    for (std::size_t i = 0; i < changes.size();) {
        const std::vector<std::uint32_t> covers = {static_cast<std::uint32_t>(i)};
        i = std::visit(
            [&]<class Kind>(const Kind& change) {
                if constexpr (std::is_same_v<Kind, CreateRole>) {
                    written.push_back({fmt::format("CREATE ROLE {} NOLOGIN", quote(change.role)), {}, covers});
                    if (!change.comment.empty())
                        written.push_back({comment_on(change.role, change.comment), {}, covers});
                } else if constexpr (std::is_same_v<Kind, MarkRole>) {
                    written.push_back({comment_on(change.role, change.comment), {}, covers});
                } else if constexpr (requires { sentences(change, facts); }) {
                    return write_edges<Kind>(changes, i, sentences(change, facts), quote, written);
                }
                return i + 1;  // DropRole and CreateUser are only ever predicted
            },
            changes[i]);
    }
    return written;
}

}  // namespace roost::postgresql
