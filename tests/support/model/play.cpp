#include "play.hpp"

#include <fstream>

#include "text.hpp"

namespace model {
namespace {

// Reads a line of the script from left to right.
class LineReader {
public:
    explicit LineReader(const std::string& line) : line_(line) {}

    bool take(std::string_view word) {
        blanks();
        if (std::string_view(line_).substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    void need(std::string_view word) {
        if (!take(word)) fail("expected `" + std::string(word) + "`");
    }
    int number() {
        blanks();
        std::size_t used = 0;
        const std::string rest = line_.substr(at_);
        if (rest.empty() || (rest[0] != '-' && !std::isdigit(static_cast<unsigned char>(rest[0]))))
            fail("expected a number");
        const int value = std::stoi(rest, &used);
        at_ += used;
        return value;
    }
    std::string word() {
        blanks();
        const auto end = std::min(line_.find_first_of(" :\"", at_), line_.size());
        const std::string found = line_.substr(at_, end - at_);
        at_ = end;
        return found;
    }
    std::string quoted_by(char quote) {
        blanks();
        const auto end = line_.find(quote, at_ + 1);
        if (at_ >= line_.size() || line_[at_] != quote || end == line_.npos) fail(std::string("expected ") + quote);
        const std::string found = line_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
        return found;
    }
    bool done() {
        blanks();
        return at_ == line_.size();
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw problem(50000, "model: the play cannot be read, " + what + " at `" + line_.substr(at_) + "`", "HY000");
    }

private:
    void blanks() { at_ = std::min(line_.find_first_not_of(' ', at_), line_.size()); }
    const std::string& line_;
    std::size_t at_ = 0;
};

Record record(LineReader& reader, const char* state) {
    Record made{.state = state, .native = reader.number(), .text = {}};
    if (reader.take("state")) made.state = reader.word();
    made.text = reader.quoted_by('"');
    return made;
}

Action action(LineReader& reader) {
    if (reader.take("run")) return {};
    if (reader.take("hang")) return {Action::Kind::hang};
    if (reader.take("die")) return {Action::Kind::die};
    if (reader.take("lost connection")) return {Action::Kind::lose};
    if (reader.take("info")) {
        Action made{Action::Kind::info, {{"01000", 0, reader.quoted_by('"')}}};
        while (reader.take("and")) made.records.push_back({"01000", 0, reader.quoted_by('"')});
        return made;
    }
    reader.need("error");
    Action made{Action::Kind::error, {record(reader, "42000")}};
    while (reader.take("and")) {
        reader.need("error");
        made.records.push_back(record(reader, "42000"));
    }
    return made;
}

}  // namespace

std::shared_ptr<Play> Play::of(const std::string& file) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<Play>> plays;
    if (file.empty()) return nullptr;
    const std::scoped_lock lock(mutex);
    auto& play = plays[file];
    if (!play) play.reset(new Play(file));
    return play;
}

Play::Play(const std::string& file) {
    std::ifstream lines(file);
    if (!lines) throw problem(50000, "model: there is no play " + file, "HY000");
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && !line.starts_with('#')) rules_.push_back(rule(line));
}

Play::Rule Play::rule(const std::string& line) {
    LineReader reader(line);
    reader.need("at");
    Rule rule;
    const bool every = reader.take("every");
    rule.when = reader.word();
    if (reader.take("matching"))
        rule.pattern.emplace(reader.quoted_by('/'), std::regex::ECMAScript | std::regex::icase);
    rule.number = reader.take("number") ? reader.number() : every ? 0 : 1;
    reader.need(":");
    do rule.actions.push_back(action(reader));
    while (reader.take("then"));
    if (!reader.done()) reader.fail("what is this");
    return rule;
}

std::optional<std::vector<Action>> Play::at(std::string_view when, std::string_view text) {
    const std::scoped_lock lock(mutex_);
    std::optional<std::vector<Action>> found;
    for (Rule& rule : rules_) {
        if (rule.when != when) continue;
        if (rule.pattern && !std::regex_search(text.begin(), text.end(), *rule.pattern)) continue;
        ++rule.seen;
        if (!found && (rule.number == 0 || rule.number == rule.seen)) found = rule.actions;
    }
    return found;
}

}  // namespace model
