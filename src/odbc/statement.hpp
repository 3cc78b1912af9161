// One statement's life: bound, executed, its results read or passed over, drained.
#pragma once

#include <optional>
#include <vector>

#include "db/connection.hpp"
#include "odbc/handle.hpp"
#include "odbc/text.hpp"

namespace roost::odbc {

class Statement {
public:
    explicit Statement(SQLHDBC connection, bool lines = false) : handle_(connection), lines_(lines) {}
    SQLHSTMT handle() const { return handle_.get(); }

    Result<void> bind(Parameters parameters, std::size_t longest_varchar);
    void execute(Wide& sql);
    // To the first result that has rows; false where there is none.
    bool find_rows();
    void read(const RowSink& sink);
    // Through every result that is left, also after an error: an error behind the first result shows only there.
    void drain();

    // What all of it came to.
    Result<std::vector<Notice>> outcome() &&;

private:
    void note(SQLRETURN code);  // to be called before anything else is asked of the handle
    bool next_result();

    StatementHandle handle_;
    bool lines_;  // errors say theirs
    std::vector<Wide> values_;
    std::vector<SQLLEN> lengths_;
    bool more_ = false;
    std::vector<Notice> notices_;
    std::vector<Notice> errors_;
    std::optional<Error> unread_;  // why the rows could not be read to their end
};

}  // namespace roost::odbc
