// What the scripts of a run do, seen in the database from one script to the next.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/prepare.hpp"
#include "app/session.hpp"
#include "core/observed.hpp"

namespace roost {

class Witness {
public:
    explicit Witness(const Session& session) : session_(session) {}

    // What comes from here on is the next script's doing. An error where what is granted cannot be read.
    Result<void> look();
    // What changed since the last look, at the places where it was predicted; looks.
    Result<std::vector<PlanLine>> changed_by(const ReadyScript& ready);
    // Makes what is put off to the commit fail now.
    Result<void> check_constraints() const;
    // How many this transaction has written so far; nullopt: the engine does not say.
    Result<std::optional<std::int64_t>> rows_written() const;

private:
    const Session& session_;
    Snapshot last_;
};

}  // namespace roost
