// A model server in a folder of its own, reached through the driver manager.
#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <string>

#include "odbc/connect.hpp"
#include "support/folder.hpp"

namespace roost::test {

class Model {
public:
    explicit Model(std::string dialect) : dialect_(std::move(dialect)) {}

    std::string folder() const { return folder_.path().string(); }
    // What happens when; to be said before connecting.
    void play(const std::string& lines) {
        play_ = folder() + "/play";
        std::ofstream(play_) << lines;
    }
    std::string string(const std::string& more = {}) const {
        const std::string who = dialect_ == "oracle" ? "Database=CDB$ROOT;Uid=SYSTEM" : "Database=master;Uid=sa";
        return "Driver=" ROOST_MODEL_DRIVER ";Dialect=" + dialect_ + ";Server=" + folder() + ";Pwd=x;Play=" + play_ +
               ";" + (more.empty() ? who : more);
    }
    Result<std::unique_ptr<Connection>> try_connect(const std::string& more = {}) const {
        return odbc::connect({.connection_string = Secret(string(more))});
    }
    std::unique_ptr<Connection> connect(const std::string& more = {}) const {
        auto connection = try_connect(more);
        REQUIRE_MESSAGE(connection.has_value(), connection.error().message);
        return std::move(*connection);
    }

private:
    std::string dialect_;
    const Folder folder_;
    std::string play_;
};

inline std::vector<Notice> run(Connection& connection, std::string_view sql, Parameters parameters = {}) {
    auto done = connection.execute(sql, parameters);
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
    return std::move(*done);
}

// The number of the error that the statement must give.
inline int number(Connection& connection, std::string_view sql) {
    const auto done = connection.execute(sql);
    REQUIRE_FALSE(done.has_value());
    return done.error().native;
}

// All rows, cells apart by blanks, rows by semicolons; NULL as "-".
inline std::string rows(Connection& connection, std::string_view sql, Parameters parameters = {}) {
    const auto found = read(connection, sql, parameters);
    REQUIRE_MESSAGE(found.has_value(), found.error().message);
    std::string text;
    for (const auto& row : found->rows) {
        if (!text.empty()) text += "; ";
        for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : " ") + row[i].value_or("-");
    }
    return text;
}

}  // namespace roost::test
