// A block of rows, bound to a statement for as long as it lives.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "odbc/cell.hpp"

namespace roost::odbc {

class Block {
public:
    // Whether every column is small enough to set aside room for hundreds of rows.
    static bool suits(const std::vector<Column>& columns);

    Block(SQLHSTMT statement, const std::vector<Column>& columns);
    Block(const Block&) = delete;
    Block& operator=(const Block&) = delete;
    ~Block();  // unbinds

    Result<void> read(const RowSink& sink);

private:
    struct Bound {
        bool number;
        std::size_t bytes;  // of one cell, its NUL included
        std::vector<SQLCHAR> room;
        std::vector<SQLLEN> lengths;
    };
    Result<void> bind();
    Result<void> hand_out(std::size_t row, const RowSink& sink);
    Result<bool> append(std::size_t row, std::size_t column);
    Result<bool> fetch_again(std::size_t row, std::size_t column);

    SQLHSTMT statement_;
    std::size_t rows_;
    std::vector<Bound> columns_;
    SQLULEN fetched_ = 0;
    std::vector<SQLUSMALLINT> status_;
    std::string text_;  // of one row
    std::vector<std::size_t> ends_;
    std::vector<Cell> cells_;
};

}  // namespace roost::odbc
