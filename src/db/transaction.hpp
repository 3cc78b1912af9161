// Whether a connection's transaction is open, and whether it may still be committed.
#pragma once

#include <cctype>
#include <string_view>

namespace roost {

class Transaction {
public:
    bool open() const { return open_; }
    bool spoiled() const { return spoiled_; }  // an error happened in it, and nothing took it back
    void begin() { open_ = true; }
    void end() { open_ = spoiled_ = false; }
    void fail() { spoiled_ = open_; }
    // An error is taken back by ROLLBACK TO SAVEPOINT, whatever the engine calls it. Where an error aborts the
    // transaction (`aborts`), nothing but that can succeed.
    void succeed(std::string_view sql, bool aborts = false) {
        if (aborts || rolls_back(sql)) spoiled_ = false;
    }

private:
    static bool rolls_back(std::string_view sql) {
        constexpr std::string_view word = "ROLLBACK";
        while (!sql.empty() && std::isspace(static_cast<unsigned char>(sql.front())) != 0) sql.remove_prefix(1);
        if (sql.size() < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i) {
            if (std::toupper(static_cast<unsigned char>(sql[i])) != word[i]) return false;
        }
        return true;
    }

    bool open_ = false;
    bool spoiled_ = false;
};

}  // namespace roost
