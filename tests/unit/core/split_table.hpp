// Tables of scripts and the statements in them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/splitter.hpp"
#include "unit/core/split_rules.hpp"

namespace roost::test {

struct SplitCase {
    std::string title;
    std::string text;
    // "line:column statement" with what is sent; "line:column x3 statement" for one that runs three times; an
    // error alone, as "error line:column message".
    std::vector<std::string> expected;
};

inline std::string at(const Place& place) {
    return std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
}

// COPY data stays part of its statement's text, up to and with the \. that ends it.
inline std::string line_of(const Source& source, const Slice& slice) {
    const std::string times = slice.times == 1 ? "" : "x" + std::to_string(slice.times) + " ";
    const std::string data =
        slice.data_end == 0 ? "" : std::string(source.text().substr(slice.end, slice.data_end + 2 - slice.end));
    return at(source.place(slice.begin)) + times + sent(source, slice) + data;
}

inline std::vector<std::string> statements(const Source& source, const SplitRules& rules) {
    std::vector<std::string> lines;
    Splitter splitter(source, rules);
    while (auto slice = splitter.next()) {
        if (*slice) {
            lines.push_back(line_of(source, **slice));
            continue;
        }
        const Error& error = slice->error();
        CHECK(error.place.file == "s.sql");
        CHECK(!error.advice.empty());
        return {"error " + at(error.place) + error.message};
    }
    return lines;
}

inline std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

inline void check(const std::vector<SplitCase>& cases, const SplitRules& rules) {
    for (const SplitCase& each : cases) {
        CAPTURE(each.title);
        CAPTURE(each.text);
        CHECK(joined(statements(Source("s.sql", each.text), rules)) == joined(each.expected));
    }
}

// The advice of the error that the text ends in.
inline std::string advice(const std::string& text, const SplitRules& rules) {
    const Source source("s.sql", text);
    Splitter splitter(source, rules);
    while (auto slice = splitter.next()) {
        if (!*slice) return slice->error().advice;
    }
    return "no error";
}

// "w:word q:name s:string n:number y:symbol b:body", a blank between them.
inline std::string kinds(std::string_view sql, const SplitRules& rules) {
    std::string line;
    for (const Token& token : tokens(sql, rules)) {
        if (!line.empty()) line += ' ';
        line += "wqsnyb"[static_cast<std::size_t>(token.kind)];
        line += ':' + token.value;
        CHECK(token.begin < token.end);
        CHECK(token.end <= sql.size());
    }
    return line;
}

}  // namespace roost::test
