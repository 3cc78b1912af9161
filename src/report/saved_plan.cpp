#include "report/saved_plan.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/checksum.hpp"
#include "core/describe.hpp"
#include "report/json_text.hpp"

namespace roost {
namespace {

using Json = nlohmann::ordered_json;

constexpr int layout = 1;

Json body(const SavedPlan& plan) {
    Json scripts = Json::array();
    for (const auto& [path, checksum] : plan.scripts) scripts.push_back({{"path", path}, {"checksum", checksum}});
    Json statements = Json::array();
    for (const auto& [about, sql] : plan.statements) statements.push_back({{"about", about}, {"sql", sql}});
    return {{"made_at", plan.made_at},
            {"made_by", plan.made_by},
            {"expires_at", plan.expires_at},
            {"project", plan.project},
            {"environment", plan.environment},
            {"engine", plan.engine},
            {"database", plan.database},
            {"database_id", plan.database_id},
            {"account", plan.account},
            {"event", plan.event},
            {"adopt", plan.adopt},
            {"schema_version", plan.schema_version},
            {"history_rank", plan.history_rank},
            {"holds", plan.holds},
            {"roles", plan.roles},
            {"principals", plan.principals},
            {"scripts", std::move(scripts)},
            {"statements", std::move(statements)}};
}

std::string text_of(const Json& json, int indent = -1) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string id_of(const Json& body) {
    return fmt::format("{}-{:08x}", body.at("made_at").get<std::string>(), flyway_checksum(text_of(body)));
}

Error unreadable(std::string message, const std::string& file) {
    return usage_error(std::move(message), "make it anew: roost plan --out", {.file = file});
}

SavedPlan plan_of(const Json& json) {
    SavedPlan plan{.made_at = json.at("made_at"),
                   .made_by = json.at("made_by"),
                   .expires_at = json.at("expires_at"),
                   .project = json.at("project"),
                   .environment = json.at("environment"),
                   .engine = json.at("engine"),
                   .database = json.at("database"),
                   .database_id = json.at("database_id"),
                   .account = json.at("account"),
                   .event = json.at("event"),
                   .adopt = json.at("adopt"),
                   .schema_version = json.at("schema_version"),
                   .history_rank = json.at("history_rank"),
                   .holds = json.at("holds"),
                   .roles = json.at("roles"),
                   .principals = json.at("principals"),
                   .scripts = {},
                   .statements = {}};
    for (const Json& script : json.at("scripts")) plan.scripts.push_back({script.at("path"), script.at("checksum")});
    for (const Json& each : json.at("statements")) plan.statements.push_back({each.at("about"), each.at("sql")});
    return plan;
}

Error refusal(std::string message, std::string advice) {
    return {.kind = ErrorKind::refused, .message = std::move(message), .advice = std::move(advice)};
}

Error foreign(std::string_view what, const std::string& saved, const std::string& now) {
    return refusal(fmt::format("the plan is for {} {}, this is {}", what, saved, now),
                   "apply it where it was made for, or make one for here");
}

Error changed(std::string message) {
    return refusal(fmt::format("the plan is stale: {}", message), "look at a new one: roost plan --out");
}

Errors of_another_place(const SavedPlan& saved, const SavedPlan& now) {
    Errors errors;
    const auto compare = [&](std::string_view what, const std::string& was, const std::string& is) {
        if (was != is) errors.push_back(foreign(what, was, is));
    };
    compare("project", saved.project, now.project);
    compare("environment", saved.environment, now.environment);
    compare("engine", saved.engine, now.engine);
    compare("database", saved.database_id, now.database_id);
    compare("account", saved.account, now.account);
    return errors;
}

std::string shown_version(const std::string& version) { return version.empty() ? "none" : version; }

template <class Value>
void add_changed(Errors& errors, std::string_view what, const std::map<std::string, Value>& was,
                 const std::map<std::string, Value>& is) {
    for (const auto& [name, value] : was)
        if (const auto found = is.find(name); found == is.end() || found->second != value)
            errors.push_back(changed(fmt::format("{} {} is not as it was", what, shown(name))));
    for (const auto& each : is)
        if (!was.contains(each.first)) errors.push_back(changed(fmt::format("{} {} is new", what, shown(each.first))));
}

}  // namespace

std::string id_of(const SavedPlan& plan) { return id_of(body(plan)); }

std::string to_json(const SavedPlan& plan) {
    Json json = body(plan);
    Json whole{{"roost_plan", layout}, {"id", id_of(json)}};
    whole.update(json);
    return inert_json(text_of(whole, 2)) + "\n";
}

Result<SavedPlan> read_saved_plan(const std::string& text, const std::string& file) {
    try {
        const Json json = Json::parse(text);
        if (!json.is_object() || !json.contains("roost_plan"))
            return fail(unreadable("is no plan that roost has saved", file));
        if (json.at("roost_plan") != layout)
            return fail(unreadable(
                fmt::format("has layout {}, this roost reads {}", json.at("roost_plan").dump(), layout), file));
        const SavedPlan plan = plan_of(json);
        Json whole{{"roost_plan", layout}, {"id", id_of(plan)}};
        whole.update(body(plan));
        if (whole != json) return fail(unreadable("was altered after it was made", file));
        return plan;
    } catch (const Json::parse_error& error) {
        return fail(unreadable(fmt::format("is no JSON from byte {} on", error.byte), file));
    } catch (const Json::exception& error) {
        return fail(unreadable(fmt::format("cannot be read: {}", error.what()), file));
    }
}

Errors stale(const SavedPlan& saved, const SavedPlan& now) {
    if (Errors errors = of_another_place(saved, now); !errors.empty()) return errors;
    if (now.made_at > saved.expires_at)
        return {refusal(fmt::format("the plan expired at {}", saved.expires_at), "make a new one: roost plan --out")};
    Errors errors;
    if (saved.history_rank != now.history_rank || saved.schema_version != now.schema_version)
        errors.push_back(changed(fmt::format("the schema version was {}, and is {}; or migrations ran that have none",
                                             shown_version(saved.schema_version), shown_version(now.schema_version))));
    if (saved.holds != now.holds) errors.push_back(changed("the holds are not as they were"));
    add_changed(errors, "role", saved.roles, now.roles);
    add_changed(errors, "principal", saved.principals, now.principals);
    if (saved.scripts != now.scripts) errors.push_back(changed("the scripts are not as they were"));
    if (errors.empty() && saved.statements != now.statements)
        errors.push_back(changed("what would be sent is not as it was: the declaration or the scripts have changed"));
    return errors;
}

}  // namespace roost
