#include <algorithm>
#include <map>

#include "core/plan.hpp"

namespace roost {

namespace {

using MembershipKey = std::pair<PrincipalId, PrincipalId>;  // role, member

// A graph being changed. Only memberships that a change speaks of are copied out; the others are taken over at the end.
class ChangedGraph {
public:
    explicit ChangedGraph(const RoleGraph& graph)
        : graph_(graph),
          principals_(graph.principals().begin(), graph.principals().end()),
          kept_(principals_.size(), true) {
        exists_ = kept_;
    }

    void operator()(const CreateRole& change) { create(change.role, PrincipalKind::role, change.comment); }
    void operator()(const CreateUser& change) { create(change.user, PrincipalKind::user, {}); }
    void operator()(const MarkRole& change) { principals_[known(change.role)].comment = change.comment; }
    void operator()(const Grant& change);
    void operator()(const AlterMembership& change);
    void operator()(const Revoke& change);
    void operator()(const DropRole& change);

    RoleGraph finished() const;

private:
    std::optional<PrincipalId> find(std::string_view name) const;
    PrincipalId add(std::string_view name);
    PrincipalId known(std::string_view name);
    void create(std::string_view name, PrincipalKind kind, const std::string& comment);
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

void ChangedGraph::create(std::string_view name, PrincipalKind kind, const std::string& comment) {
    if (const auto id = find(name); id && exists_[*id]) return;  // CREATE … IF NOT EXISTS leaves it as it is
    Principal& created = principals_[known(name)];
    created.kind = kind;
    created.comment = comment;
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

void apply_options(std::uint32_t& bits, Options options) {
    bits = (bits & ~options.stated) | (options.value & options.stated);
}

void ChangedGraph::operator()(const Grant& change) {
    const MembershipKey key{known(change.role), known(change.member)};
    std::vector<Membership>& found = rows(key);
    if (found.empty()) found.push_back({.role = key.first, .member = key.second});
    apply_options(found.front().options, change.options);
}

void ChangedGraph::operator()(const AlterMembership& change) {
    auto* found = rows_if_known(change.role, change.member);
    if (!found) return;
    for (Membership& row : *found) {
        if (granted_by(row, change.grantor)) apply_options(row.options, change.options);
    }
}

void ChangedGraph::operator()(const Revoke& change) {
    auto* found = rows_if_known(change.role, change.member);
    if (found) std::erase_if(*found, [&](const Membership& row) { return granted_by(row, change.grantor); });
}

void ChangedGraph::operator()(const DropRole& change) {
    const auto id = find(change.role);
    if (!id) return;
    exists_[*id] = false;
    if (*id < kept_.size()) kept_[*id] = false;
    for (auto& [key, found] : changed_) {
        if (key.first == *id || key.second == *id) found.clear();
    }
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

}  // namespace roost
