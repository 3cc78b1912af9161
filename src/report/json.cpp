#include <nlohmann/json.hpp>

#include "core/describe.hpp"
#include "report/json_text.hpp"
#include "report/report.hpp"

namespace roost {
namespace {

using Json = nlohmann::ordered_json;

Json json(const Place& place) {
    if (place.file.empty()) return nullptr;
    Json out{{"file", place.file}};
    if (place.line) out["line"] = place.line;
    if (place.column) out["column"] = place.column;
    return out;
}

Json json(const Error& error);
Json json(const Finding& finding);
Json json(const PlanLine& line);
Json json(const ExplainBody::Edge& edge);
Json json(const ExplainBody::Path& path);
Json json(const HistoryBody::Step& step);
Json json(const HistoryBody::Entry& entry);
Json json(const MigrationRow& row);
Json json(const EnginesBody::Engine& engine);
Json json(const SqlStatement& statement);
Json json(const StatusBody::Toggle& toggle);

template <class Range>
Json list(const Range& values) {
    Json out = Json::array();
    for (const auto& value : values) out.push_back(json(value));
    return out;
}

std::string_view word(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

std::string_view word(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return "usage";
        case ErrorKind::refused:
            return "refused";
        case ErrorKind::failed:
            return "failed";
        case ErrorKind::interrupted:
            return "interrupted";
    }
    return "failed";
}

Json json(const Error& error) {
    Json out{
        {"kind", word(error.kind)}, {"message", error.message}, {"advice", error.advice}, {"place", json(error.place)}};
    if (!error.sqlstate.empty()) out["sqlstate"] = error.sqlstate;
    if (error.native) out["native"] = error.native;
    return out;
}

Json json(const Finding& finding) {
    Json out{{"code", finding.code}, {"severity", word(finding.severity)}};
    out.update(json(finding.what));
    out.erase("kind");
    return out;
}

Json json(const Options& options) {
    Json out = Json::object();
    if (options.stated & option::admin) out["admin"] = (options.value & option::admin) != 0;
    if (options.stated & option::inherit) out["inherit"] = (options.value & option::inherit) != 0;
    if (options.stated & option::set) out["set"] = (options.value & option::set) != 0;
    if (options.stated & option::default_role) out["default_role"] = (options.value & option::default_role) != 0;
    return out;
}

struct ChangeJson {
    Json operator()(const CreateRole& c) const { return {{"role", c.role}}; }
    Json operator()(const MarkRole& c) const { return {{"role", c.role}}; }
    Json operator()(const Grant& c) const {
        return {{"role", c.role}, {"member", c.member}, {"options", json(c.options)}};
    }
    Json operator()(const AlterMembership& c) const {
        return {{"role", c.role}, {"member", c.member}, {"grantor", c.grantor}, {"options", json(c.options)}};
    }
    Json operator()(const Revoke& c) const { return {{"role", c.role}, {"member", c.member}, {"grantor", c.grantor}}; }
    Json operator()(const DropRole& c) const { return {{"role", c.role}}; }
    Json operator()(const CreateUser& c) const { return {{"user", c.user}}; }
};

Json json(const PlanLine& line) {
    Json out{{"evidence", to_string(line.evidence)}};
    if (line.change) {
        out["change"] = verb(*line.change);
        out.update(std::visit(ChangeJson{}, *line.change));
        out["text"] = describe(*line.change);
    } else {
        out["change"] = nullptr;
        out["text"] = line.text;
        out["known"] = line.known;
    }
    out["why"] = line.why;
    out["place"] = json(line.place);
    return out;
}

// Paths of all, or of those alone that are new or changed.
Json paths(const std::vector<ScriptLine>& scripts, bool all) {
    Json out = Json::array();
    for (const ScriptLine& script : scripts)
        if (all || !script.known) out.push_back(script.path);
    return out;
}
Json json(const ExplainBody::Edge& edge) {
    return {{"role", edge.role}, {"member", edge.member}, {"inherit", edge.inherit}};
}
Json json(const ExplainBody::Path& path) { return {{"edges", list(path.edges)}, {"effective", path.effective}}; }
Json json(const HistoryBody::Step& s) {
    return {{"kind", s.kind},     {"phase", s.phase},           {"name", s.name},         {"place", s.place},
            {"covers", s.covers}, {"started_at", s.started_at}, {"ended_at", s.ended_at}, {"state", s.state}};
}
Json json(const HistoryBody::Entry& e) {
    return {{"id", e.id},
            {"state", e.state},
            {"event", e.event},
            {"actor", e.actor},
            {"account", e.account},
            {"host", e.host},
            {"roost", e.roost},
            {"schema_version", e.schema_version},
            {"started_at", e.started_at},
            {"ended_at", e.ended_at},
            {"error", e.error},
            {"steps", list(e.steps)}};
}
Json json(const MigrationRow& r) {
    const auto number = [](const auto& value) { return value ? Json(*value) : Json(nullptr); };
    return {{"rank", number(r.rank)},
            {"category", r.category},
            {"version", r.version},
            {"description", r.description},
            {"type", r.type},
            {"state", r.state},
            {"script", r.script},
            {"installed_on", r.installed_on},
            {"installed_by", r.installed_by},
            {"checksum", number(r.checksum)},
            {"file", r.file},
            {"file_checksum", number(r.file_checksum)}};
}
Json json(const EnginesBody::Engine& e) {
    return {{"name", e.name},           {"title", e.title},      {"odbc_driver", e.driver},
            {"package", e.package},     {"role_scope", e.scope}, {"on_failure", e.on_failure},
            {"reachable", e.reachable}, {"roles", e.roles},      {"verified_on", e.verified_on}};
}

Json json(const SqlStatement& s) {
    return {{"sql", s.sql}, {"about", s.about}, {"script", s.script}, {"in_transaction", s.in_transaction}};
}
Json json(const RehearsalResult& r) { return {{"done", r.done}, {"proven", r.proven}, {"not_proven", r.not_proven}}; }
Json json(const StatusBody::Toggle& t) {
    return {{"name", t.name},
            {"role", t.role},
            {"owner", t.owner},
            {"state", t.state},
            {"on", t.on},
            {"users", t.users},
            {"not_effective", t.not_effective},
            {"since", t.since},
            {"expires", t.expires},
            {"stale", t.stale}};
}

std::string_view word(Picture::Was was) {
    constexpr std::string_view words[] = {"kept", "added", "removed", "altered"};
    return words[static_cast<std::size_t>(was)];
}

// Edges by name, so that nobody has to count.
Json json(const Picture& picture) {
    Json nodes = Json::array(), edges = Json::array();
    for (const Picture::Node& node : picture.nodes)
        nodes.push_back({{"name", node.name},
                         {"kind", node.kind == PrincipalKind::user ? "user" : "role"},
                         {"toggle", node.toggle},
                         {"managed", node.managed},
                         {"was", word(node.was)}});
    for (const Picture::Edge& edge : picture.edges)
        edges.push_back({{"role", picture.nodes[edge.role].name},
                         {"member", picture.nodes[edge.member].name},
                         {"was", word(edge.was)},
                         {"effective", edge.effective}});
    return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

struct BodyJson {
    Json operator()(std::monostate) const { return Json::object(); }
    Json operator()(const PlanBody& b) const {
        return {{"differs", b.differs},
                {"applied", b.applied},
                {"partly", b.partly},
                {"declares", b.declares},
                {"run", b.run},
                {"scripts", paths(b.scripts, true)},
                {"changed_scripts", paths(b.scripts, false)},
                {"lines", list(b.lines)},
                {"sql", list(b.sql)},
                {"picture", json(b.picture)},
                {"rehearsal", json(b.rehearsal)},
                {"history", list(b.history.entries)}};
    }
    Json operator()(const MemberBody& b) const {
        return {{"role", b.role}, {"principal", b.principal}, {"member", b.member}};
    }
    Json operator()(const ExplainBody& b) const {
        return {{"user", b.user},
                {"toggle", b.toggle},
                {"about", b.about},
                {"role", b.role},
                {"member", !b.paths.empty()},
                {"effective", b.effective},
                {"superuser", b.superuser},
                {"paths", list(b.paths)},
                {"more_paths", b.more},
                {"ended_by", list(b.cuts)},
                {"ended_by_all_of", list(b.all_of)}};
    }
    Json operator()(const HistoryBody& b) const { return {{"history", list(b.entries)}}; }
    Json operator()(const MigrationsBody& b) const { return {{"migrations", list(b.rows)}}; }
    Json operator()(const StatusBody::Environment& e) const { return {{"toggles", list(e.toggles)}}; }
    Json operator()(const StatusBody&) const { return Json::object(); }  // a run for each of its environments
    Json operator()(const EnginesBody& b) const { return {{"engines", list(b.engines)}}; }
    Json operator()(const InitBody& b) const { return {{"written", b.written}, {"text", b.text}}; }
};

Json json(const RunHeader& h) {
    return {{"project", h.project},
            {"environment", h.environment},
            {"engine", h.engine},
            {"engine_version", h.engine_version},
            {"roles", h.roles},
            {"database", h.database},
            {"account", h.account},
            {"schema_version", h.schema_version},
            {"round_trips", h.round_trips}};
}

Json run_json(const RunHeader& header, int status, Json body, const std::vector<Finding>& findings,
              const Errors& errors) {
    Json run = json(header);
    run["status"] = status;
    run.update(body);
    run["findings"] = list(findings);
    run["errors"] = list(errors);
    return run;
}

Json runs_json(const Report& report) {
    const auto* status = std::get_if<StatusBody>(&report.body);
    if (!status)
        return Json::array({run_json(report.header, report.status, std::visit(BodyJson{}, report.body), report.findings,
                                     report.errors)});
    Json runs = Json::array();
    for (const StatusBody::Environment& e : status->environments)
        runs.push_back(e.errors.empty() ? run_json(e.header, 0, BodyJson{}(e), e.findings, e.errors)
                                        : run_json(e.header, 1, Json::object(), e.findings, e.errors));
    return runs;
}

}  // namespace

std::string to_json(const Report& report) {
    const Json envelope{{"schema", 1}, {"command", report.command}, {"runs", runs_json(report)}};
    return inert_json(envelope.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace roost
