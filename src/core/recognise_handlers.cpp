// EXCEPTION WHEN …: which failures are foreseen.
#include <algorithm>
#include <iterator>

#include "core/recognised.hpp"

namespace roost {
namespace {

bool is_foreseen(const Deed& deed, bool drops) {
    if (const auto* change = std::get_if<Do>(&deed.what)) return drops || !std::get_if<DropRole>(&change->change);
    if (const auto* branch = std::get_if<Branch>(&deed.what)) {
        const auto each = [&](const Deed& inner) { return is_foreseen(inner, drops); };
        return std::ranges::all_of(branch->then, each) && std::ranges::all_of(branch->otherwise, each);
    }
    return std::get_if<Assign>(&deed.what) || std::get_if<Raise>(&deed.what);
}

}  // namespace

// What a handler may catch must be what the role graph tells: a right on a table that is not there, or a role that
// owns something, would lead into a branch that nobody foresees.
bool handlers_are_foreseen(const Deeds& body, const std::vector<Handler>& handlers) {
    static constexpr std::string_view of_roles_alone[] = {"DUPLICATE_OBJECT", "UNIQUE_VIOLATION", "42710", "23505"};
    const auto of_roles = [](const std::string& caught) {
        return std::ranges::find(of_roles_alone, caught) != std::end(of_roles_alone);
    };
    if (std::ranges::all_of(handlers,
                            [&](const Handler& handler) { return std::ranges::all_of(handler.catches, of_roles); }))
        return true;
    const bool owners_told = std::ranges::none_of(handlers, [](const Handler& handler) {
        return std::ranges::any_of(handler.catches, [](const std::string& caught) {
            return caught == "OTHERS" || caught == "DEPENDENT_OBJECTS_STILL_EXIST" || caught == "2BP01";
        });
    });
    return std::ranges::all_of(body, [&](const Deed& deed) { return is_foreseen(deed, owners_told); });
}

}  // namespace roost
