// A plan as a script that the engine's own client can run.
#include <fmt/format.h>

#include <algorithm>

#include "core/describe.hpp"
#include "report/client_text.hpp"
#include "report/report.hpp"

namespace roost {
namespace {

// The file in "callbacks/…/afterMigrate__010_roles.sql:3:1".
std::string_view file_of(const SqlStatement& statement) {
    std::string_view place = statement.about;
    for (int i = 0; i < 2; ++i) place = place.substr(0, place.rfind(':'));
    return place;
}

class SqlScript {
public:
    explicit SqlScript(const ScriptForm& form) : form_(form) {}

    void comment(std::string_view text) { out_ += client_comment(text); }
    void header(const Report& report, const PlanBody& body);
    void begin();
    void add(const SqlStatement& statement);
    Result<std::string> finish();

private:
    void own(std::string_view sql);  // roost's own, that ends itself or not
    void transaction(bool inside);
    void leave_script(const SqlStatement* next);

    const ScriptForm& form_;
    std::string out_;
    const SqlStatement* script_ = nullptr;  // the last statement, of a user's script
    std::string_view about_;                // of the last statement
    bool inside_ = false;                   // the transaction
    std::optional<Error> error_;
    bool leaves_out_secrets_ = false;
};

void SqlScript::header(const Report& report, const PlanBody& body) {
    const RunHeader& run = report.header;
    comment(fmt::format("What `roost apply` {}: project {}, environment {}, database {}, {} {}",
                        body.applied || body.partly ? "sent" : "would send", shown(run.project), shown(run.environment),
                        shown(run.database), run.engine, run.engine_version));
    if (!body.sql.empty()) comment(fmt::format("Run it as: {}", form_.client));
    comment("It asks no guard, takes no lock and writes no ledger: to roost, what it does was done by hand");
    if (!form_.has_marks) comment("Whose a role is stands in a table of roost's, which it leaves alone");
    leaves_out_secrets_ = std::ranges::any_of(body.sql, &SqlStatement::leaves_out);
    if (leaves_out_secrets_)
        comment(
            "Secrets are left out, as ${name} or ***: fill them in, then take away the first statement, which fails");
}

void SqlScript::own(std::string_view sql) {
    while (sql.ends_with('\n')) sql.remove_suffix(1);
    if (sql.empty()) return;
    out_ += fmt::format("{}{}\n", sql, sql.ends_with(';') && form_.end == ";" ? "" : form_.end);
}

void SqlScript::begin() {
    if (!form_.opening.empty()) out_ += fmt::format("{}\n", form_.opening);
    if (leaves_out_secrets_) own("SELECT 1 FROM roost_secrets_are_left_out");
    own(form_.session_begin);
    own(form_.tables);
}

void SqlScript::transaction(bool inside) {
    if (inside == inside_) return;
    inside_ = inside;
    about_ = {};
    if (form_.begin.empty()) return;
    out_ += '\n';
    own(inside ? form_.begin : form_.commit);
}

// Those of our own SQL stand on lines of their own; here they would stand behind each script.
std::string without_comment_lines(std::string_view sql) {
    std::string text;
    for (std::size_t begin = 0; begin < sql.size();) {
        const std::size_t end = std::min(sql.find('\n', begin), sql.size() - 1) + 1;
        const std::string_view line = sql.substr(begin, end - begin);
        if (!line.starts_with("--")) text += line;
        begin = end;
    }
    return text;
}

// What a script set does not last beyond it.
void SqlScript::leave_script(const SqlStatement* next) {
    if (!script_ || (next && next->script && file_of(*next) == file_of(*script_))) return;
    script_ = nullptr;
    if (!next || form_.session_back.empty()) return;
    out_ += '\n';
    comment("the session as it was before the script");
    own(without_comment_lines(form_.session_back));
}

void SqlScript::add(const SqlStatement& statement) {
    leave_script(&statement);
    transaction(statement.in_transaction);
    // What takes several statements is told once.
    if (statement.script || about_ != statement.about) {
        out_ += '\n';
        comment(statement.about);
    }
    about_ = statement.about;
    auto text = client_text(statement.script ? statement.sql : in_short_lines(statement.sql), form_);
    if (!text && !error_) {
        error_ = std::move(text.error());
        error_->message = fmt::format("{} {}", harmless(statement.about), error_->message);
        error_->advice = fmt::format("it is no statement for `{}`: apply with roost", form_.client);
    }
    if (text) out_ += *text + '\n';
    if (statement.script) script_ = &statement;
}

Result<std::string> SqlScript::finish() {
    leave_script(nullptr);
    transaction(false);
    if (error_) return fail(std::move(*error_));
    return std::move(out_);
}

}  // namespace

Result<std::string> to_sql(const Report& report) {
    const PlanBody* body = std::get_if<PlanBody>(&report.body);
    if (!body && report.errors.empty())
        return fail(usage_error(fmt::format("{} has no script", report.command), "ask for it with `roost plan`"));
    static const PlanBody none;
    if (!body) body = &none;
    SqlScript script(body->script_form);
    script.header(report, *body);
    if (!report.errors.empty() && !body->applied) {
        for (const Error& error : report.errors) script.comment(fmt::format("Refused: {}", to_string(error)));
        return script.finish();
    }
    if (body->sql.empty()) {
        script.comment("Nothing to do");
        return script.finish();
    }
    script.begin();
    for (const SqlStatement& statement : body->sql) script.add(statement);
    return script.finish();
}

}  // namespace roost
