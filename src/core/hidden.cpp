#include "core/hidden.hpp"

#include <algorithm>
#include <vector>

#include "core/ascii.hpp"
#include "core/splitter.hpp"

namespace roost {
namespace {

// PASSWORD 'x', PASSWORD('x'), IDENTIFIED BY 'x' or "x", … USING 'x'
bool is_password(const std::vector<Token>& tokens, std::size_t at) {
    static constexpr std::string_view words[] = {"PASSWORD", "BY", "USING"};
    if (at > 0 && tokens[at - 1].value == "(") --at;
    return at > 0 && std::ranges::find(words, upper_ascii(tokens[at - 1].value)) != std::end(words);
}

bool differ_in_texts(std::string_view sent, std::string_view shown, const SplitRules& rules, bool about_roles) {
    const std::vector<Token> a = tokens(sent, rules), b = tokens(shown, rules);
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].kind != b[i].kind) return false;
        if (a[i].value == b[i].value) continue;
        const bool quoted = a[i].kind == TokenKind::string || a[i].kind == TokenKind::quoted_name;
        const bool text = (a[i].kind == TokenKind::string && !about_roles) || (quoted && is_password(a, i));
        const bool body = a[i].kind == TokenKind::body && differ_in_texts(a[i].value, b[i].value, rules, about_roles);
        if (!text && !body) return false;
    }
    return true;
}

}  // namespace

Hidden hidden_in(std::string_view sent, std::string_view shown, const SplitRules& rules, bool about_roles) {
    if (sent == shown) return Hidden::nothing;
    return differ_in_texts(sent, shown, rules, about_roles) ? Hidden::texts : Hidden::sql;
}

}  // namespace roost
