#include "app/findings.hpp"

#include <fmt/format.h>

#include <iterator>

#include "core/describe.hpp"
#include "core/findings.hpp"
#include "db/holdings.hpp"

namespace roost {
namespace {

void add(Findings& to, Findings from) { std::ranges::move(from, std::back_inserter(to)); }

// What was known before the roles were compared. Members that do not exist are no warning where they would be refused.
Findings known(Prepared& prepared, Severity missing) {
    Findings findings = std::move(prepared.findings);
    for (Finding& each : findings) {
        if (each.code != missing_principal || missing != Severity::error) continue;
        each.severity = missing;
        each.what.advice = "create it, correct the name, or set missing_principals = \"warn\"";
    }
    for (Error& error : prepared.refused) findings.push_back(finding("refused", Severity::error, std::move(error)));
    prepared.refused.clear();
    return findings;
}

// The first objections of the history are its failed migrations.
Findings of_history(Prepared& prepared) {
    Findings findings;
    for (std::size_t i = 0; i < prepared.history_refused.size(); ++i)
        findings.push_back(finding(i < prepared.history.failed.size() ? "migration-failed" : "refused", Severity::error,
                                   std::move(prepared.history_refused[i])));
    prepared.history_refused.clear();
    const LedgerState& ledger = prepared.ledger;
    if (!ledger.good_at.empty() && prepared.history.rank != ledger.good_rank)
        findings.push_back(finding(
            "migration-newer", Severity::warning,
            {.message = fmt::format("the schema was migrated after the last good run, which ended at {}: it is at {}",
                                    ledger.good_at, prepared.history.at.empty() ? "no version" : prepared.history.at),
             .advice = "run `roost apply`"}));
    return findings;
}

// Without the lock nobody can tell whether it is dead.
Findings of_runs(const LedgerState& ledger) {
    if (ledger.left_over == 0) return {};
    return {finding("run-cut-off", Severity::warning,
                    {.message = fmt::format("{} run(s) in the ledger have started and not ended", ledger.left_over),
                     .advice = "unless one is under way its process has died: `roost history --steps` tells how far it "
                               "came, and the next `roost apply` carries on"})};
}

Findings of_scripts(const Prepared& prepared) {
    Findings findings;
    if (prepared.ledger.good_at.empty()) return findings;
    for (const ReadyScript& ready : prepared.scripts) {
        if (ready.known) continue;
        const std::string& path = ready.script->path;
        const bool ran = prepared.ledger.good_scripts.contains(path);
        findings.push_back(finding(
            ran ? "script-changed" : "script-new", ran ? Severity::warning : Severity::note,
            {.message = ran ? "the script has changed since it last ran here" : "the script has not run here yet",
             .advice = "run `roost apply`",
             .place = {.file = path}}));
    }
    return findings;
}

Findings of_roles(const Prepared& prepared, const ServerFacts& facts, const Declared& declared) {
    Findings findings = missing_roles(prepared.before, declared, facts.unseen.empty());
    add(findings, not_effective(prepared.before, declared, facts.one_default));
    add(findings, one_of_several(prepared.before, declared, facts.one_default));
    add(findings, users_in_users(prepared.before, declared));
    add(findings, many_roles(declared, facts.most_roles));
    return findings;
}

Finding unseen(const Error& error) {
    return finding(
        "rights-unseen", Severity::note,
        {.message = "the account may not read what is granted: rights are not checked (" + error.message + ")",
         .advice = "`roost init --grants` lists what it needs",
         .sqlstate = error.sqlstate,
         .native = error.native});
}

Result<Findings> of_rights(const Prepared& prepared, const Loaded& loaded, const Session& session,
                           const Declared& declared) {
    const auto holdings = read_holdings(session.driver(), session.connection());
    if (!holdings) {
        const Fault fault = session.driver().diagnose(holdings.error()).fault;
        if (fault == Fault::denied || fault == Fault::missing) return Findings{unseen(holdings.error())};
        return fail(holdings.error());
    }
    Findings findings = public_rights(prepared.before, *holdings, declared);
    add(findings,
        missing_rights(prepared.before, *holdings, declared, prepared.ledger.good_at, loaded.environment.table));
    add(findings, near_limits(*holdings));
    return findings;
}

}  // namespace

Result<Findings> findings_of(const Loaded& loaded, const Session& session, Prepared& prepared, Severity missing) {
    const Declared declared = in_names_of(prepared.before, prepared.declared);
    Findings findings = known(prepared, missing);
    add(findings, of_history(prepared));
    add(findings, of_runs(prepared.ledger));
    add(findings, of_scripts(prepared));
    add(findings, of_roles(prepared, session.facts(), declared));
    auto rights = of_rights(prepared, loaded, session, declared);
    if (!rights) return fail(std::move(rights.error()));
    add(findings, std::move(*rights));
    return findings;
}

}  // namespace roost
