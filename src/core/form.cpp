#include "core/form.hpp"

#include <algorithm>

#include "core/ascii.hpp"

namespace roost {

namespace {

using Gaps = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> pieces(std::string_view form) {
    std::vector<std::string_view> found;
    while (true) {
        const std::size_t begin = form.find_first_not_of(' ');
        if (begin == std::string_view::npos) return found;
        const std::size_t end = std::min(form.find(' ', begin), form.size());
        found.push_back(form.substr(begin, end - begin));
        form.remove_prefix(end);
    }
}

// Matches from left to right, and goes back where a choice turns out wrong.
class Matcher {
public:
    Matcher(std::string_view form, const std::vector<Token>& tokens, Folding folding,
            const std::vector<std::string>& hidden)
        : form_(pieces(form)), tokens_(tokens), folding_(folding), hidden_(hidden) {}

    std::optional<Fit> from(std::size_t piece, std::size_t at, const Gaps& gaps) const {
        if (piece == form_.size()) return Fit{at, gaps};
        const std::string_view now = form_[piece];
        if (now == "[") {
            if (auto taken = from(piece + 1, at, gaps)) return taken;
            return from(closing(piece) + 1, at, gaps);
        }
        if (now == "{") return choice(piece, at, gaps);
        if (now == "|") return from(closing(piece) + 1, at, gaps);  // the end of the choice that was made
        if (now == "]" || now == "}") return from(piece + 1, at, gaps);
        Gaps filled = gaps;
        const std::size_t count = taken_by(now, at, filled);
        return count == 0 ? std::nullopt : from(piece + 1, at + count, filled);
    }

private:
    static int step(std::string_view piece) {
        return piece == "[" || piece == "{" ? 1 : piece == "]" || piece == "}" ? -1 : 0;
    }

    std::optional<Fit> choice(std::size_t piece, std::size_t at, const Gaps& gaps) const {
        int depth = 0;
        for (std::size_t i = piece; i < form_.size(); ++i) {
            depth += step(form_[i]);
            const bool starts = i == piece || (depth == 1 && form_[i] == "|");
            if (depth == 0) return std::nullopt;
            if (!starts) continue;
            if (auto taken = from(i + 1, at, gaps)) return taken;
        }
        return std::nullopt;
    }

    // What closes the bracket at `piece`, or around it.
    std::size_t closing(std::size_t piece) const {
        int depth = step(form_[piece]) > 0 ? 0 : 1;
        for (; piece < form_.size(); ++piece) {
            depth += step(form_[piece]);
            if (depth == 0) return piece;
        }
        return piece;
    }

    bool is(std::size_t at, TokenKind kind) const { return at < tokens_.size() && tokens_[at].kind == kind; }
    bool is_symbol(std::size_t at, char symbol) const {
        return is(at, TokenKind::symbol) && tokens_[at].value == std::string_view(&symbol, 1);
    }

    // How many tokens that is; 0: it does not fit.
    std::size_t taken_by(std::string_view piece, std::size_t at, Gaps& gaps) const {
        if (at >= tokens_.size()) return 0;
        if (piece == "$x") return item(at);
        if (piece == "$*") return never_null(at) ? 1 : 0;
        if (piece.front() == '$') return is(at, TokenKind::string) ? fill(gaps, piece, tokens_[at].value, 1) : 0;
        if (piece.front() == '^') return upper(piece, at, gaps);
        if (piece.front() == '~')
            return is(at, TokenKind::word) ? fill(gaps, piece, upper_ascii(tokens_[at].value), 1) : 0;
        if (piece.front() == '\'')
            return is(at, TokenKind::string) && tokens_[at].value == piece.substr(1, piece.size() - 2);
        return word_or_sign(piece, tokens_[at]);
    }

    // A gap that is named twice is filled the same both times. Of texts with a blank at the end engines disagree.
    static std::size_t fill(Gaps& gaps, std::string_view piece, std::string value, std::size_t count) {
        if (value.empty() || value.ends_with(' ')) return 0;
        const auto [gap, first] = gaps.try_emplace(std::string(piece), value);
        return first || gap->second == value ? count : 0;
    }

    std::size_t upper(std::string_view piece, std::size_t at, Gaps& gaps) const {
        const bool call = is(at, TokenKind::word) && upper_ascii(tokens_[at].value) == "UPPER" &&
                          is_symbol(at + 1, '(') && is(at + 2, TokenKind::string) && is_symbol(at + 3, ')');
        if (!call) return 0;
        const std::string& value = tokens_[at + 2].value;
        if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) return 0;
        return fill(gaps, "$" + std::string(piece.substr(1)), upper_ascii(value), 4);
    }

    // An empty text is NULL to some engines.
    bool never_null(std::size_t at) const {
        return (is(at, TokenKind::string) && !tokens_[at].value.empty()) || is(at, TokenKind::number) ||
               is_symbol(at, '*');
    }

    std::size_t item(std::size_t at) const {
        if (is(at, TokenKind::string) || is(at, TokenKind::number) || is_symbol(at, '*')) return 1;
        if (!is(at, TokenKind::word) || upper_ascii(tokens_[at].value) == "FROM") return 0;
        const bool qualified = is_symbol(at + 1, '.') && (is(at + 2, TokenKind::word) || is_symbol(at + 2, '*'));
        return qualified ? 3 : 1;
    }

    std::size_t word_or_sign(std::string_view piece, const Token& token) const {
        const std::string& value = token.value;
        const bool named = token.kind == TokenKind::word || token.kind == TokenKind::quoted_name;
        if (named && std::ranges::find(hidden_, piece) != hidden_.end()) return 0;
        if (token.kind == TokenKind::word) return upper_ascii(value) == piece;
        if (token.kind == TokenKind::quoted_name)
            return folding_ == Folding::lower   ? value == lower_ascii(std::string(piece))
                   : folding_ == Folding::upper ? value == piece
                                                : upper_ascii(value) == piece;
        return (token.kind == TokenKind::symbol || token.kind == TokenKind::number) && value == piece;
    }

    std::vector<std::string_view> form_;
    const std::vector<Token>& tokens_;
    Folding folding_;
    const std::vector<std::string>& hidden_;
};

}  // namespace

std::optional<Fit> fits(std::string_view form, const std::vector<Token>& tokens, std::size_t at, Folding folding,
                        const std::vector<std::string>& hidden) {
    return Matcher(form, tokens, folding, hidden).from(0, at, {});
}

}  // namespace roost
