// What statements give: values, tables, and the events of one call in their order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace model {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

inline bool is_null(const Value& value) { return value.index() == 0; }
std::string text_of(const Value& value);     // NULL is the empty string
std::int64_t number_of(const Value& value);  // of a text, its leading digits

struct Column {
    enum class Type : std::uint8_t { text, long_text, integer, real };
    std::string name;
    Type type = Type::text;
    std::size_t size = 0;  // characters; 0: no limit
};

struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Value>> rows;
};

// One diagnostic record.
struct Record {
    std::string state;
    int native = 0;
    std::string text;
    unsigned line = 0;  // of the batch or of the body that it was in; 0: none
};

// What one call sends back, one after the other.
struct Event {
    enum class Kind : std::uint8_t { rows, count, error, info };
    Kind kind = Kind::info;
    Table table = {};
    std::int64_t count = 0;
    std::vector<Record> records = {};
};

// Thrown where a statement fails. `lost`: the connection with it. `batch`: what follows in the call is not run.
struct Problem {
    std::vector<Record> records;
    bool lost = false;
    bool batch = false;
    bool spares_transaction = false;  // RAISERROR, whatever XACT_ABORT says
    int severity = 16;
};

inline Problem problem(int native, std::string text, std::string state = "42000") {
    return {.records = {{std::move(state), native, std::move(text)}}};
}

}  // namespace model
