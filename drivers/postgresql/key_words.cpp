#include <algorithm>

#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::unexpected<Error> wrong_words() {
    return misuse("pqopt of the connection string cannot be read", "write it as libpq's key='value' key='value'");
}

// Reads one value from the front of `text`, quoted or plain; false where its quote is not closed.
bool read_value(std::string_view& text, std::string& value) {
    const bool quoted = text.starts_with('\'');
    std::size_t i = quoted ? 1 : 0;
    for (; i < text.size(); ++i) {
        if (quoted ? text[i] == '\'' : blanks.contains(text[i])) break;
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        value += text[i];
    }
    if (quoted && i++ == text.size()) return false;
    text.remove_prefix(i);
    return true;
}

}  // namespace

Result<KeyWords> key_words(std::string_view text) {
    KeyWords words;
    const auto skip_blanks = [&] { text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size())); };
    for (skip_blanks(); !text.empty(); skip_blanks()) {
        const std::string key(text.substr(0, std::min(text.find_first_of(" \t\r\n="), text.size())));
        text.remove_prefix(key.size());
        skip_blanks();
        if (key.empty() || !text.starts_with('=')) return wrong_words();
        text.remove_prefix(1);
        skip_blanks();
        std::string value;
        if (!read_value(text, value)) return wrong_words();
        set(words, key, value);
    }
    return words;
}

std::string to_string(const KeyWords& words) {
    std::string text;
    for (const auto& [key, value] : words) {
        if (!text.empty()) text += ' ';
        text += key + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\') text += '\\';
            text += c;
        }
        text += '\'';
    }
    return text;
}

void set(KeyWords& words, std::string_view key, std::string_view value) {
    const auto found = std::ranges::find(words, key, [](const auto& word) { return std::string_view(word.first); });
    if (found == words.end())
        words.emplace_back(key, value);
    else
        found->second = value;
}

}  // namespace roost::postgresql
