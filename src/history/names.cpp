#include <algorithm>
#include <array>
#include <utility>

#include "core/ascii.hpp"
#include "history/files.hpp"

namespace roost {
namespace {

constexpr std::array<std::string_view, 6> script_suffixes = {".sh", ".bash", ".py", ".ps1", ".bat", ".cmd"};

bool ends_with_folded(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() &&
           std::ranges::equal(text.substr(text.size() - suffix.size()), suffix,
                              [](char a, char b) { return upper_ascii(a) == upper_ascii(b); });
}

struct Ending {
    std::string_view suffix;
    bool is_script = false;  // run by a shell or the like
};

std::optional<Ending> ending_of(std::string_view file, const Naming& naming) {
    for (const std::string& suffix : naming.suffixes)
        if (ends_with_folded(file, suffix)) return Ending{suffix};
    for (const std::string_view suffix : script_suffixes)
        if (ends_with_folded(file, suffix)) return Ending{suffix, true};
    return std::nullopt;
}

struct Beginning {
    std::string_view prefix;
    bool versioned = true;
    std::string_view type = "SQL";
};

// Of the prefixes that fit the longest.
std::optional<Beginning> beginning_of(std::string_view file, const Naming& naming) {
    std::array<Beginning, 3> all = {Beginning{naming.prefix}, Beginning{naming.repeatable_prefix, false},
                                    Beginning{naming.baseline_prefix, true, "SQL_BASELINE"}};
    std::ranges::stable_sort(all, std::greater{}, [](const Beginning& each) { return each.prefix.size(); });
    const auto found = std::ranges::find_if(all, [&](const Beginning& each) { return file.starts_with(each.prefix); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::string with_dots(std::string text) {
    std::ranges::replace(text, '_', '.');
    return text;
}

}  // namespace

std::optional<MigrationName> migration_name(std::string_view file, const Naming& naming) {
    const auto ending = ending_of(file, naming);
    const auto beginning = beginning_of(file, naming);
    if (!ending || !beginning || file.size() <= beginning->prefix.size() + ending->suffix.size()) return std::nullopt;
    if (ending->is_script && beginning->type == "SQL_BASELINE") return std::nullopt;
    file.remove_prefix(beginning->prefix.size());
    file.remove_suffix(ending->suffix.size());
    const std::size_t at = file.find(naming.separator);
    const std::string_view number = file.substr(0, at);
    MigrationName name{
        .version = {},
        .description =
            std::string(at == std::string_view::npos ? std::string_view{} : file.substr(at + naming.separator.size())),
        .type = std::string(ending->is_script ? "SCRIPT" : beginning->type)};
    std::ranges::replace(name.description, '_', ' ');
    if (!beginning->versioned) return number.empty() ? std::optional(std::move(name)) : std::nullopt;
    auto version = Version::parse(with_dots(std::string(number)));
    if (!version) return std::nullopt;
    name.version = std::move(*version);
    return name;
}

bool is_misnamed(std::string_view file, const Naming& naming) {
    return ending_of(file, naming) && beginning_of(file, naming) && !migration_name(file, naming);
}

}  // namespace roost
