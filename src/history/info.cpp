#include "history/info.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "core/utf8.hpp"

namespace roost {
namespace {

struct Applied {
    const Migration* row;
    std::optional<Version> version;
    const Resolved* file = nullptr;
    bool deleted = false;
    bool undone = false;
    bool out_of_order = false;
};

bool is_baseline(std::string_view type) { return type.ends_with("BASELINE"); }
bool is_undo(std::string_view type) { return type.starts_with("UNDO"); }
bool is_own(std::string_view type) { return type == "SCHEMA" || type == "BASELINE" || type == "DELETE"; }

// The greater one; nullopt is less than any.
void raise(std::optional<Version>& highest, const std::optional<Version>& version) {
    if (version > highest) highest = version;
}

// What a row and a file have in common: version and type, or for repeatables the description alone.
using Key = std::tuple<std::optional<Version>, std::string>;
Key key_of(const std::optional<Version>& version, const std::string& type, const std::string& description) {
    return {version, version ? type : description};
}

bool can_be_compared(const MigrationRow& row) {
    const bool applied = row.state == "Success" || row.state == "Out of Order";
    return applied && row.category == "Versioned" && !row.file.empty();
}

// As Flyway writes a description into its history, whose column has 200 characters.
std::string as_kept(const std::string& description) {
    if (description.empty()) return "<< no description >>";
    if (code_points(description) <= 200) return description;
    std::string_view rest = description;
    for (int kept = 0; kept < 197; ++kept) take_code_point(rest);
    return description.substr(0, description.size() - rest.size()) + "...";
}

class Infos {
public:
    Infos(const std::vector<Resolved>& files, const InfoOptions& options) : files_(files), options_(options) {
        for (const Resolved& file : files) {
            raise(last_resolved_, file.name.version);
            by_key_[key_of(file.name.version, file.name.type, file.name.description)] = &file;
        }
    }

    Result<void> take(const std::vector<Migration>& rows) {
        for (const Migration& row : rows) {
            auto taken = row.version.empty() ? take_repeatable(row) : take_versioned(row);
            if (!taken) return taken;
        }
        for (Applied& each : versioned_) {
            const bool counts = each.row->type != "DELETE" && !is_undo(each.row->type);
            if (each.version <= last_applied_)
                each.out_of_order = true;
            else if (counts && !each.deleted && !each.undone)
                last_applied_ = each.version;
        }
        for (const Resolved* file : pending())
            if (is_baseline(file->name.type)) raise(pending_baseline_, file->name.version);
        return {};
    }

    std::vector<MigrationRow> rows() const {
        std::vector<MigrationRow> before, applied, rest;
        for (const auto* all : {&versioned_, &repeatable_})
            for (const Applied& each : *all) applied.push_back(row_of(each));
        std::ranges::sort(applied, {}, &MigrationRow::rank);
        for (const Resolved* file : pending()) {
            MigrationRow row = row_of(*file);
            (row.state == "Below Baseline" || row.state == "Ignored (Baseline)" ? before : rest)
                .push_back(std::move(row));
        }
        std::ranges::move(applied, std::back_inserter(before));
        std::ranges::move(rest, std::back_inserter(before));
        return before;
    }

private:
    Result<void> take_versioned(const Migration& row) {
        auto version = Version::parse(row.version);
        if (!version) return fail(std::move(version.error()));
        if (is_baseline(row.type)) raise(applied_baseline_, *version);
        if (row.success && (row.type == "DELETE" || is_undo(row.type))) {
            const auto last = std::find_if(versioned_.rbegin(), versioned_.rend(), [&](const Applied& each) {
                return !is_own(each.row->type) && !is_undo(each.row->type) && each.version == *version;
            });
            if (last != versioned_.rend()) {
                if (row.type == "DELETE" && last->deleted)
                    return fail({.message = fmt::format("the history's row {} deletes version {}, which is deleted",
                                                        row.rank, row.version)});
                (row.type == "DELETE" ? last->deleted : last->undone) = true;
            }
            if (row.type == "DELETE") return {};
        }
        versioned_.push_back({.row = &row, .version = *version, .file = file_of(*version, row)});
        return {};
    }

    Result<void> take_repeatable(const Migration& row) {
        if (row.success && row.type == "DELETE") {
            const auto last = std::find_if(repeatable_.rbegin(), repeatable_.rend(), [&](const Applied& each) {
                return !is_own(each.row->type) && each.row->description == row.description;
            });
            if (last != repeatable_.rend()) last->deleted = true;
        }
        repeatable_.push_back({.row = &row, .version = {}, .file = file_of({}, row)});
        latest_[row.description] = row.rank;
        return {};
    }

    const Resolved* file_of(const std::optional<Version>& version, const Migration& row) const {
        const auto found = by_key_.find(key_of(version, row.type, row.description));
        return found == by_key_.end() ? nullptr : found->second;
    }

    bool is_latest(const Applied& each) const {
        return each.version || latest_.at(each.row->description) == each.row->rank;
    }

    // Files that the history does not hold as they are.
    std::vector<const Resolved*> pending() const {
        std::vector<const Resolved*> files;
        for (const Resolved& file : files_) {
            const auto holds = [&](const Applied& each) {
                if (each.file != &file || each.deleted || each.undone || each.row->type == "DELETE") return false;
                return each.version || (is_latest(each) && each.row->checksum == file.checksum);
            };
            if (!std::ranges::any_of(file.name.version ? versioned_ : repeatable_, holds)) files.push_back(&file);
        }
        return files;
    }

    std::string_view missing(const Applied& each) const {
        if (!each.version || each.version < last_resolved_) return each.row->success ? "Missing" : "Failed (Missing)";
        return each.row->success ? "Future" : "Failed (Future)";
    }

    std::string_view state(const Applied& each) const {
        const Migration& row = *each.row;
        if (each.undone) return "Undone";
        if (each.deleted) return "Deleted";
        if (row.type == "DELETE" || row.type == "SCHEMA") return "Success";
        if (row.type == "BASELINE") return "Baseline";
        if (is_undo(row.type)) return row.success ? "Success" : "Failed";
        if (is_baseline(row.type) && !row.success) return "Failed";
        if (!each.file && is_latest(each)) return missing(each);
        if (is_baseline(row.type)) return "Baseline";
        if (!row.success) return "Failed";
        if (!each.version && !is_latest(each)) return "Superseded";
        if (!each.version) return row.checksum == each.file->checksum ? "Success" : "Outdated";
        return each.out_of_order ? "Out of Order" : "Success";
    }

    std::string_view state(const Resolved& file) const {
        const auto& version = file.name.version;
        if (!version) return "Pending";
        const bool baseline = is_baseline(file.name.type);
        const auto& base = last_applied_ ? applied_baseline_ : pending_baseline_;
        if (base && *version < *base) return "Below Baseline";
        if (base && *version == *base) return baseline && !last_applied_ ? "Pending" : "Ignored (Baseline)";
        if (const auto& target = options_.to_current ? last_applied_ : options_.target; target && *version > *target)
            return "Above Target";
        if (version < last_applied_ && !options_.out_of_order) return "Ignored";
        // A database that has migrations is not built anew.
        return baseline && last_applied_ ? "Ignored" : "Pending";
    }

    MigrationRow row_of(const Applied& each) const {
        const Migration& row = *each.row;
        MigrationRow out{.rank = row.rank,
                         .category = category(row.type, each.version.has_value()),
                         .version = row.version,
                         .description = row.description,
                         .type = row.type,
                         .state = std::string(state(each)),
                         .script = row.script,
                         .installed_on = row.installed_on,
                         .installed_by = row.installed_by,
                         .checksum = row.checksum,
                         .file = {},
                         .file_checksum = {},
                         .file_description = {}};
        if (!each.file) return out;
        out.file = each.file->path;
        out.file_checksum = each.file->checksum;
        out.file_description = each.file->name.description;
        return out;
    }

    MigrationRow row_of(const Resolved& file) const {
        const MigrationName& name = file.name;
        return {.rank = {},
                .category = category(name.type, name.version.has_value()),
                .version = name.version ? name.version->text() : "",
                .description = name.description,
                .type = name.type,
                .state = std::string(state(file)),
                .script = file.script,
                .installed_on = {},
                .installed_by = {},
                .checksum = {},
                .file = file.path,
                .file_checksum = file.checksum,
                .file_description = name.description};
    }

    static std::string category(std::string_view type, bool versioned) {
        if (is_own(type)) return "";
        if (!versioned) return "Repeatable";
        return is_undo(type) ? "Undo" : is_baseline(type) ? "Baseline" : "Versioned";
    }

    const std::vector<Resolved>& files_;
    const InfoOptions& options_;
    std::map<Key, const Resolved*> by_key_;
    std::vector<Applied> versioned_;
    std::vector<Applied> repeatable_;
    std::map<std::string, std::int64_t> latest_;  // of each repeatable, by description
    std::optional<Version> last_resolved_;
    std::optional<Version> last_applied_;
    std::optional<Version> applied_baseline_;
    std::optional<Version> pending_baseline_;
};

}  // namespace

Result<std::vector<MigrationRow>> info(const std::vector<Resolved>& files, const std::vector<Migration>& rows,
                                       const InfoOptions& options) {
    Infos infos(files, options);
    if (auto taken = infos.take(rows); !taken) return fail(std::move(taken.error()));
    return infos.rows();
}

bool is_pending(const MigrationRow& row) { return row.state == "Pending"; }

bool is_ignored(const MigrationRow& row) { return row.state == "Ignored" && row.category == "Versioned"; }

bool has_other_checksum(const MigrationRow& row) {
    return can_be_compared(row) && row.file_checksum && row.checksum != row.file_checksum;
}

bool has_other_description(const MigrationRow& row) {
    return can_be_compared(row) && row.description != as_kept(row.file_description);
}

bool is_missing(const MigrationRow& row) {
    return row.state == "Missing" && (row.type == "SQL" || row.type.starts_with("SCRIPT"));
}

}  // namespace roost
