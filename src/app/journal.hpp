// How what a run does reaches the database, and its ledger with it.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "app/session.hpp"
#include "app/world.hpp"
#include "core/plan.hpp"
#include "ledger/ledger.hpp"

namespace roost {

// The whole run in one transaction; in several, where it would touch more roles than one transaction may; or, where
// nothing rolls back, step by step, each in the ledger before it is sent.
enum class Commits : std::uint8_t { once, in_batches, at_each_step };

// How a run that changes what `declared` says must commit.
Commits commits_for(const std::vector<PlanLine>& declared, const Session& session);

using Send = std::function<Result<void>()>;

class Journal {
public:
    Journal(const World& world, const Session& session, const Ledger& ledger, std::int64_t run, Commits commits)
        : world_(world), session_(session), ledger_(ledger), run_(run), commits_(commits) {}

    // Sends what a step says, through `send`. The step is in the ledger before it, or in the transaction that did it.
    Result<void> carry_out(Step step, const Send& send);
    // The same for declared changes, in batches: `lines` say what, `statements` how, by their `covers`.
    Result<void> carry_out(const std::vector<PlanLine>& lines, std::span<const Statement> statements);
    // Outside of any transaction, whatever the others are in: in the ledger at once.
    Result<void> carry_out_outside(Step step, const Send& send);

    // Writes what is not in the ledger yet; part of the caller's transaction, where there is one.
    Result<void> flush();
    void committed();                  // the caller's transaction
    void restart() { open_.clear(); }  // it was rolled back

    Commits commits() const { return commits_; }
    bool left_something() const { return written_ > 0; }  // steps that no rollback takes back

private:
    struct Batch {
        std::span<const Statement> statements;
        std::uint32_t first = 0;  // of the changes that they cover
        std::vector<Step> steps;  // one for each change
    };
    Batch next_batch(const std::vector<PlanLine>& lines, std::span<const Statement> statements) const;
    Result<void> run(const Batch& batch);
    Result<void> in_transaction(std::span<Step> steps, const Send& send);
    Result<void> one_by_one(const Batch& batch);
    Result<void> announce(std::span<const Step> steps);
    Result<void> record_done(std::span<Step> steps);
    Result<void> failed(std::size_t done, std::size_t ended, Error error);
    std::string now() const { return utc(world_.now()); }

    const World& world_;
    const Session& session_;
    const Ledger& ledger_;
    std::int64_t run_;
    Commits commits_;
    std::vector<Step> open_;     // done in the caller's transaction, and not yet in the ledger
    std::size_t written_ = 0;    // steps in the ledger
    std::size_t sent_from_ = 1;  // at_each_step: steps from this number on are `sent` there
};

}  // namespace roost
