// What a script's statements will do, one after the other, told from the role graph alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/changed_graph.hpp"
#include "core/program.hpp"
#include "core/role_rules.hpp"

namespace roost {

// Who runs the statements, and what of the engine its version decides.
struct Runner {
    std::string account;
    bool maker_is_hidden = false;  // memberships of the account itself may not be in the graph
    // A membership has a row for each grantor, and a row may only administer: such rows are not in the graph.
    bool rows_by_grantor = false;
    std::uint32_t options = ~0U;  // bits of option:: that a membership can hold
};

struct Foreseen {
    bool opaque = false;           // what it does hangs on something that is not known; the rest is empty
    std::vector<Change> said;      // what it does, and what its guards keep it from as it is so already
    std::vector<Change> effects;   // of that, what alters what the statements before it left
    std::optional<Error> failure;  // why it fails, without its place; nothing of it is in `effects`
    std::string may_fail;          // why it may, in words; empty: nothing is known of
};

class Foresight {
public:
    Foresight(const RoleGraph& start, const RoleRules& rules, Runner runner);

    // `unsure`: a statement before it was not understood. What would fail then may do so, and its changes count.
    Foreseen play(const Deeds& steps, bool unsure = false);
    void carry_out(const std::vector<Change>& changes);  // those of somebody else
    RoleGraph graph() const { return graph_.finished(); }

private:
    enum class Ends : std::uint8_t { well, failed, unknown };
    struct Failure {
        std::string code, condition;
        Error error;
        bool unsure = false;  // of the code
    };

    // What an attempt that failed is taken back to.
    struct Before {
        std::size_t mark, said, effects;
        std::optional<Failure> failure;
        std::map<std::string, bool> variables;
    };

    Before here() const;
    void back_to(const Before& before);
    Ends handle(const Attempt& step);
    Ends all(const Deeds& steps);
    Ends one(const Deed& step);
    Ends act(const Do& step);
    Ends act(const RevokeAll& step);
    Ends act(const Needs& step);
    Ends act(const Assign& step);
    Ends act(const Branch& step);
    Ends act(const Attempt& step);
    Ends act(const Raise& step);
    Ends act(const NotUnderstood&) { return Ends::unknown; }

    Ends change(const CreateRole& change, const Do& step) { return create(change, change.role, false, step); }
    Ends change(const CreateUser& change, const Do& step) { return create(change, change.user, true, step); }
    Ends change(const MarkRole& change, const Do& step);
    Ends change(const Grant& change, const Do& step);
    Ends change(const AlterMembership& change, const Do& step);
    Ends change(const Revoke& change, const Do& step);
    Ends change(const DropRole& change, const Do& step);
    Ends create(const Change& change, const std::string& name, bool user, const Do& step);
    Ends both_are_there(const std::string& role, const std::string& member);
    Ends not_a_member(const std::string& role, const std::string& member);
    Ends apply(const Change& change);
    Ends fails(Mishap mishap, std::string message, std::string_view name);
    bool all_ours(const std::vector<Membership>& rows) const;
    bool are_meant(const std::vector<Membership>& rows, const std::string& grantor) const;
    static bool made_here(const Membership& row) { return row.grantor == no_principal; }
    bool drop_minds_members() const;
    void say_held(const Condition& when, const Deeds& steps);
    static bool asks_of(const Condition& condition, const std::string& role, const std::string& member);

    // nullopt: not known.
    std::optional<bool> catches(const Handler& handler) const;
    std::optional<bool> holds(const Condition& condition) const;
    std::optional<bool> answer(const Question& question) const;
    std::optional<bool> answer_of_roles(const Question& question) const;
    std::optional<bool> answer_of_pair(const Question& question) const;
    std::optional<bool> direct(std::string_view role, std::string_view member) const;
    std::optional<bool> nested(std::string_view role, std::string_view member) const;
    bool is_role(std::string_view name) const;
    bool is_user(std::string_view name) const;
    std::string as_user(std::string_view name) const;
    bool blurred(std::string_view name) const;
    static std::string in_any_case(std::string_view name);
    bool passes_over_denials(const Attempt& step) const;

    const RoleGraph& start_;
    ChangedGraph graph_;
    const RoleRules& rules_;
    Runner runner_;
    std::set<std::string> in_any_case_;  // names; only where case may not count
    Foreseen now_;
    std::optional<Failure> failure_;
    bool unsure_ = false;
    std::map<std::string, bool> variables_;
};

}  // namespace roost
