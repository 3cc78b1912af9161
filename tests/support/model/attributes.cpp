#include "attributes.hpp"

#include <algorithm>

#include "text.hpp"

namespace model {

Attributes::Attributes(std::string_view text) {
    while (!text.empty()) {
        const auto sign = text.find('=');
        if (sign == text.npos) return;
        std::string key(text.substr(0, sign));
        text.remove_prefix(sign + 1);
        std::string value;
        if (text.starts_with('{')) {
            std::size_t i = 1;
            for (; i < text.size(); ++i) {
                if (text[i] == '}' && (i + 1 == text.size() || text[i + 1] != '}')) break;
                if (text[i] == '}') ++i;
                value += text[i];
            }
            text.remove_prefix(std::min(text.size(), i + 1));
        } else {
            value = text.substr(0, text.find(';'));
            text.remove_prefix(value.size());
        }
        key.erase(0, key.find_first_not_of(" ;"));
        parts_.emplace_back(std::move(key), std::move(value));
        text.remove_prefix(std::min(text.size(), text.find_first_not_of(';')));
    }
}

std::string Attributes::get(std::initializer_list<std::string_view> keys) const {
    for (const auto key : keys)
        for (const auto& [name, value] : parts_)
            if (same(name, key)) return value;
    return {};
}

bool Attributes::has(std::string_view key) const {
    return std::ranges::any_of(parts_, [&](const auto& part) { return same(part.first, key); });
}

}  // namespace model
