#include <fmt/format.h>

#include "drivers/example/parts.hpp"

namespace roost::example {
namespace {

// One statement for each kind of change; empty: the engine has no statement for it.
struct Text {
    std::string operator()(const CreateRole& c) const { return fmt::format("CREATE ROLE {}", quote(c.role)); }
    std::string operator()(const Grant& c) const {
        return fmt::format("GRANT {} TO {}{}", quote(c.role), quote(c.member),
                           c.options.value & option::admin ? " WITH ADMIN OPTION" : "");
    }
    std::string operator()(const AlterMembership& c) const {
        if (c.options.value & option::admin)
            return fmt::format("GRANT {} TO {} WITH ADMIN OPTION", quote(c.role), quote(c.member));
        return fmt::format("REVOKE ADMIN OPTION FOR {} FROM {}", quote(c.role), quote(c.member));
    }
    std::string operator()(const Revoke& c) const {
        return fmt::format("REVOKE {} FROM {}", quote(c.role), quote(c.member));
    }
    std::string operator()(const MarkRole&) const { return {}; }    // where the mark is kept is the engine's own
    std::string operator()(const DropRole&) const { return {}; }    // only ever predicted
    std::string operator()(const CreateUser&) const { return {}; }  // likewise
};

}  // namespace

std::vector<Statement> write(std::span<const Change> changes, const ServerFacts&) {
    std::vector<Statement> written;
    for (std::uint32_t i = 0; i < changes.size(); ++i)
        if (std::string sql = std::visit(Text{}, changes[i]); !sql.empty())
            written.push_back({std::move(sql), {}, {i}});
    return written;
}

}  // namespace roost::example
