// A report as JUnit's XML, for pipelines that show tests: one test for each finding and for each difference.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/describe.hpp"
#include "report/markup.hpp"
#include "report/report.hpp"

namespace roost {

namespace {

// What XML 1.0 takes as text and in an attribute. Names are data: harmless() has made control characters visible, and
// U+FFFE and U+FFFF are no characters.
std::string xml(std::string_view text) {
    std::string safe = harmless(text);
    for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (auto at = safe.find(none); at != std::string::npos; at = safe.find(none, at + 3))
            safe.replace(at, none.size(), "\xEF\xBF\xBD");
    return with_entities(safe, "&apos;");
}

enum class Outcome : std::uint8_t { passed, failed, broken };

struct Case {
    std::string name;
    Outcome outcome = Outcome::passed;
    std::string type = {};  // "error", "drift", "warning", "note"
    std::string text = {};
};

std::string written(const Case& test, const std::string& suite) {
    const std::string head = fmt::format("    <testcase classname=\"{}\" name=\"{}\"", xml(suite), xml(test.name));
    if (test.outcome == Outcome::passed && test.text.empty()) return head + "/>\n";
    if (test.outcome == Outcome::passed)
        return fmt::format("{}>\n      <system-out>{}: {}</system-out>\n    </testcase>\n", head, test.type,
                           xml(test.text));
    const std::string_view element = test.outcome == Outcome::failed ? "failure" : "error";
    return fmt::format("{0}>\n      <{1} type=\"{2}\" message=\"{3}\">{3}</{1}>\n    </testcase>\n", head, element,
                       test.type, xml(test.text));
}

std::string_view kind_of(Severity severity) {
    return severity == Severity::error ? "error" : severity == Severity::warning ? "warning" : "note";
}

Case of_finding(const Finding& finding) {
    const bool failed = finding.severity == Severity::error;
    return {fmt::format("{}: {}", finding.code, finding.what.message), failed ? Outcome::failed : Outcome::passed,
            std::string(kind_of(finding.severity)), to_string(finding.what)};
}

// A plan that has something to do is no failure; what check finds is.
Case of_line(const PlanLine& line, bool is_drift) {
    const std::string what = line.change ? describe(*line.change) : line.text;
    const std::string place = to_string(line.place);
    return {fmt::format("{}: {}", is_drift ? "drift" : to_string(line.evidence), what),
            is_drift ? Outcome::failed : Outcome::passed, is_drift ? "drift" : "change",
            place.empty() ? what : fmt::format("{}: {}", place, what)};
}

std::vector<Case> cases_of(const Report& report, const PlanBody* body) {
    const bool is_check = report.command == "check";
    std::vector<Case> cases;
    if (body && body->lines.empty()) cases.push_back({is_check ? "drift: none" : "changes: none"});
    if (body)
        for (const PlanLine& line : body->lines) cases.push_back(of_line(line, is_check));
    for (const Finding& finding : report.findings) cases.push_back(of_finding(finding));
    for (const Error& error : report.errors)
        cases.push_back({error.message, Outcome::broken, "error", to_string(error)});
    return cases;
}

// A test's name is its identity: of two alike the later ones are numbered.
void tell_apart(std::vector<Case>& cases) {
    std::vector<std::string> names;
    for (Case& test : cases) {
        const auto before = std::ranges::count(names, test.name);
        names.push_back(test.name);
        if (before > 0) test.name += fmt::format(" ({})", before + 1);
    }
}

}  // namespace

Result<std::string> to_junit(const Report& report) {
    const auto* body = std::get_if<PlanBody>(&report.body);
    if (report.command != "check" && report.command != "plan" && report.command != "apply")
        return fail(usage_error(fmt::format("{} has no report as JUnit", report.command),
                                "ask for one of check, plan or apply"));
    auto cases = cases_of(report, body);
    tell_apart(cases);
    const std::string suite = fmt::format("roost.{}.{}", report.header.project, report.header.environment);
    const auto count = [&](Outcome outcome) { return std::ranges::count(cases, outcome, &Case::outcome); };
    const std::string numbers = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\"", cases.size(),
                                            count(Outcome::failed), count(Outcome::broken));
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n  <testsuite name=\"{1}\" {0}>\n", numbers,
        xml(fmt::format("roost {} {}/{}", report.command, report.header.project, report.header.environment)));
    for (const Case& test : cases) out += written(test, suite);
    return out + "  </testsuite>\n</testsuites>\n";
}

}  // namespace roost
