// Expressions in blocks: what may run or fail in them, and the texts that they put together.
#include <algorithm>

#include "core/recognised.hpp"

namespace roost {

bool computes(DdlReader rest) {
    static constexpr char operators[] = {'+', '-', '*', '/', '^', '|'};
    for (; !rest.finished(); rest.skip_token())
        if (std::ranges::any_of(operators, [&](char symbol) { return rest.take_symbol(symbol); })) return true;
    return false;
}

bool calls(DdlReader rest) {
    while (!rest.finished()) {
        if (!rest.take_symbol('(')) {
            rest.skip_token();
            continue;
        }
        if (!rest.number()) return true;
        while (rest.take_symbol(',') && rest.number()) {
        }
        if (!rest.take("CHAR")) rest.take("BYTE");
        if (!rest.take_symbol(')')) return true;
    }
    return false;
}

// Texts alone, and %I alone: it quotes what need not be quoted, too.
std::optional<std::string> formatted_text(DdlReader& call) {
    if (!call.take("FORMAT") || !call.take_symbol('(')) return std::nullopt;
    auto text = call.string();
    std::size_t at = 0;
    while (text && call.take_symbol(',')) {
        const auto name = call.string();
        at = text->find('%', at);
        if (!name || at == std::string::npos || text->substr(at, 2) != "%I") return std::nullopt;
        std::string quoted = "\"";
        for (const char c : *name) quoted.append(c == '"' ? 2 : 1, c);
        text->replace(at, 2, quoted + "\"");
        at += quoted.size() + 1;
    }
    if (!text || !call.take_symbol(')') || text->find('%', at) != std::string::npos) return std::nullopt;
    return text;
}

}  // namespace roost
