#include "core/ddl_reader.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "core/form.hpp"

namespace roost {

namespace {

// Words that are no principal's name where they stand unquoted: they mean somebody else, or a right.
constexpr std::array<std::string_view, 31> no_names = {
    "ALL",    "ALTER",     "CONNECT", "CREATE",   "CURRENT_ROLE", "CURRENT_USER", "DELETE", "EXECUTE",
    "GROUP",  "INSERT",    "NONE",    "PUBLIC",   "REFERENCES",   "RESOURCE",     "SELECT", "SESSION_USER",
    "SYSASM", "SYSBACKUP", "SYSDBA",  "SYSDG",    "SYSKM",        "SYSOPER",      "SYSRAC", "SYSTEM_USER",
    "TEMP",   "TEMPORARY", "TRIGGER", "TRUNCATE", "UPDATE",       "USAGE",        "USER"};

// Words with which another statement begins, beside SELECT.
constexpr std::array<std::string_view, 13> statement_words = {"ALTER", "CALL",   "CREATE",  "DELETE", "DO",
                                                              "DROP",  "EXEC",   "EXECUTE", "GRANT",  "INSERT",
                                                              "MERGE", "REVOKE", "UPDATE"};

// The same where statements may end by the next one alone.
constexpr std::array<std::string_view, 34> batch_words = {
    "BACKUP",  "BEGIN",    "BREAK",   "CHECKPOINT", "CLOSE",       "COMMIT",  "CONTINUE", "DBCC",   "DEALLOCATE",
    "DECLARE", "DENY",     "DISABLE", "ELSE",       "ENABLE",      "END",     "FETCH",    "GOTO",   "IF",
    "KILL",    "OPEN",     "PRINT",   "RAISERROR",  "RECONFIGURE", "RESTORE", "RETURN",   "REVERT", "ROLLBACK",
    "SAVE",    "SHUTDOWN", "THROW",   "TRUNCATE",   "USE",         "WAITFOR", "WHILE"};

bool same_word(std::string_view text, std::string_view upper_word) {
    return std::ranges::equal(text, upper_word, {}, [](char c) { return upper_ascii(c); });
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::string> folded(std::string name, Folding folding) {
    if (folding == Folding::lower) name = lower_ascii(name);
    if (folding == Folding::upper) {
        if (!is_ascii(name)) return std::nullopt;  // such engines fold every letter, by rules of their own
        for (char& c : name) c = upper_ascii(c);
    }
    return name;
}

}  // namespace

DdlReader::DdlReader(std::vector<Token> tokens, Folding folding, const SplitRules& rules)
    : tokens_(std::move(tokens)), folding_(folding), rules_(rules) {
    if (!tokens_.empty() && is_symbol(tokens_.size() - 1, ';')) tokens_.pop_back();
}

bool DdlReader::is_word(std::size_t index, std::string_view word) const {
    return index < tokens_.size() && tokens_[index].kind == TokenKind::word && same_word(tokens_[index].value, word);
}

bool DdlReader::is_symbol(std::size_t index, char symbol) const {
    return index < tokens_.size() && tokens_[index].kind == TokenKind::symbol &&
           tokens_[index].value == std::string_view(&symbol, 1);
}

bool DdlReader::take(std::initializer_list<std::string_view> words) {
    std::size_t at = at_;
    for (const std::string_view word : words) {
        if (!is_word(at++, word)) return false;
    }
    at_ = at;
    return true;
}

bool DdlReader::take(TokenKind kind) {
    if (finished() || tokens_[at_].kind != kind) return false;
    ++at_;
    return true;
}

bool DdlReader::take_symbol(char symbol) {
    if (!is_symbol(at_, symbol)) return false;
    ++at_;
    return true;
}

std::optional<std::string> DdlReader::name() {
    const std::size_t start = at_;
    auto user = plain_name();
    if (!user || !roles().accounts) return user;
    const auto place = take_symbol('@') ? host() : std::optional<std::string>("%");
    if (!place || user->contains('@')) {
        at_ = start;
        return std::nullopt;
    }
    return *place == "%" ? user : *user + "@" + *place;
}

std::optional<std::string> DdlReader::plain_name() {
    if (finished()) return std::nullopt;
    const Token& token = tokens_[at_];
    if (roles().name_bytes != 0 && token.value.size() > roles().name_bytes) return std::nullopt;
    if (token.kind == TokenKind::quoted_name || (roles().accounts && token.kind == TokenKind::string)) {
        // PostgreSQL reads "public" as PUBLIC, quoted or not.
        if (token.value.empty() || token.value == "public") return std::nullopt;
        ++at_;
        return token.value;
    }
    if (token.kind != TokenKind::word) return std::nullopt;
    if (std::ranges::any_of(no_names, [&](std::string_view word) { return same_word(token.value, word); }))
        return std::nullopt;
    ++at_;
    return folded(token.value, folding_);
}

// Of an account, after its @: in lower case, as the dictionary has it.
std::optional<std::string> DdlReader::host() {
    if (finished() || tokens_[at_].value.empty()) return std::nullopt;
    const TokenKind kind = tokens_[at_].kind;
    if (kind != TokenKind::word && kind != TokenKind::quoted_name && kind != TokenKind::string) return std::nullopt;
    return lower_ascii(tokens_[at_++].value);
}

std::optional<std::string> DdlReader::role_name() {
    auto role = plain_name();
    return is_symbol(at_, '@') ? std::nullopt : role;
}

std::optional<std::vector<std::string>> DdlReader::list(std::optional<std::string> (DdlReader::*next)()) {
    std::vector<std::string> list;
    do {
        auto one = (this->*next)();
        if (!one) return std::nullopt;
        list.push_back(std::move(*one));
    } while (take_symbol(','));
    return list;
}

std::optional<std::vector<std::string>> DdlReader::names() { return list(&DdlReader::name); }

std::optional<std::vector<std::string>> DdlReader::role_names() { return list(&DdlReader::role_name); }

std::optional<std::string> DdlReader::string() {
    if (finished() || tokens_[at_].kind != TokenKind::string) return std::nullopt;
    return tokens_[at_++].value;
}

std::optional<std::string> DdlReader::body() {
    if (finished() || (tokens_[at_].kind != TokenKind::string && tokens_[at_].kind != TokenKind::body))
        return std::nullopt;
    return tokens_[at_++].value;
}

std::optional<std::string> DdlReader::literal() {
    auto text = body();
    while (text) {
        const std::size_t sign = at_;
        const bool joined = take_symbol('+') || (take_symbol('|') && take_symbol('|'));
        if (!joined) {
            at_ = sign;
            break;
        }
        const auto more = body();
        if (!more) return std::nullopt;
        *text += *more;
    }
    return text;
}

std::optional<std::string> DdlReader::word() {
    if (finished() || tokens_[at_].kind != TokenKind::word) return std::nullopt;
    return upper_ascii(tokens_[at_++].value);
}

std::optional<std::string> DdlReader::number() {
    const bool negative = is_symbol(at_, '-');
    const std::size_t digits = at_ + (negative ? 1 : 0);
    if (digits >= tokens_.size() || tokens_[digits].kind != TokenKind::number) return std::nullopt;
    at_ = digits + 1;
    return (negative ? "-" : "") + tokens_[digits].value;
}

std::optional<std::string> DdlReader::identifier() {
    const bool named =
        !finished() && (tokens_[at_].kind == TokenKind::word || tokens_[at_].kind == TokenKind::quoted_name);
    return named ? std::optional(tokens_[at_++].value) : std::nullopt;
}

std::optional<Gaps> DdlReader::take_form(std::string_view form, const std::vector<std::string>& hidden) {
    auto fit = fits(form, tokens_, at_, folding_, hidden);
    if (!fit) return std::nullopt;
    at_ = fit->end;
    return std::move(fit->gaps);
}

bool DdlReader::next_is_one_of(std::initializer_list<std::string_view> words) const {
    return std::ranges::any_of(words, [&](std::string_view word) { return next_is(word); });
}

bool DdlReader::at_next_statement() const {
    return is_symbol(at_, ';') || begins_statement(at_) || next_is("SELECT") || next_is("SET");
}

bool DdlReader::begins_statement(std::size_t index) const {
    const auto here = [&](std::string_view word) { return is_word(index, word); };
    return std::ranges::any_of(statement_words, here) || (rules_.batches && std::ranges::any_of(batch_words, here));
}

bool DdlReader::take_words(std::string_view limit) {
    std::size_t at = at_;
    while (at < tokens_.size() && tokens_[at].kind == TokenKind::word && !is_word(at, limit)) ++at;
    if (at < at_ + 2 || (!is_symbol(at, ',') && !is_word(at, limit))) return false;
    at_ = at;
    return true;
}

bool DdlReader::take_rest() {
    for (std::size_t at = at_; at < tokens_.size(); ++at) {
        if (is_symbol(at, ';')) return false;
    }
    at_ = tokens_.size();
    return true;
}

bool DdlReader::skip_past(std::string_view word, std::string_view limit) {
    int depth = 0;
    for (std::size_t at = at_; at < tokens_.size(); ++at) {
        if (is_symbol(at, '(')) ++depth;
        if (is_symbol(at, ')')) --depth;
        if (is_symbol(at, ';')) return false;
        if (depth != 0) continue;
        if (is_word(at, word)) {
            at_ = at + 1;
            return true;
        }
        if (!limit.empty() && is_word(at, limit)) return false;
    }
    return false;
}

// Of a query: a value, or what stands between two.
bool DdlReader::stands_alone(std::size_t index) const {
    const TokenKind kind = tokens_[index].kind;
    return kind == TokenKind::string || kind == TokenKind::number || is_symbol(index, ',') ||
           (kind == TokenKind::word && !is_word(index, "FROM"));
}

bool DdlReader::take_query() {
    std::size_t at = at_;
    for (; at < tokens_.size() && !is_symbol(at, ';'); ++at) {
        if (is_symbol(at, '(') || begins_statement(at)) return false;
        if (roles().queries_act && !stands_alone(at)) return false;
    }
    if (at != tokens_.size() && !rules_.batches) return false;
    at_ = at;
    return true;
}

bool DdlReader::take_comment() {
    const std::size_t size = tokens_.size();
    if (size < at_ + 3 || !is_word(size - 2, "IS")) return false;
    for (std::size_t at = at_; at < size; ++at) {
        if (is_symbol(at, ';')) return false;
    }
    if (tokens_[size - 1].kind != TokenKind::string && !is_word(size - 1, "NULL")) return false;
    at_ = size;
    return true;
}

std::optional<DdlReader> DdlReader::piece() {
    std::size_t end = at_;
    while (end < tokens_.size() && !is_symbol(end, ';')) ++end;
    if (end == tokens_.size()) return std::nullopt;
    const auto first = tokens_.begin();
    DdlReader alone({first + static_cast<std::ptrdiff_t>(at_), first + static_cast<std::ptrdiff_t>(end)}, folding_,
                    rules_);
    at_ = end + 1;
    return alone;
}

DdlReader DdlReader::inside(std::string_view sql) const { return {tokens(sql, rules_), folding_, rules_}; }

}  // namespace roost
