#include "core/plan.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "core/after.hpp"
#include "core/cycles.hpp"
#include "core/dependents.hpp"

namespace roost {

namespace {

// Lines of a plan by kind, each in the order in which the roles are walked: by role, member, grantor.
struct PlanParts {
    std::vector<PlanLine> creates, marks, cleared, grants, alters, revokes;

    // Whoever is to stay in a role never leaves it on the way; but what is turned round must first be taken away.
    bool turns_round(const RoleGraph& actual) const {
        return !grants.empty() && !revokes.empty() && !cycles(after(actual, changes_of(grants))).empty();
    }

    std::vector<PlanLine> joined(bool taken_first) && {
        const auto taking = std::ranges::stable_partition(alters, [](const PlanLine& line) {
            const Options& options = std::get<AlterMembership>(*line.change).options;
            return (options.stated & ~options.value & option::admin) == 0;
        });
        std::vector<PlanLine> taken(std::make_move_iterator(taking.begin()), std::make_move_iterator(taking.end()));
        alters.erase(taking.begin(), taking.end());
        std::ranges::move(revokes, std::back_inserter(taken));
        dependents_first(taken);
        std::vector<PlanLine> all = std::move(creates);
        std::array parts = {&marks, &cleared, &grants, &alters, &taken};
        if (taken_first) std::ranges::rotate(parts.begin() + 2, parts.end() - 1, parts.end());
        for (auto* part : parts) std::ranges::move(*part, std::back_inserter(all));
        return all;
    }
};

PlanLine declared_line(Change change, const Place& place, std::string why) {
    PlanLine line;
    line.change = std::move(change);
    line.place = place;
    line.why = std::move(why);
    return line;
}

std::string why_granted(const DeclaredRole& role) {
    return role.toggle.empty() ? std::string{} : "toggle " + role.toggle;
}

std::string why_revoked(const DeclaredRole& role) {
    if (!role.reason.empty()) return role.reason;
    if (!role.toggle.empty() && role.members->empty()) return role.toggle + " is off";
    return "not declared here";
}

// Declared members by name; of one named twice, the first counts.
std::vector<const DeclaredMember*> sorted_members(const DeclaredRole& role) {
    std::vector<const DeclaredMember*> members;
    members.reserve(role.members->size());
    for (const DeclaredMember& member : *role.members) members.push_back(&member);
    const auto name = [](const DeclaredMember* member) -> const std::string& { return member->member; };
    std::ranges::stable_sort(members, {}, name);
    const auto twice = std::ranges::unique(members, {}, name);
    members.erase(twice.begin(), twice.end());
    return members;
}

// What is wanted, of what the engine has. `admin` is always wanted one way or the other.
Options wanted_options(const DeclaredMember& member, std::uint32_t membership_options) {
    const std::uint32_t stated = (member.options.stated & membership_options) | option::admin;
    return {stated, member.options.value & stated};
}

// One membership's rows, one per grantor, against its declaration. An option counts as on if any row gives it: to have
// it, one row must be altered at most; to be rid of it, every row that gives it.
void diff_options(const RoleGraph& actual, const DeclaredRole& role, const DeclaredMember& member,
                  std::span<const Membership> rows, Options wanted, bool one_default, PlanParts& plan) {
    std::uint32_t any = 0;
    for (const Membership& row : rows) any |= row.options;
    const std::uint32_t lacking = wanted.value & ~any;
    const std::uint32_t unwanted = wanted.stated & ~wanted.value;
    for (const Membership& row : rows) {
        const std::uint32_t on = &row == rows.data() ? lacking : 0;
        const std::uint32_t differing = on | (row.options & unwanted);
        if (differing == 0) continue;
        AlterMembership change{role.name, member.member, std::string(actual.name(row.grantor)), {differing, on}};
        const bool clears = one_default && (differing & ~on & option::default_role) != 0;
        (clears ? plan.cleared : plan.alters).push_back(declared_line(std::move(change), member.place, {}));
    }
}

std::span<const Membership> rows_of_first_member(std::span<const Membership> rows) {
    const auto end = std::ranges::find_if(rows, [&](const Membership& row) { return row.member != rows[0].member; });
    return rows.first(static_cast<std::size_t>(end - rows.begin()));
}

// One membership's rows, one per grantor. Where a default role would stay named after its revoke, it is cleared first,
// if the account may do that.
void revoke(const RoleGraph& actual, const DeclaredRole& role, std::span<const Membership> rows,
            const MembershipRules& rules, PlanParts& plan) {
    for (const Membership& row : rows) {
        const std::string member(actual.name(row.member)), grantor(actual.name(row.grantor));
        const auto add = [&](std::vector<PlanLine>& part, Change change) {
            part.push_back(declared_line(std::move(change), role.members_place, why_revoked(role)));
        };
        if (rules.one_default && rules.clears_defaults && (row.options & option::default_role) != 0)
            add(plan.cleared, AlterMembership{role.name, member, grantor, {option::default_role, 0}});
        add(plan.revokes, Revoke{role.name, member, grantor});
    }
}

void diff_members(const RoleGraph& actual, const DeclaredRole& role, std::span<const Membership> rows,
                  const MembershipRules& rules, PlanParts& plan) {
    const std::vector<const DeclaredMember*> members = sorted_members(role);
    auto wanted = members.begin();
    while (wanted != members.end() || !rows.empty()) {
        const int order = rows.empty()              ? -1
                          : wanted == members.end() ? 1
                                                    : (*wanted)->member.compare(actual.name(rows[0].member));
        if (order < 0) {
            const DeclaredMember& member = **wanted++;
            Grant grant{role.name, member.member, wanted_options(member, rules.options)};
            plan.grants.push_back(declared_line(std::move(grant), member.place, why_granted(role)));
            continue;
        }
        const std::span<const Membership> same = rows_of_first_member(rows);
        rows = rows.subspan(same.size());
        if (order == 0) {
            const DeclaredMember& member = **wanted++;
            Options options = wanted_options(member, rules.options);
            if (!rules.revokes) options.stated = options.value;
            diff_options(actual, role, member, same, options, rules.one_default, plan);
            continue;
        }
        if (rules.revokes) revoke(actual, role, same, rules, plan);
    }
}

}  // namespace

std::string_view to_string(Evidence evidence) {
    switch (evidence) {
        case Evidence::declared:
            return "declared";
        case Evidence::predicted:
            return "predicted";
        case Evidence::rehearsed:
            return "rehearsed";
        case Evidence::opaque:
            return "opaque";
    }
    return "unknown";
}

std::vector<PlanLine> diff(const RoleGraph& actual, const Declared& declared, const MembershipRules& rules) {
    PlanParts plan;
    for (const DeclaredRole& role : declared.roles) {
        const std::optional<PrincipalId> id = actual.find(role.name);
        if (!id) {
            plan.creates.push_back(declared_line(CreateRole{role.name, to_string(declared.owner)}, role.place, {}));
        } else if (const Principal& found = actual.principal(*id);
                   rules.marks && found.may_comment && !mark_in(found.comment)) {
            MarkRole mark{role.name, marked(found.comment, declared.owner)};
            plan.marks.push_back(declared_line(std::move(mark), role.place, "managed from here on"));
        }
        if (!role.members) continue;
        diff_members(actual, role, id ? actual.members_of(*id) : std::span<const Membership>{}, rules, plan);
    }
    const bool taken_first = plan.turns_round(actual);
    return std::move(plan).joined(taken_first);
}

std::vector<Change> changes_of(const std::vector<PlanLine>& lines) {
    std::vector<Change> changes;
    for (const PlanLine& line : lines)
        if (line.change) changes.push_back(*line.change);
    return changes;
}

}  // namespace roost
