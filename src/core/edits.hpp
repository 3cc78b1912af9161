// Parts of a text that are to be replaced, in their order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace roost {

class Edits {
public:
    // `begin` lies not before the end of the last one.
    void replace(std::size_t begin, std::size_t end, std::string value) {
        edits_.push_back({begin, end, std::move(value)});
    }
    std::size_t end() const { return edits_.empty() ? 0 : edits_.back().end; }

    // Whether one lies before `end`; text[begin, end) with its parts replaced.
    bool within(std::size_t end) const { return !edits_.empty() && edits_.front().begin < end; }
    std::string applied(std::string_view text, std::size_t begin, std::size_t end) const {
        std::string result;
        for (const Edit& edit : edits_) {
            if (edit.begin >= end) break;
            result.append(text.substr(begin, edit.begin - begin)).append(edit.value);
            begin = edit.end;
        }
        return result.append(text.substr(begin, end > begin ? end - begin : 0));
    }

private:
    struct Edit {
        std::size_t begin;
        std::size_t end;
        std::string value;
    };
    std::vector<Edit> edits_;
};

}  // namespace roost
