// The story of a run, from the ledger's `started` row to the last check. What comes before it is prepare.hpp's.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/journal.hpp"
#include "app/objections.hpp"
#include "app/open.hpp"
#include "app/prepare.hpp"
#include "app/script_run.hpp"
#include "app/witness.hpp"
#include "ledger/ledger.hpp"

namespace roost {

class Pipeline {
public:
    Pipeline(const World& world, const Opened& opened, const Prepared& prepared, const ApplyOptions& options);

    // Does it all, and records it. Where the run is one transaction, a failure before the commit leaves nothing but a
    // `failed` row and what scripts with `transaction = off` did; else what was done stays, and the ledger tells it.
    std::expected<void, Errors> run();

    // Does it all twice in one transaction, and takes it back; nothing is recorded. What it shows is what `run` would
    // do; errors are what would stop it, and scripts that change something the second time.
    struct Rehearsed {
        std::vector<PlanLine> lines;  // of the first time, in the order in which they ran
        RehearsalResult result;
    };
    std::expected<Rehearsed, Errors> rehearse();

    std::int64_t id() const { return id_; }                                    // of the run, in the ledger
    bool committed() const { return stage_ >= Stage::committed; }              // also where something failed after it
    bool partly() const { return !committed() && journal_.left_something(); }  // some steps are done, and stay
    const std::vector<PlanLine>& lines() const { return lines_; }              // the declared changes that were made
    const RehearsalResult& proven() const { return proven_; }                  // by running the scripts twice
    const std::vector<Error>& warnings() const { return warnings_; }           // of the guards, once the scripts ran

private:
    using Done = std::expected<void, Errors>;
    static Done from(Result<void> result);
    static Done unless(Errors errors);

    Result<void> start();
    Done body();
    Done take_plan();
    Done inside();
    Done finish();
    Done commit();
    Done outside(Phase phase);
    Done outside_script(const ReadyScript& ready);
    Done scripts(Phase phase, RoleGraph& graph);
    Done watched_script(const ReadyScript& ready, RoleGraph& graph);
    Done first_pass(std::vector<PlanLine>& lines);
    Done second_pass(RehearsalResult& result);
    Done prove();
    Done may_look();
    Done as_planned(std::span<const Statement> statements);
    Done whole_plan() const;
    static Error in_batches(std::string_view done, std::string_view option);
    Errors strays_of(const ReadyScript& ready, const RoleGraph& before, const RoleGraph& after,
                     Suspected suspected) const;
    Done declared_roles(RoleGraph& graph);
    Done declared_memberships(const RoleGraph& graph);
    Done carry_out(std::vector<PlanLine> lines);
    Done verify();
    Done verify_fresh();
    void record_failure(Errors& errors);
    Result<void> tell_left_over() const;

    MembershipRules rules() const;
    bool once() const { return journal_.commits() == Commits::once; }
    bool declares() const { return prepared_.event != Event::afterMigrateError; }
    bool has_outside(Phase phase) const;
    bool may_succeed_again(const Errors& errors) const;
    Done read_graph(Connection& connection, RoleGraph& graph) const;
    Done read_others(RoleGraph& graph) const;
    std::string now() const;

    const World& world_;
    const Loaded& loaded_;
    const Session& session_;
    const Prepared& prepared_;
    const ApplyOptions& options_;
    Ledger ledger_;
    ScriptRun script_run_;
    Witness witness_;
    std::int64_t id_;
    Journal journal_;
    RoleGraph before_;   // as the run found it
    Declared expected_;  // what must hold at the end: the declaration, less missing members where policy allows
    std::vector<PlanLine> lines_;
    std::vector<Error> warnings_;
    std::function<Done(const ReadyScript&)> after_script_;  // where scripts are looked at one by one; else empty
    RehearsalResult proven_;
    bool rehearsing_ = false;
    std::size_t as_planned_ = 0;         // statements of the saved plan that were sent
    std::set<std::string> ran_outside_;  // paths of scripts that no rollback takes back
    enum class Stage : std::uint8_t { before, inside, committing, committed, ended } stage_ = Stage::before;
};

}  // namespace roost
