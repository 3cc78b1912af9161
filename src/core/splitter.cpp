#include "core/splitter.hpp"

#include "core/reading.hpp"

namespace roost {

std::string sent(const Source& source, const Slice& slice) {
    if (!slice.rewritten.empty()) return slice.rewritten;
    return std::string(source.text().substr(slice.begin, slice.end - slice.begin));
}

std::optional<Result<Slice>> Splitter::next() {
    auto slice =
        rules_->batches ? read_batch(*source_, *rules_, client_, at_) : read_statement(*source_, *rules_, client_, at_);
    if (!slice || !*slice) at_ = source_->text().size();
    return slice;
}

}  // namespace roost
