#include "app/notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/findings.hpp"

namespace roost {
namespace {

void note_connection(Prepared& prepared, const Loaded& loaded, const Session& session) {
    if (!session.facts().clear_text) return;
    Error error{.kind = ErrorKind::refused,
                .message = "the connection is not encrypted, and leaves this machine",
                .advice = fmt::format("ask for TLS: {}", session.driver().info.tls),
                .place = loaded.environment.database_place};
    if (loaded.environment.policy.is_protected.value_or(false))
        prepared.refused.push_back(std::move(error));
    else
        prepared.findings.push_back({.code = "clear-text", .severity = Severity::warning, .what = std::move(error)});
}

void note_unseen(Prepared& prepared, const Session& session) {
    if (session.facts().unseen.empty()) return;
    prepared.findings.push_back(
        {.code = "partial-graph",
         .severity = Severity::warning,
         .what = {.message = "the account does not see every role and membership: those that it does not see are "
                             "planned as if they were not there, and nothing is revoked",
                  .advice = session.facts().unseen}});
}

void note_declared(Prepared& prepared, const Loaded& loaded, const Session& session) {
    for (const DeclaredRole& role : prepared.declared.roles)
        if (!role.reason.empty())
            prepared.findings.push_back({.code = "toggle-off",
                                         .severity = Severity::note,
                                         .what = {.message = role.reason, .place = role.members_place}});
    for (const ToggleSetting& toggle : loaded.project.toggles)
        if (!is_set(loaded.environment, toggle, session.driver().names.of_role()))
            prepared.findings.push_back(
                {.code = "toggle-unset",
                 .severity = Severity::note,
                 .what = {.message = fmt::format("toggle {} is not set here, and is left alone", toggle.name),
                          .place = toggle.place}});
}

void note_expired(Prepared& prepared, const Loaded& loaded, std::string_view today) {
    std::vector<Expiry> toggles;
    for (const ToggleSetting& toggle : loaded.project.toggles)
        toggles.push_back({toggle.name, toggle.owner, toggle.expires, toggle.place});
    std::ranges::move(expired(toggles, today), std::back_inserter(prepared.findings));
}

void note_holds(Prepared& prepared) {
    if (prepared.ledger.holds == 0) return;
    prepared.refused.push_back(
        {.kind = ErrorKind::refused,
         .message = fmt::format("the ledger has {} hold(s), which this version cannot keep", prepared.ledger.holds),
         .advice = "use the roost that set them"});
}

}  // namespace

void note_circumstances(Prepared& prepared, const Loaded& loaded, const Session& session, std::string_view today) {
    note_connection(prepared, loaded, session);
    note_unseen(prepared, session);
    note_declared(prepared, loaded, session);
    note_expired(prepared, loaded, today);
    note_holds(prepared);
}

}  // namespace roost
