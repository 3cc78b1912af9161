// Functions on texts and times, LIKE among them; and what SQLite says in SQL Server's words.
#include <chrono>
#include <cstdio>

#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

using Given = const std::vector<Value>&;

// With a fraction of so many digits.
std::string now(int digits) {
    const auto time = std::chrono::system_clock::now();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const std::time_t clock = std::chrono::system_clock::to_time_t(seconds);
    std::tm parts{};
    gmtime_r(&clock, &parts);
    char text[40];
    const auto length = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
    char fraction[32];
    std::snprintf(
        fraction, sizeof fraction, ".%07lld",
        static_cast<long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(time - seconds).count() / 100));
    return std::string(text, length) + std::string(fraction).substr(0, static_cast<std::size_t>(digits) + 1);
}

bool looks_like_time(const std::string& text) {
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' &&
           (text.size() == 10 || text[10] == ' ' || text[10] == 'T');
}

// CONVERT's styles for times: 126 and 127 are ISO 8601, 23 the date, 120 and 121 with a blank.
std::string styled(std::string text, std::int64_t style) {
    if (style == 23) return text.substr(0, 10);
    if (text.size() > 10 && (style == 126 || style == 127)) text[10] = 'T';
    if (style == 120) return text.substr(0, 19);
    return style == 127 && !text.ends_with('Z') ? text + 'Z' : text;
}

Value converted(Given given) {
    std::string type = text_of(given.at(0));
    if (is_null(given.at(1))) return {};
    std::size_t limit = std::string::npos;
    if (const auto bracket = type.find('('); bracket != type.npos) {
        if (!type.contains("MAX")) limit = std::strtoul(type.c_str() + bracket + 1, nullptr, 10);
        type.resize(bracket);
    }
    if (type == "BIT") return std::int64_t{number_of(given[1]) != 0 || text_of(given[1]) == "true"};
    if (type.ends_with("INT")) {
        const std::string text = text_of(given[1]);
        if (std::holds_alternative<std::string>(given[1]) && text.find_first_not_of("+-0123456789 ") != text.npos)
            throw error(245, "Conversion failed when converting the nvarchar value '" + text + "' to data type int.");
        return number_of(given[1]);
    }
    if (type == "FLOAT" || type == "REAL" || type == "DECIMAL" || type == "NUMERIC")
        return std::strtod(text_of(given[1]).c_str(), nullptr);
    std::string text = text_of(given[1]);
    if (given.size() > 2 && looks_like_time(text)) text = styled(text, number_of(given[2]));
    if (type == "DATE") text = text.substr(0, 10);
    if (type.ends_with("CHAR") && limit != std::string::npos) {
        auto units = utf16(text);
        if (units.size() > limit) units.resize(limit);
        text = utf8(units);
    }
    return text;
}

// LIKE with %, _, [set], [^set]; case as the database compares.
bool like(std::string_view pattern, std::string_view text, char escape) {
    while (!pattern.empty()) {
        const char sign = pattern.front();
        pattern.remove_prefix(1);
        if (sign == '%') {
            for (std::size_t i = 0; i <= text.size(); ++i)
                if (like(pattern, text.substr(i), escape)) return true;
            return false;
        }
        if (text.empty()) return false;
        char wanted = sign;
        bool fits = sign == '_';
        if (sign == '[') {
            const auto end = pattern.find(']', 1);
            std::string_view set = pattern.substr(0, end);
            const bool negated = set.starts_with('^');
            if (negated) set.remove_prefix(1);
            bool in = set.contains(text.front());
            for (std::size_t i = 1; i + 1 < set.size(); ++i)
                in = in || (set[i] == '-' && text.front() >= set[i - 1] && text.front() <= set[i + 1]);
            fits = in != negated;
            pattern.remove_prefix(end == pattern.npos ? pattern.size() : end + 1);
        } else if (escape != '\0' && sign == escape && !pattern.empty()) {
            wanted = pattern.front();
            pattern.remove_prefix(1);
        }
        if (!fits && (sign == '[' || text.front() != wanted)) return false;
        const bool wide = (static_cast<unsigned char>(text.front()) & 0xc0) == 0xc0;
        text.remove_prefix(1);
        if (sign == '_' && wide)
            while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0) == 0x80) text.remove_prefix(1);
    }
    return text.empty();
}

std::string trimmed_right(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace

void SqlServer::define_text_functions() {
    const auto define = [this](const char* name, Store::Function function) {
        store_->define(name, std::move(function));
    };
    const auto text = [define](const char* name, std::string (*function)(Given)) {
        define(name, [function](Given given) { return is_null(given.at(0)) ? Value() : Value(function(given)); });
    };
    define("model_convert", converted);
    for (const char* name : {"GETDATE", "GETUTCDATE"}) define(name, [](Given) { return Value(now(3)); });
    for (const char* name : {"SYSDATETIME", "SYSUTCDATETIME"}) define(name, [](Given) { return Value(now(7)); });
    define("DATEADD", [this](Given given) {
        if (text_of(given.at(0)) != "MINUTE") not_spoken("DATEADD of " + text_of(given[0]));
        return one("SELECT strftime('%Y-%m-%d %H:%M:%f', ?2, ?1 || ' minutes')", {given.at(1), given.at(2)});
    });
    define("DATEDIFF", [this](Given given) {
        if (text_of(given.at(0)) != "MINUTE") not_spoken("DATEDIFF of " + text_of(given[0]));
        return one("SELECT strftime('%s', ?2) / 60 - strftime('%s', ?1) / 60", {given.at(1), given.at(2)});
    });
    define("NEWID", [](Given) {
        return Value(random_hex(8) + "-" + random_hex(4) + "-" + random_hex(4) + "-" + random_hex(4) + "-" +
                     random_hex(12));
    });
    const auto fold = [this](const Value& value) {
        return store_->case_sensitive() ? text_of(value) : folded(text_of(value));
    };
    define("like", [fold](Given given) {
        if (is_null(given.at(0)) || is_null(given.at(1))) return Value();
        const std::string escape = given.size() > 2 ? text_of(given[2]) : "";
        return Value(std::int64_t{like(fold(given[0]), fold(given[1]), escape.empty() ? '\0' : escape[0])});
    });
    define("CHARINDEX", [fold](Given given) {
        const std::size_t from =
            given.size() > 2 ? static_cast<std::size_t>(std::max<std::int64_t>(1, number_of(given[2]))) - 1 : 0;
        const auto found = fold(given.at(1)).find(fold(given.at(0)), from);
        return Value(found == std::string::npos ? std::int64_t{0} : static_cast<std::int64_t>(found) + 1);
    });
    text("QUOTENAME", [](Given given) {
        const std::string name = text_of(given[0]), sign = given.size() > 1 ? text_of(given[1]) : "[";
        return sign == "[" ? "[" + replaced(name, "]", "]]") + "]" : in_quotes(name, sign[0]);
    });
    text("model_upper", [](Given given) { return upper(text_of(given[0])); });
    text("model_lower", [](Given given) { return folded(text_of(given[0])); });
    text("model_char", [](Given given) {
        const SQLWCHAR unit = static_cast<SQLWCHAR>(number_of(given[0]));
        return utf8({&unit, 1});
    });
    text("model_replace", [](Given given) {
        return text_of(given[1]).empty() ? text_of(given[0])
                                         : replaced(text_of(given[0]), text_of(given[1]), text_of(given[2]));
    });
    text("REPLICATE", [](Given given) {
        std::string all;
        for (auto i = number_of(given.at(1)); i > 0; --i) all += text_of(given[0]);
        return all;
    });
    const auto cut = [define](const char* name, bool left) {
        define(name, [left](Given given) {
            if (is_null(given.at(0)) || is_null(given.at(1))) return Value();
            auto units = utf16(text_of(given[0]));
            const auto count =
                std::min(units.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, number_of(given[1]))));
            return Value(utf8(std::span(units).subspan(left ? 0 : units.size() - count, count)));
        });
    };
    cut("model_left", true);
    cut("model_right", false);
    const auto length = [define](const char* name, std::size_t unit) {
        define(name, [unit](Given given) {
            if (is_null(given.at(0))) return Value();
            return Value(static_cast<std::int64_t>(
                utf16(unit == 1 ? trimmed_right(text_of(given[0])) : text_of(given[0])).size() * unit));
        });
    };
    length("model_len", 1);
    length("DATALENGTH", 2);
    define("CONCAT", [](Given given) {
        std::string all;
        for (const Value& value : given) all += text_of(value);
        return Value(all);
    });
}

Problem SqlServer::translated(const StoreError& error_found) const {
    const std::string& text = error_found.text;
    const auto behind = [&text](std::string_view sign) { return text.substr(text.find(sign) + sign.size()); };
    if (text.starts_with("no such table: ")) {
        Problem missing = error(208, "Invalid object name '" + behind(": ") + "'.");
        missing.batch = true;
        return missing;
    }
    if (text.starts_with("no such column: ")) return error(207, "Invalid column name '" + behind(": ") + "'.");
    if (text.starts_with("near "))
        return error(102, "Incorrect syntax near '" + text.substr(6, text.rfind("\":") - 6) + "'.");
    if (text.starts_with("UNIQUE "))
        return error(
            2627, "Violation of PRIMARY KEY or UNIQUE constraint. Cannot insert duplicate key (" + behind(": ") + ").");
    if (text.starts_with("NOT NULL "))
        return error(515,
                     "Cannot insert the value NULL into column '" + behind(": ") + "'; column does not allow nulls.");
    if (text.starts_with("CHECK ") || text.starts_with("FOREIGN KEY"))
        return error(547, "The statement conflicted with a constraint (" + text + ").");
    if (text.contains("no such function") || text.contains("wrong number of arguments"))
        return error(50000, "model: not spoken: " + text);
    if (error_found.code == SQLITE_BUSY_SNAPSHOT) return deadlocked();
    return error(text.starts_with("Conversion failed") ? 245 : 50000,
                 text.starts_with("Conversion failed") ? text : "model: SQLite says: " + text);
}

Problem SqlServer::lock_timeout() const { return error(1222, "Lock request time out period exceeded."); }

// FreeTDS: the batch is given up, the transaction stays, but for XACT_ABORT.
Problem SqlServer::cancelled() const { return problem(0, "Operation was cancelled", "HY008"); }

}  // namespace model
