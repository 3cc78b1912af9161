// A plan that is kept in a file, so that what was looked at is what is applied. docs/plan.md describes the file.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace roost {

// What a plan was made for, what it was made on and what it would send. Times are ISO 8601, UTC. No secret is in it.
struct SavedPlan {
    std::string made_at;
    std::string made_by;
    std::string expires_at;

    std::string project;
    std::string environment;
    std::string engine;
    std::string database;
    std::string database_id;
    std::string account;
    std::string event;
    bool adopt = false;

    std::string schema_version;  // empty: none known
    std::int64_t history_rank = 0;
    std::int64_t holds = 0;
    std::map<std::string, std::vector<std::string>> roles = {};  // managed: what each is, and its memberships, in words
    std::map<std::string, std::string> principals = {};          // others that are named: "user", "role", "not there"
    struct Script {
        std::string path;
        std::uint32_t checksum = 0;
        bool operator==(const Script&) const = default;
    };
    std::vector<Script> scripts = {};

    struct Statement {
        std::string about;
        std::string sql;
        bool operator==(const Statement&) const = default;
    };
    std::vector<Statement> statements = {};
};

// Told apart from every other plan: when it was made, and a checksum of all that it says.
std::string id_of(const SavedPlan& plan);

std::string to_json(const SavedPlan& plan);

// Errors, kind usage, have `file` as their place: no JSON, another layout, a key that is missing, of another type or
// unknown, and a file that was altered since it was made.
Result<SavedPlan> read_saved_plan(const std::string& text, const std::string& file);

// Why `now`, derived again, is not what was saved; or that it has expired by then. Refusals; empty: it may be applied.
Errors stale(const SavedPlan& saved, const SavedPlan& now);

}  // namespace roost
