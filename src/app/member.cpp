#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/open.hpp"
#include "core/describe.hpp"

namespace roost {

Report member(const World& world, const Common& common, const std::string& role, const std::string& principal) {
    Report report{.command = "member"};
    auto opened = open(world, common, report, Access::read);
    if (!opened) return report;
    const std::string& who = principal.empty() ? opened->session->facts().account : principal;
    if (who.empty())
        return closed(world, std::move(report), *opened,
                      {{.kind = ErrorKind::usage,
                        .message = "this engine has no accounts: whom to ask about is not known",
                        .advice = "name the user: roost member ROLE USER"}});
    const auto of = principal_named(*opened, role);
    const auto whom = principal.empty() ? who : principal_named(*opened, who);
    if (!of || !whom) return closed(world, std::move(report), *opened, {of ? whom.error() : of.error()});
    auto answer =
        opened->session->driver().is_member(opened->session->connection(), opened->session->facts(), *of, *whom);
    if (!answer) {
        Error error = std::move(answer.error());
        if (const ToggleSetting* toggle = opened->loaded->project.toggle(role); toggle && toggle->role != role)
            error.advice = fmt::format("{} is a toggle; ask for its role, {}", shown(role), shown(toggle->role));
        return closed(world, std::move(report), *opened, {std::move(error)});
    }
    report.body = MemberBody{.role = role, .principal = who, .member = *answer};
    report.status = *answer ? 0 : 2;
    return closed(world, std::move(report), *opened, {});
}

}  // namespace roost
