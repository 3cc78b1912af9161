#include "core/after.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace roost {

namespace {

using MembershipKey = std::pair<PrincipalId, PrincipalId>;  // role, member

// A graph being changed. Only memberships that a change speaks of are copied out; the others are taken over at the end.
// Each change tells whether it altered anything.
class ChangedGraph {
public:
    explicit ChangedGraph(const RoleGraph& graph)
        : graph_(graph),
          principals_(graph.principals().begin(), graph.principals().end()),
          kept_(principals_.size(), true) {
        exists_ = kept_;
    }

    bool operator()(const CreateRole& change) { return create(change.role, PrincipalKind::role, change.comment); }
    bool operator()(const CreateUser& change) { return create(change.user, PrincipalKind::user, {}); }
    bool operator()(const MarkRole& change);
    bool operator()(const Grant& change);
    bool operator()(const AlterMembership& change);
    bool operator()(const Revoke& change);
    bool operator()(const DropRole& change);

    RoleGraph finished() const;

private:
    std::optional<PrincipalId> find(std::string_view name) const;  // also of one that was dropped
    bool exists(std::string_view name) const;
    PrincipalId add(std::string_view name);
    PrincipalId known(std::string_view name);
    bool create(std::string_view name, PrincipalKind kind, const std::string& comment);
    std::vector<Membership>& rows(MembershipKey key);
    std::vector<Membership>* rows_if_known(std::string_view role, std::string_view member);
    bool granted_by(const Membership& row, std::string_view grantor) const;

    const RoleGraph& graph_;
    std::vector<Principal> principals_;  // those of the graph, then new ones
    std::vector<bool> kept_;             // by id of the graph: its rows there still count
    std::vector<bool> exists_;           // by id
    std::map<std::string, PrincipalId, std::less<>> added_;
    std::map<MembershipKey, std::vector<Membership>> changed_;
};

std::optional<PrincipalId> ChangedGraph::find(std::string_view name) const {
    if (const auto id = graph_.find(name)) return id;
    const auto at = added_.find(name);
    return at == added_.end() ? std::nullopt : std::optional(at->second);
}

PrincipalId ChangedGraph::add(std::string_view name) {
    const auto id = static_cast<PrincipalId>(principals_.size());
    principals_.push_back({.name = std::string(name)});
    exists_.push_back(true);
    added_.emplace(name, id);
    return id;
}

PrincipalId ChangedGraph::known(std::string_view name) {
    const std::optional<PrincipalId> id = find(name);
    if (!id) return add(name);
    if (!exists_[*id]) principals_[*id] = {.name = std::string(name)};
    exists_[*id] = true;
    return *id;
}

bool ChangedGraph::exists(std::string_view name) const {
    const auto id = find(name);
    return id && exists_[*id];
}

bool ChangedGraph::create(std::string_view name, PrincipalKind kind, const std::string& comment) {
    if (exists(name)) return false;  // CREATE … IF NOT EXISTS leaves it as it is
    Principal& created = principals_[known(name)];
    created.kind = kind;
    created.comment = comment;
    return true;
}

bool ChangedGraph::operator()(const MarkRole& change) {
    if (exists(change.role) && principals_[known(change.role)].comment == change.comment) return false;
    principals_[known(change.role)].comment = change.comment;
    return true;
}

std::vector<Membership>& ChangedGraph::rows(MembershipKey key) {
    const auto [at, first_time] = changed_.try_emplace(key);
    const auto [role, member] = key;
    const bool in_graph = role < kept_.size() && member < kept_.size() && kept_[role] && kept_[member];
    if (!first_time || !in_graph) return at->second;
    const auto in_role = std::ranges::equal_range(graph_.members_of(role), member, {}, &Membership::member);
    at->second.assign(in_role.begin(), in_role.end());
    return at->second;
}

std::vector<Membership>* ChangedGraph::rows_if_known(std::string_view role, std::string_view member) {
    const auto role_id = find(role);
    const auto member_id = find(member);
    return role_id && member_id ? &rows({*role_id, *member_id}) : nullptr;
}

// An empty grantor in a change means every row.
bool ChangedGraph::granted_by(const Membership& row, std::string_view grantor) const {
    return grantor.empty() || (row.grantor != no_principal && principals_[row.grantor].name == grantor);
}

bool apply_options(std::uint32_t& bits, Options options) {
    const std::uint32_t before = bits;
    bits = (bits & ~options.stated) | (options.value & options.stated);
    return bits != before;
}

bool ChangedGraph::operator()(const Grant& change) {
    const MembershipKey key{known(change.role), known(change.member)};
    std::vector<Membership>& found = rows(key);
    const bool added = found.empty();
    if (added) found.push_back({.role = key.first, .member = key.second});
    // What one grantor's row says already needs no other to say it.
    const auto says_it = [&](Membership row) { return !apply_options(row.options, change.options); };
    return (!std::ranges::any_of(found, says_it) && apply_options(found.front().options, change.options)) || added;
}

bool ChangedGraph::operator()(const AlterMembership& change) {
    auto* found = rows_if_known(change.role, change.member);
    if (!found) return false;
    bool altered = false;
    for (Membership& row : *found) {
        if (granted_by(row, change.grantor)) altered = apply_options(row.options, change.options) || altered;
    }
    return altered;
}

bool ChangedGraph::operator()(const Revoke& change) {
    auto* found = rows_if_known(change.role, change.member);
    return found && std::erase_if(*found, [&](const Membership& row) { return granted_by(row, change.grantor); }) > 0;
}

bool ChangedGraph::operator()(const DropRole& change) {
    if (!exists(change.role)) return false;
    const PrincipalId id = *find(change.role);
    exists_[id] = false;
    if (id < kept_.size()) kept_[id] = false;
    for (auto& [key, found] : changed_) {
        if (key.first == id || key.second == id) found.clear();
    }
    return true;
}

RoleGraph ChangedGraph::finished() const {
    std::vector<PrincipalId> new_id(principals_.size(), no_principal);
    std::vector<Principal> principals;
    for (std::size_t id = 0; id < principals_.size(); ++id) {
        if (!exists_[id]) continue;
        new_id[id] = static_cast<PrincipalId>(principals.size());
        principals.push_back(principals_[id]);
    }
    std::vector<Membership> memberships;
    const auto take = [&](const Membership& row) {
        const PrincipalId grantor = row.grantor == no_principal ? no_principal : new_id[row.grantor];
        memberships.push_back({new_id[row.role], new_id[row.member], grantor, row.options});
    };
    for (const Membership& row : graph_.memberships()) {
        if (kept_[row.role] && kept_[row.member] && !changed_.contains({row.role, row.member})) take(row);
    }
    for (const auto& [key, found] : changed_) {
        for (const Membership& row : found) take(row);
    }
    return {std::move(principals), std::move(memberships)};
}

}  // namespace

RoleGraph after(const RoleGraph& graph, const std::vector<Change>& changes) {
    ChangedGraph changed(graph);
    for (const Change& change : changes) std::visit(changed, change);
    return changed.finished();
}

std::vector<std::vector<Change>> effects(const RoleGraph& start, const std::vector<std::vector<Change>>& statements) {
    ChangedGraph changed(start);
    std::vector<std::vector<Change>> kept;
    kept.reserve(statements.size());
    for (const std::vector<Change>& changes : statements) {
        auto& of_statement = kept.emplace_back();
        for (const Change& change : changes) {
            if (std::visit(changed, change)) of_statement.push_back(change);
        }
    }
    return kept;
}

}  // namespace roost
