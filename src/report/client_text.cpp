#include "report/client_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/ascii.hpp"
#include "core/describe.hpp"
#include "core/utf8.hpp"

namespace roost {
namespace {

constexpr std::size_t long_line = 100;        // bytes
constexpr std::size_t longest_comment = 200;  // characters

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool in_names(char c) {
    const auto byte = static_cast<unsigned char>(c | 0x20);
    return (byte >= 'a' && byte <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// Lines without the blanks around them.
std::vector<std::string_view> trimmed_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    for (bool more = true; more;) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string_view line = text.substr(0, end);
        more = end < text.size();
        text.remove_prefix(more ? end + 1 : end);
        line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
        line = line.substr(0, line.find_last_not_of(" \t") + 1);
        lines.push_back(line);
    }
    return lines;
}

// A word counts as a whole, and a full stop or slash as a whole line: "/*" begins a comment.
bool begins(std::string_view line, std::string_view sign) {
    if (!line.starts_with(sign)) return false;
    const std::string_view rest = line.substr(sign.size());
    if (rest.empty()) return true;
    return in_names(sign.back()) ? !in_names(rest.front()) : sign != "/" && sign != ".";
}

bool has_variable(std::string_view text) {
    for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
        if (at + 1 == text.size() || (at > 0 && text[at - 1] == ':')) continue;
        if (in_names(text[at + 1]) || std::string_view("'\"{").contains(text[at + 1])) return true;
    }
    return false;
}

bool is_taken(std::string_view statement, const ScriptForm& form) {
    const std::string lower = lower_ascii(statement);
    const auto anywhere = [&](std::string_view sign) {
        return sign == ":" ? has_variable(lower) : lower.contains(sign);
    };
    if (std::ranges::any_of(form.anywhere, anywhere)) return true;
    const auto lines = trimmed_lines(lower);
    const bool ends_itself = lower.ends_with(';');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto starts = [&](std::string_view sign) { return begins(lines[i], sign); };
        const auto ends = [&](std::string_view sign) { return lines[i].ends_with(sign); };
        if (std::ranges::any_of(form.line_starts, starts)) return true;
        if (!ends_itself && i + 1 < lines.size() && std::ranges::any_of(form.line_ends, ends)) return true;
    }
    return false;
}

std::string as_text(std::string_view statement, const ScriptForm& form) {
    std::string text(form.text_begin);
    for (const char c : statement) {
        if (is_line_end(c) && !form.text_line.empty())
            text += fmt::format(fmt::runtime(form.text_line), static_cast<int>(c));
        else
            text.append(c == '\'' ? 2 : 1, c);
    }
    return text.append(form.text_end);
}

std::string tag_for(std::string_view statement) {
    std::string tag = "roost";
    for (int n = 1; statement.contains(tag); ++n) tag = fmt::format("roost{}", n);
    return tag;
}

std::string with_tag(std::string_view text, const std::string& tag) {
    constexpr std::string_view place = "{tag}";
    std::string out(text);
    for (std::size_t at = out.find(place); at != std::string::npos; at = out.find(place, at + tag.size()))
        out.replace(at, place.size(), tag);
    return out;
}

// A comment at the statement's end would hide what ends it.
std::string_view line_end_before(std::string_view end, std::string_view statement) {
    const std::string_view last = statement.substr(statement.rfind('\n') + 1);
    const bool comment = last.contains("--") || last.contains('#');
    return comment && !end.starts_with('\n') ? "\n" : "";
}

}  // namespace

Result<std::string> client_text(std::string_view statement, const ScriptForm& form) {
    if (is_taken(statement, form)) {
        if (!form.text_begin.empty()) return as_text(statement, form);
        return fail({.message = "holds what the client would take for a command of its own"});
    }
    const bool block = statement.contains(';') && !form.block_end.empty();
    const std::string tag = tag_for(statement);
    const std::string end = block ? with_tag(form.block_end, tag) : std::string(form.end);
    return fmt::format("{}{}{}{}", block ? with_tag(form.block_begin, tag) : "", statement,
                       line_end_before(end, statement), end);
}

std::string client_comment(std::string_view text) {
    std::string line = harmless(text);
    if (code_points(line) > longest_comment) {
        std::string_view rest = line;
        for (std::size_t i = 0; i < longest_comment; ++i) static_cast<void>(take_code_point(rest));
        line.resize(line.size() - rest.size());
        line += " …";
    }
    // Some clients read on after a - at a line's end, or take a ; there for the end of a statement.
    const bool odd_end = !line.empty() && std::string_view("-;/.\\").contains(line.back());
    return fmt::format("-- {}{}\n", line, odd_end ? " |" : "");
}

std::string in_short_lines(std::string_view statement) {
    std::string out;
    std::size_t width = 0;
    char open = 0;  // what ends the name or string that is open
    for (const char c : statement) {
        out += c;
        width = is_line_end(c) ? 0 : width + 1;
        if (open) {
            if (c == open) open = 0;
        } else if (c == '"' || c == '\'' || c == '`') {
            open = c;
        } else if (c == '[') {
            open = ']';
        } else if (c == ',' && width > long_line) {
            out += "\n   ";
            width = 3;
        }
    }
    return out;
}

}  // namespace roost
