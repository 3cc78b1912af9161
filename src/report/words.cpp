#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "core/mark.hpp"

namespace roost {
namespace {

Word said(std::string text) { return {std::move(text), false}; }
Word name(const std::string& text) { return {shown(text), true}; }

void add_grantor(std::vector<Word>& words, const std::string& grantor) {
    if (grantor.empty()) return;
    words.push_back(said(", granted by "));
    words.push_back(name(grantor));
}

struct Words {
    using List = std::vector<Word>;
    List operator()(const CreateRole& c) const { return {said("create role "), name(c.role)}; }
    List operator()(const MarkRole& c) const {
        return {said(mark_in(c.comment) ? "take charge of role " : "set the comment of role "), name(c.role)};
    }
    List operator()(const Grant& c) const {
        List words{said("grant "), name(c.role), said(" to "), name(c.member)};
        const std::string all = describe(Change{c});
        std::size_t length = 0;
        for (const Word& word : words) length += word.text.size();
        if (all.size() > length) words.push_back(said(all.substr(length)));
        return words;
    }
    List operator()(const AlterMembership& c) const {
        List words{said("alter "), name(c.role), said(" for "), name(c.member)};
        add_grantor(words, c.grantor);
        words.push_back(said(": " + describe(c.options)));
        return words;
    }
    List operator()(const Revoke& c) const {
        List words{said("revoke "), name(c.role), said(" from "), name(c.member)};
        add_grantor(words, c.grantor);
        return words;
    }
    List operator()(const DropRole& c) const { return {said("drop role "), name(c.role)}; }
    List operator()(const CreateUser& c) const { return {said("create user "), name(c.user)}; }
};

struct Tally {
    std::string_view verb;
    Doing doing;
    std::string_view to_do;
    std::string_view done;
    std::string_view noun = {};  // what is counted; empty: the verb says it
};
constexpr Tally tallies[] = {
    {"create", Doing::adds, "to create", "created"}, {"create_user", Doing::adds, "to create", "created", "user"},
    {"mark", Doing::alters, "to mark", "marked"},    {"grant", Doing::adds, "to grant", "granted"},
    {"alter", Doing::alters, "to alter", "altered"}, {"revoke", Doing::removes, "to revoke", "revoked"},
    {"drop", Doing::removes, "to drop", "dropped"}};

std::string applied(const Report& report, const PlanBody& body, const std::string& counts) {
    const std::string ran = body.scripts.empty() ? "" : ", " + counted(body.scripts.size(), "script");
    const std::string what =
        fmt::format("run {}{}{}", body.run, ran, counts.empty() ? ", nothing declared had to change" : ", " + counts);
    if (!body.declares) return fmt::format("Done: run {}{}. Nothing declared was applied.", body.run, ran);
    return report.errors.empty() ? fmt::format("Done: {}. The declared state holds.", what)
                                 : fmt::format("Committed: {}. But see the errors.", what);
}

std::string verdict_of(const Report& report, const PlanBody& body) {
    const std::string counts = in_words(counts_of(body));
    if (body.applied) return applied(report, body, counts);
    if (body.partly)
        return fmt::format("Stopped on the way: what run {} did before it stays; `roost history --steps` tells.",
                           body.run);
    if (!report.errors.empty()) return report.command == "apply" ? "Not applied." : "Would be refused.";
    if (report.command == "check") {
        if (body.differs) return fmt::format("Drift: {}.", counts);
        return report.status == 0 ? "In sync: the database is as declared." : "No drift, but see the errors.";
    }
    if (!body.differs) return "Nothing to do: the database is as declared.";
    return counts.empty() ? "Plan: scripts that are new or changed." : fmt::format("Plan: {}.", counts);
}

}  // namespace

Doing doing(const PlanLine& line) {
    if (!line.change) return line.does;
    const auto tally = std::ranges::find(tallies, verb(*line.change), &Tally::verb);
    return tally->doing;
}

std::string_view mark_of(Doing doing) {
    switch (doing) {
        case Doing::adds:
            return "+";
        case Doing::alters:
            return "~";
        case Doing::removes:
            return "-";
        case Doing::unknown:
            break;
    }
    return "?";
}

std::vector<Word> words_of(const Change& change) { return std::visit(Words{}, change); }

std::string where(const RunHeader& header) {
    std::string text = harmless(header.engine);
    if (!header.engine_version.empty()) text += " " + harmless(header.engine_version);
    if (!header.database.empty()) text += fmt::format(", database {}", shown(header.database));
    if (!header.schema_version.empty()) text += fmt::format(", schema version {}", harmless(header.schema_version));
    if (header.roles == "emulated") text += ", roles = emulated";
    return text;
}

std::vector<Count> counts_of(const PlanBody& body) {
    std::vector<Count> counts;
    for (const Tally& tally : tallies) {
        const auto number = static_cast<std::size_t>(std::ranges::count_if(
            body.lines, [&](const PlanLine& line) { return line.change && verb(*line.change) == tally.verb; }));
        const std::string_view what = body.applied ? tally.done : tally.to_do;
        const std::string_view plural = tally.noun.empty() || number == 1 ? "" : "s";
        if (number)
            counts.push_back({tally.doing, number,
                              fmt::format("{}{}{}{}", tally.noun, plural, tally.noun.empty() ? "" : " ", what)});
    }
    const auto others = static_cast<std::size_t>(std::ranges::count_if(
        body.lines, [](const PlanLine& line) { return !line.change && line.evidence == Evidence::rehearsed; }));
    if (others)
        counts.push_back(
            {Doing::alters, others, others == 1 ? "change of rights or settings" : "changes of rights or settings"});
    const auto opaque = static_cast<std::size_t>(
        std::ranges::count_if(body.lines, [](const PlanLine& line) { return line.evidence == Evidence::opaque; }));
    if (opaque) counts.push_back({Doing::unknown, opaque, opaque == 1 ? "opaque statement" : "opaque statements"});
    return counts;
}

std::string in_words(const std::vector<Count>& counts) {
    std::string text;
    for (const Count& count : counts)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count.number, count.what);
    return text;
}

std::string verdict(const Report& report) {
    if (const auto* body = std::get_if<PlanBody>(&report.body)) return verdict_of(report, *body);
    if (!report.errors.empty())
        return report.errors.front().kind == ErrorKind::refused ? "Refused." : "Stopped by an error.";
    return {};
}

std::string_view to_string(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::vector<const Finding*> in_order(const std::vector<Finding>& findings) {
    std::vector<const Finding*> list;
    for (const Finding& finding : findings) list.push_back(&finding);
    std::ranges::stable_sort(list, [](const Finding* one, const Finding* other) {
        return std::pair(one->severity, std::string_view(one->code)) <
               std::pair(other->severity, std::string_view(other->code));
    });
    return list;
}

std::string counted(std::size_t number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s");
}

}  // namespace roost
