// A graph being changed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/change.hpp"
#include "core/graph.hpp"

namespace roost {

// Only memberships that a change speaks of are copied out; the others are taken over at the end. Each change tells
// whether it altered anything. The graph that it starts from must stay.
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

    // What was done since a mark can be taken back, until it is forgotten.
    std::size_t mark() const { return before_.size(); }
    void back_to(std::size_t mark);
    void forget() { before_.clear(); }

    // As it is now. A principal by its name or its alias; nullptr: it is not there.
    const Principal* principal(std::string_view name) const;
    std::vector<Membership> memberships(std::string_view role, std::string_view member) const;
    std::string_view name(PrincipalId id) const {
        return id == no_principal ? std::string_view{} : std::string_view(principals_[id].name);
    }
    std::vector<std::string> members_of(std::string_view role) const;
    std::vector<std::string> roles_of(std::string_view member) const;
    bool granted_by(std::string_view role, std::string_view grantor) const;  // a membership of the role
    bool has_prefix(std::string_view start) const;                           // a principal whose name begins so
    // Whether the member has the role through one membership or several.
    bool reaches(std::string_view member, std::string_view role) const;

private:
    using MembershipKey = std::pair<PrincipalId, PrincipalId>;  // role, member

    // How something was before it was touched.
    struct PrincipalBefore {
        PrincipalId id;
        Principal principal;
        bool exists, kept;
    };
    struct RowsBefore {
        MembershipKey key;
        std::optional<std::vector<Membership>> rows;
    };

    std::optional<PrincipalId> find(std::string_view name) const;  // also of one that was dropped
    void remember(PrincipalId id);
    bool still(const Membership& row) const;
    std::vector<PrincipalId> members(PrincipalId role) const;
    std::vector<PrincipalId> roles(PrincipalId member) const;
    bool exists(std::string_view name) const;
    PrincipalId add(std::string_view name);
    PrincipalId known(std::string_view name);
    bool create(std::string_view name, PrincipalKind kind, const std::string& comment);
    std::vector<Membership>& rows(MembershipKey key);
    std::vector<Membership> rows_of_graph(MembershipKey key) const;  // without those of what was dropped
    std::vector<Membership>* rows_if_known(std::string_view role, std::string_view member);
    bool is_by(const Membership& row, std::string_view grantor) const;

    const RoleGraph& graph_;
    std::vector<Principal> principals_;  // those of the graph, then new ones
    std::vector<bool> kept_;             // by id of the graph: its rows there still count
    std::vector<bool> exists_;           // by id
    std::map<std::string, PrincipalId, std::less<>> added_;
    std::map<MembershipKey, std::vector<Membership>> changed_;
    std::set<std::pair<PrincipalId, PrincipalId>> changed_by_member_;  // member, role
    std::vector<std::variant<PrincipalBefore, RowsBefore>> before_;
};

}  // namespace roost
