// The functions of Oracle that queries call.
#include <algorithm>
#include <chrono>
#include <regex>

#include "oracle.hpp"
#include "text.hpp"

namespace model {
namespace {

using Given = const std::vector<Value>&;

Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string now() {
    const auto time = std::chrono::system_clock::now();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t clock = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    gmtime_r(&clock, &parts);
    char text[64];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    char fraction[32];
    std::snprintf(
        fraction, sizeof fraction, ".%06lld",
        static_cast<long long>(std::chrono::duration_cast<std::chrono::microseconds>(time - seconds).count()));
    return std::string(text, length) + fraction;
}

// A time as YYYY-MM-DD HH:MM:SS.ffffff by Oracle's format; texts in quotes stand for themselves.
std::string formatted(std::string time, const std::string& format) {
    time.resize(26, '0');
    const std::pair<std::string_view, std::pair<std::size_t, std::size_t>> parts[] = {
        {"YYYY", {0, 4}}, {"MM", {5, 2}},   {"DD", {8, 2}},   {"HH24", {11, 2}}, {"MI", {14, 2}},
        {"SS", {17, 2}},  {"FF3", {20, 3}}, {"FF6", {20, 6}}, {"FF", {20, 6}}};
    std::string out;
    for (std::size_t i = 0; i < format.size();) {
        if (format[i] == '"') {
            const auto end = format.find('"', i + 1);
            out += format.substr(i + 1, end - i - 1);
            i = end + 1;
            continue;
        }
        bool taken = false;
        for (const auto& [sign, place] : parts) {
            if (taken || upper(format.substr(i, sign.size())) != sign) continue;
            out += time.substr(place.first, place.second);
            i += sign.size();
            taken = true;
        }
        if (!taken) out += format[i++];
    }
    return out;
}

}  // namespace

Value Oracle::context(const std::string& what) const {
    if (what == "SESSION_USER" || what == "CURRENT_USER") return user_;
    if (what == "CURRENT_SCHEMA") return schema_;
    if (what == "CON_NAME" || what == "DB_NAME" || what == "SERVICE_NAME") return database_;
    if (what == "CON_ID") return std::string(database_ == "CDB$ROOT" ? "1" : "3");
    if (what == "SID" || what == "SESSIONID") return std::to_string(slot_.id());
    if (what == "NETWORK_PROTOCOL") return std::string("tcp");
    if (what == "IP_ADDRESS") return std::string("127.0.0.1");
    if (what == "ISDBA") return std::string(user_ == "SYS" ? "TRUE" : "FALSE");
    if (what == "CLIENT_INFO") return or_null(client_info_);
    if (what == "CLIENT_IDENTIFIER") return or_null(identifier_);
    if (what == "MODULE") return or_null(module_);
    if (what == "HOST" || what == "OS_USER") return std::string("model");
    throw ora(2003, "invalid USERENV parameter");
}

void Oracle::define_functions() {
    define_text_functions();
    const auto define = [this](const char* name, Store::Function function) {
        store_->define(name, std::move(function));
    };
    define("MODEL_USER", [this](Given) { return Value(user_); });
    define("SYS_CONTEXT", [this](Given given) {
        if (!same(text_of(given.at(0)), "USERENV")) return Value();
        return context(upper(text_of(given.at(1))));
    });
    define("has_role", [this](Given given) { return Value(std::int64_t{has_role(text_of(given.at(0)))}); });
    define("sees_object", [this](Given given) {
        return Value(std::int64_t{sees_dictionary() || has("SELECT ANY TABLE") ||
                                  may_use(text_of(given.at(0)) + "." + text_of(given.at(1)), "")});
    });
    define("nls_parameters", [this](Given) {
        std::string json;
        for (const auto& [name, value] : nls_) json += (json.empty() ? "{\"" : ",\"") + name + "\":\"" + value + "\"";
        return Value(json + "}");
    });
    define("DBMS_LOCK.REQUEST", [this](Given given) {
        return Value(request_lock(text_of(given.at(0)), given.size() > 2 ? number_of(given[2]) : 32767));
    });
    define("DBMS_LOCK.RELEASE", [this](Given given) { return Value(release_lock(text_of(given.at(0)))); });
    define("UID", [this](Given) { return one("SELECT rowid FROM model_user WHERE name = ?1", {user_}); });
}

void Oracle::define_text_functions() {
    const auto define = [this](const char* name, Store::Function function) {
        store_->define(name, std::move(function));
    };
    for (const char* name : {"SYSDATE", "SYSTIMESTAMP", "LOCALTIMESTAMP"})
        define(name, [](Given) { return Value(now()); });
    define("SYS_EXTRACT_UTC", [](Given given) { return given.at(0); });
    define("SYS_GUID", [](Given) { return Value(random_hex(32)); });
    define("NVL", [](Given given) { return is_null(given.at(0)) ? given.at(1) : given.at(0); });
    define("NVL2", [](Given given) { return is_null(given.at(0)) ? given.at(2) : given.at(1); });
    define("DECODE", [](Given given) {
        std::size_t i = 1;
        for (; i + 1 < given.size(); i += 2)
            if (given[i] == given[0]) return given[i + 1];
        return i < given.size() ? given[i] : Value();
    });
    define("TO_CHAR", [](Given given) {
        if (is_null(given.at(0))) return Value();
        return Value(given.size() > 1 && std::holds_alternative<std::string>(given[0])
                         ? formatted(text_of(given[0]), text_of(given[1]))
                         : text_of(given[0]));
    });
    for (const char* name : {"TO_DATE", "TO_TIMESTAMP", "TO_CLOB"})
        define(name, [](Given given) { return given.at(0); });
    define("TO_NUMBER", [](Given given) {
        const std::string text = text_of(given.at(0));
        if (text.empty()) return Value();
        if (text.find_first_not_of("0123456789+-.eE") != text.npos) throw ora(1722, "invalid number");
        return text.contains('.') ? Value(std::strtod(text.c_str(), nullptr)) : Value(number_of(given[0]));
    });
    define("REGEXP_SUBSTR", [](Given given) {  // text, pattern, from where, which one
        const std::string text = text_of(given.at(0));
        const std::regex pattern(text_of(given.at(1)));
        const auto from = given.size() > 2 ? number_of(given[2]) : 1,
                   which = given.size() > 3 ? number_of(given[3]) : 1;
        std::sregex_iterator found(text.begin() + std::min<std::ptrdiff_t>(from - 1, std::ssize(text)), text.end(),
                                   pattern);
        for (std::int64_t i = 1; i < which && found != std::sregex_iterator(); ++i) ++found;
        return found == std::sregex_iterator() ? Value() : or_null(found->str());
    });
    define("model_replace", [](Given given) {
        return is_null(given.at(0)) ? Value()
                                    : or_null(replaced(text_of(given[0]), text_of(given.at(1)),
                                                       given.size() > 2 ? text_of(given[2]) : ""));
    });
    define("LPAD", [](Given given) {
        std::string text = text_of(given.at(0));
        while (text.size() < static_cast<std::size_t>(number_of(given.at(1))))
            text.insert(0, given.size() > 2 ? text_of(given[2]) : " ");
        return Value(text);
    });
    define("like", [this](Given given) {  // not as SQLite's: the case counts
        if (is_null(given.at(0)) || is_null(given.at(1))) return Value();
        const std::string escape = given.size() > 2 ? text_of(given[2]) : "";
        std::string glob;
        const std::string pattern = text_of(given[0]);
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            const bool escaped = !escape.empty() && pattern[i] == escape[0];
            if (escaped) ++i;
            const char c = pattern[i];
            const bool special = c == '*' || c == '?' || c == '[';
            glob += !escaped && c == '%'   ? "*"
                    : !escaped && c == '_' ? "?"
                    : special              ? "[" + std::string(1, c) + "]"
                                           : std::string(1, c);
        }
        return one("SELECT ?2 GLOB ?1", {glob, given[1]});
    });
}

}  // namespace model
