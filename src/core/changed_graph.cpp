#include "core/changed_graph.hpp"

#include <algorithm>

namespace roost {

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
    before_.emplace_back(PrincipalBefore{id, {.name = std::string(name)}, false, false});
    return id;
}

void ChangedGraph::remember(PrincipalId id) {
    before_.emplace_back(PrincipalBefore{id, principals_[id], exists_[id], id < kept_.size() && kept_[id]});
}

void ChangedGraph::back_to(std::size_t mark) {
    while (before_.size() > mark) {
        if (auto* principal = std::get_if<PrincipalBefore>(&before_.back())) {
            principals_[principal->id] = std::move(principal->principal);
            exists_[principal->id] = principal->exists;
            if (principal->id < kept_.size()) kept_[principal->id] = principal->kept;
        } else if (auto& rows = std::get<RowsBefore>(before_.back()); rows.rows) {
            changed_[rows.key] = std::move(*rows.rows);
        } else {
            changed_.erase(rows.key);
            changed_by_member_.erase({rows.key.second, rows.key.first});
        }
        before_.pop_back();
    }
}

PrincipalId ChangedGraph::known(std::string_view name) {
    const std::optional<PrincipalId> id = find(name);
    if (!id) return add(name);
    remember(*id);
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
    before_.emplace_back(RowsBefore{key, first_time ? std::nullopt : std::optional(at->second)});
    if (first_time) changed_by_member_.emplace(key.second, key.first);
    if (first_time) at->second = rows_of_graph(key);
    return at->second;
}

std::vector<Membership> ChangedGraph::rows_of_graph(MembershipKey key) const {
    const auto [role, member] = key;
    if (role >= kept_.size() || member >= kept_.size() || !kept_[role] || !kept_[member]) return {};
    const auto rows = std::ranges::equal_range(graph_.members_of(role), member, {}, &Membership::member);
    return {rows.begin(), rows.end()};
}

std::vector<Membership>* ChangedGraph::rows_if_known(std::string_view role, std::string_view member) {
    const auto role_id = find(role);
    const auto member_id = find(member);
    return role_id && member_id ? &rows({*role_id, *member_id}) : nullptr;
}

// An empty grantor in a change means every row.
bool ChangedGraph::is_by(const Membership& row, std::string_view grantor) const {
    return grantor.empty() || (row.grantor != no_principal && principals_[row.grantor].name == grantor);
}

static bool apply_options(std::uint32_t& bits, Options options) {
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
        if (is_by(row, change.grantor)) altered = apply_options(row.options, change.options) || altered;
    }
    return altered;
}

bool ChangedGraph::operator()(const Revoke& change) {
    auto* found = rows_if_known(change.role, change.member);
    return found && std::erase_if(*found, [&](const Membership& row) { return is_by(row, change.grantor); }) > 0;
}

bool ChangedGraph::operator()(const DropRole& change) {
    if (!exists(change.role)) return false;
    const PrincipalId id = *find(change.role);
    remember(id);
    exists_[id] = false;
    if (id < kept_.size()) kept_[id] = false;
    for (auto& [key, found] : changed_) {
        if (found.empty() || (key.first != id && key.second != id)) continue;
        before_.emplace_back(RowsBefore{key, found});
        found.clear();
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
        if (still(row)) take(row);
    }
    for (const auto& [key, found] : changed_) {
        for (const Membership& row : found) take(row);
    }
    return {std::move(principals), std::move(memberships)};
}

const Principal* ChangedGraph::principal(std::string_view name) const {
    const auto id = find(name);
    return id && exists_[*id] ? &principals_[*id] : nullptr;
}

// Whether a row of the graph is still what it was.
bool ChangedGraph::still(const Membership& row) const {
    return kept_[row.role] && kept_[row.member] && !changed_.contains({row.role, row.member});
}

std::vector<Membership> ChangedGraph::memberships(std::string_view role, std::string_view member) const {
    const auto role_id = find(role), member_id = find(member);
    if (!role_id || !member_id) return {};
    if (const auto found = changed_.find({*role_id, *member_id}); found != changed_.end()) return found->second;
    return rows_of_graph({*role_id, *member_id});
}

std::vector<PrincipalId> ChangedGraph::members(PrincipalId role) const {
    std::vector<PrincipalId> found;
    if (role < kept_.size() && kept_[role])
        for (const Membership& row : graph_.members_of(role))
            if (still(row) && (found.empty() || found.back() != row.member)) found.push_back(row.member);
    for (auto at = changed_.lower_bound({role, 0}); at != changed_.end() && at->first.first == role; ++at)
        if (!at->second.empty()) found.push_back(at->first.second);
    return found;
}

std::vector<PrincipalId> ChangedGraph::roles(PrincipalId member) const {
    std::vector<PrincipalId> found;
    if (member < kept_.size() && kept_[member])
        for (const std::uint32_t index : graph_.roles_of(member)) {
            const Membership& row = graph_.memberships()[index];
            if (still(row) && (found.empty() || found.back() != row.role)) found.push_back(row.role);
        }
    for (auto at = changed_by_member_.lower_bound({member, 0}); at != changed_by_member_.end() && at->first == member;
         ++at)
        if (!changed_.at({at->second, member}).empty()) found.push_back(at->second);
    return found;
}

std::vector<std::string> ChangedGraph::members_of(std::string_view role) const {
    std::vector<std::string> names;
    if (const auto id = find(role))
        for (const PrincipalId member : members(*id)) names.push_back(principals_[member].name);
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> ChangedGraph::roles_of(std::string_view member) const {
    std::vector<std::string> names;
    if (const auto id = find(member))
        for (const PrincipalId role : roles(*id)) names.push_back(principals_[role].name);
    std::ranges::sort(names);
    return names;
}

bool ChangedGraph::granted_by(std::string_view role, std::string_view grantor) const {
    const auto all = members_of(role);
    return std::ranges::any_of(all, [&](const std::string& member) {
        const auto rows = memberships(role, member);
        return std::ranges::any_of(rows, [&](const Membership& row) { return name(row.grantor) == grantor; });
    });
}

bool ChangedGraph::has_prefix(std::string_view start) const {
    const auto all = graph_.principals();
    for (auto at = std::ranges::lower_bound(all, start, {}, &Principal::name);
         at != all.end() && at->name.starts_with(start); ++at)
        if (exists_[static_cast<std::size_t>(at - all.begin())]) return true;
    for (auto at = added_.lower_bound(start); at != added_.end() && at->first.starts_with(start); ++at)
        if (exists_[at->second]) return true;
    return false;
}

// From the member upwards; most members of anything have few roles.
bool ChangedGraph::reaches(std::string_view member, std::string_view role) const {
    const auto from = find(member), to = find(role);
    if (!from || !to || members(*to).empty()) return false;
    std::set<PrincipalId> seen = {*from};
    std::vector<PrincipalId> open = {*from};
    while (!open.empty()) {
        const PrincipalId next = open.back();
        open.pop_back();
        for (const PrincipalId above : roles(next)) {
            if (above == *to) return true;
            if (seen.insert(above).second) open.push_back(above);
        }
    }
    return false;
}

}  // namespace roost
