// Real databases for the tests of the drivers: the PostgreSQL server that ROOST_TEST_POSTGRESQL names, and SQLite
// files.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "db/driver.hpp"
#include "db/forwarding.hpp"
#include "support/folder.hpp"

namespace roost::test {

// The error's text. A message of doctest's is put together late, while another failure unwinds, even if all went well.
template <class T>
std::string said(const Result<T>& result) {
    return result ? std::string() : to_string(result.error());
}

inline void run(Connection& connection, std::string_view sql) {
    const auto done = connection.execute(sql);
    REQUIRE_MESSAGE(done.has_value(), said(done), "\n", sql);
}

// The rows of a query as text: cells split by "|", a line for each row.
inline std::string rows(Connection& connection, std::string_view sql) {
    const auto found = read(connection, sql);
    REQUIRE_MESSAGE(found.has_value(), said(found), "\n", sql);
    std::string text;
    for (std::size_t i = 0; i < found->rows.size(); ++i)
        for (std::size_t j = 0; j < found->rows[i].size(); ++j)
            text += found->text(i, j) + (j + 1 < found->rows[i].size() ? "|" : "\n");
    return text;
}

// Until the query's first cell is not 0; false where it never came to that. For another thread, where nothing may
// throw.
inline bool comes_true(Connection& connection, std::string_view sql) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
        const auto found = read(connection, sql);
        if (!found || found->empty()) return false;
        if (found->text(0, 0) != "0") return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
}

inline std::unique_ptr<Connection> open(const Driver& driver, const Target& target) {
    auto connection = driver.connect(target);
    REQUIRE_MESSAGE(connection.has_value(), said(connection));
    return std::move(*connection);
}

template <class T>
T must(Result<T> result) {
    REQUIRE_MESSAGE(result.has_value(), said(result));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A connection of which each query is announced before it is sent.
class AnnouncedConnection : public ForwardingConnection {
public:
    using Announce = std::function<void(std::string_view sql)>;
    AnnouncedConnection(std::unique_ptr<Connection> real, Announce announce)
        : ForwardingConnection(std::move(real)), announce_(std::move(announce)) {}
    Result<void> query(std::string_view sql, Parameters parameters, const RowSink& sink) override {
        announce_(sql);
        return real_->query(sql, parameters, sink);
    }

private:
    Announce announce_;
};

// Opens connections on which `act` happens before a query that contains `words`.
inline Opener beforehand(const Driver& driver, std::string_view words, std::function<void()> act) {
    return [&driver, words, act = std::move(act)](const Target& target) -> Result<std::unique_ptr<Connection>> {
        auto real = driver.connect(target);
        if (!real) return real;
        return std::make_unique<AnnouncedConnection>(std::move(*real), [words, act](std::string_view sql) {
            if (sql.contains(words)) act();
        });
    };
}

// "role: member(options), …" for the roles whose names end in `suffix`, which is left out.
inline std::string members(const RoleGraph& graph, std::string_view suffix) {
    std::string text;
    const auto plain = [&](PrincipalId id) {
        const auto name = graph.name(id);
        return std::string(name.ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name);
    };
    for (const Membership& edge : graph.memberships()) {
        if (!graph.name(edge.role).ends_with(suffix)) continue;
        text += fmt::format("{}: {}{}{}{}\n", plain(edge.role), plain(edge.member),
                            edge.options & option::admin ? " admin" : "",
                            edge.options & option::inherit ? " inherit" : "", edge.options & option::set ? " set" : "");
    }
    return text;
}

// The URL of the server that the variable names; a failure where it is not set.
inline std::string server_url(const char* variable) {
    const char* given = std::getenv(variable);
    if (given == nullptr) FAIL(variable, " is not set: run scripts/test, which starts a server to test on");
    return given;
}

// A superuser's connection to a server that others use too: what a test makes there has names of its own.
class Server {
public:
    Server(std::string_view engine, const Target& first, char letter)
        : driver(*driver_named(engine)),
          connection(open(driver, first)),
          suffix_(fmt::format("_{}{}x{}", letter, ::getpid(), ++count_)) {}
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    virtual ~Server() = default;

    virtual Target address() const = 0;  // of the connection
    const std::string& suffix() const { return suffix_; }
    std::string name(std::string_view plain) const { return std::string(plain) + suffix_; }
    std::string quoted(std::string_view plain) const { return driver.names.quote(name(plain)); }
    ServerFacts facts() { return must(driver.facts(*connection, address())); }
    // Writes the changes and carries them out.
    void apply(const std::vector<Change>& changes) {
        for (const Statement& statement : driver.write(changes, facts())) run(*connection, statement.sql);
    }

    const Driver& driver;
    std::unique_ptr<Connection> connection;

protected:
    // Runs the statements that the query gives, for names LIKE its parameter.
    void sweep(std::string_view query) {
        const std::optional<std::string> like[] = {"\\" + suffix_};  // its first character is the wildcard _
        const auto statements = read(*connection, query, like);
        for (std::size_t i = 0; statements && i < statements->rows.size(); ++i)
            if (auto done = connection->execute(statements->text(i, 0)); !done)
                MESSAGE("left behind: ", to_string(done.error()));
    }

private:
    static inline int count_ = 0;
    std::string suffix_;
};

// On leaving, whatever was made with name() is dropped.
class Postgresql : public Server {
public:
    Postgresql() : Server("postgresql", target(), 't') {}
    ~Postgresql() override {
        static_cast<void>(connection->rollback());
        sweep(
            "SELECT 'DROP DATABASE ' || quote_ident(datname) || ' WITH (FORCE)' FROM pg_database WHERE datname LIKE "
            "'%' || ?");
        sweep(
            "SELECT 'DROP OWNED BY ' || quote_ident(rolname) || ' CASCADE; DROP ROLE ' || quote_ident(rolname) FROM "
            "pg_roles WHERE rolname LIKE '%' || ?");
    }
    Target address() const override { return target(); }

    // The server's URL, with another database and user where they are given.
    static Target target(const std::string& database = {}, const std::string& user = {}) {
        std::string url = server_url("ROOST_TEST_POSTGRESQL");
        const auto replace = [&](std::size_t from, std::string_view ends, const std::string& value) {
            const auto to = std::min(url.find_first_of(ends, from), url.size());
            if (!value.empty()) url.replace(from, to - from, value);
        };
        replace(url.find('/', url.find("//") + 2) + 1, "?", database);
        replace(url.find("user=") + 5, "&", user);
        return {.url = Secret(url)};
    }
};

// A folder of its own with an empty database file, and the ledger's and roles' tables in it where wanted.
class Sqlite {
public:
    explicit Sqlite(bool tables = true) : driver(*driver_named("sqlite")) {
        if (std::FILE* file = std::fopen((folder / "pay.db").c_str(), "w")) std::fclose(file);
        connection = open(driver, target());
        if (tables) run(*connection, driver.ledger_ddl);
    }
    Target target(const std::string& file = "pay.db") const {
        return {.url = Secret("jdbc:sqlite:" + file), .directory = folder.string()};
    }

    const Driver& driver;
    const Folder place;
    const std::filesystem::path& folder = place.path();
    std::unique_ptr<Connection> connection;
};

}  // namespace roost::test
