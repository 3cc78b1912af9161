// Errors are values. The lower layer gives the diagnostic, the middle one file and line, the top one the environment.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace roost {

// Where something stands in a file of the user's. Lines and columns count from 1, columns in code points; 0 is
// "unknown".
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    auto operator<=>(const Place&) const = default;
};

// What an error means to whoever called roost; decides the exit status.
enum class ErrorKind : std::uint8_t {
    usage,        // 64: bad command line or configuration
    refused,      // 3: a guard said no
    failed,       // 1: something went wrong
    interrupted,  // 130
};

struct Error {
    ErrorKind kind = ErrorKind::failed;
    std::string message;        // what is wrong, one line, no full stop
    std::string advice = {};    // what to do about it, or what would be right; may be empty
    Place place = {};           // empty file: no place
    std::string sqlstate = {};  // empty: not from a database
    int native = 0;             // the engine's own number, 0 where it has none
    std::uint32_t line = 0;     // of what was sent to the engine, as it says; 0: it does not
};

template <class T>
using Result = std::expected<T, Error>;
using Errors = std::vector<Error>;  // never empty where returned as an error

// "file:line:column"; parts that are unknown are left out.
std::string to_string(const Place& place);

// One line: "place: message (SQLSTATE); advice".
std::string to_string(const Error& error);

inline std::unexpected<Error> fail(Error error) { return std::unexpected(std::move(error)); }
inline std::unexpected<Errors> fail_alone(Error error) { return std::unexpected(Errors{std::move(error)}); }
inline Error usage_error(std::string message, std::string advice, Place place = {}) {
    return {.kind = ErrorKind::usage,
            .message = std::move(message),
            .advice = std::move(advice),
            .place = std::move(place)};
}

}  // namespace roost
