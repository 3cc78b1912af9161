#include "core/dependents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/describe.hpp"

namespace roost {
namespace {

struct Row {
    std::string_view role, member, grantor;
    auto operator<=>(const Row&) const = default;
};
using Holder = std::pair<std::string_view, std::string_view>;  // role, member

// The row that a line takes away, or of which it takes the ADMIN option.
std::optional<Row> taken_by(const PlanLine& line) {
    if (!line.change || line.evidence != Evidence::declared) return std::nullopt;
    if (const auto* revoke = std::get_if<Revoke>(&*line.change))
        return Row{revoke->role, revoke->member, revoke->grantor};
    const auto* alter = std::get_if<AlterMembership>(&*line.change);
    const bool takes = alter && (alter->options.stated & ~alter->options.value & option::admin) != 0;
    return takes ? std::optional(Row{alter->role, alter->member, alter->grantor}) : std::nullopt;
}

// How many taken rows a row hangs on, one above the other.
class Depths {
public:
    explicit Depths(const std::vector<PlanLine>& taking) {
        for (const PlanLine& line : taking)
            if (const auto row = taken_by(line)) grantors_.emplace(Holder(row->role, row->member), row->grantor);
    }
    std::size_t of(const PlanLine& line) const {
        const auto row = taken_by(line);
        return row ? above(row->role, row->grantor, grantors_.size()) : 0;
    }

private:
    std::size_t above(std::string_view role, std::string_view grantor, std::size_t most) const {
        std::size_t depth = 0;
        const auto [begin, end] = grantors_.equal_range(Holder(role, grantor));
        for (auto at = begin; at != end && most > 0; ++at)
            depth = std::max(depth, 1 + above(role, at->second, most - 1));
        return depth;
    }

    std::multimap<Holder, std::string_view> grantors_;
};

}  // namespace

void dependents_first(std::vector<PlanLine>& taking) {
    const Depths depths(taking);
    std::vector<std::pair<std::size_t, std::size_t>> order;  // depth, place
    for (std::size_t i = 0; i < taking.size(); ++i) order.emplace_back(depths.of(taking[i]), i);
    std::ranges::stable_sort(order, std::ranges::greater{}, &std::pair<std::size_t, std::size_t>::first);
    std::vector<PlanLine> sorted;
    for (const auto& [depth, place] : order) sorted.push_back(std::move(taking[place]));
    taking = std::move(sorted);
}

Errors hanging_grants(const RoleGraph& actual, const std::vector<PlanLine>& plan) {
    std::map<Row, const PlanLine*> taken;
    std::set<Row> revoked;
    for (const PlanLine& line : plan) {
        const auto row = taken_by(line);
        if (!row) continue;
        taken.emplace(*row, &line);
        if (std::holds_alternative<Revoke>(*line.change)) revoked.insert(*row);
    }
    const auto row_of = [&](const Membership& edge) {
        return Row{actual.name(edge.role), actual.name(edge.member), actual.name(edge.grantor)};
    };
    std::map<Holder, const PlanLine*> losing;  // who holds ADMIN by rows that are all taken
    std::set<Holder> keeping;
    for (const Membership& edge : actual.memberships()) {
        if ((edge.options & option::admin) == 0) continue;
        const Row row = row_of(edge);
        if (const auto line = taken.find(row); line != taken.end())
            losing.emplace(Holder(row.role, row.member), line->second);
        else
            keeping.emplace(row.role, row.member);
    }
    Errors errors;
    for (const Membership& edge : actual.memberships()) {
        const Row row = row_of(edge);
        const auto line = losing.find({row.role, row.grantor});
        if (line == losing.end() || keeping.contains(line->first) || revoked.contains(row)) continue;
        errors.push_back(
            {.kind = ErrorKind::refused,
             .message = fmt::format("{} cannot lose ADMIN on {}: {} has that role by {}'s grant", shown(row.grantor),
                                    shown(row.role), shown(row.member), shown(row.grantor)),
             .advice = "take that grant back by hand, apply again, and roost grants it anew",
             .place = line->second->place});
    }
    return errors;
}

}  // namespace roost
