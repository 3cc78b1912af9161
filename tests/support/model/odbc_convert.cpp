#include <algorithm>
#include <cstring>

#include "odbc_state.hpp"
#include "text.hpp"

namespace model {
namespace {

constexpr std::size_t longest_varchar = 4000;

template <class Unit>
SQLRETURN put_units(const Unit* units, std::size_t count, SQLPOINTER room, SQLLEN bytes, SQLLEN* length,
                    std::size_t* read) {
    const std::size_t from = std::min(*read, count);
    const std::size_t left = count - from;
    if (length) *length = static_cast<SQLLEN>(left * sizeof(Unit));
    const auto capacity = bytes < 0 ? 0 : static_cast<std::size_t>(bytes) / sizeof(Unit);
    if (!room || capacity == 0) return left == 0 ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO;
    const std::size_t used = std::min(left, capacity - 1);
    std::memcpy(room, units + from, used * sizeof(Unit));
    static_cast<Unit*>(room)[used] = 0;
    *read = from + used;
    return used < left ? SQL_SUCCESS_WITH_INFO : SQL_SUCCESS;
}

template <class Number>
SQLRETURN put_number(Number number, SQLPOINTER room, SQLLEN* length) {
    if (room) std::memcpy(room, &number, sizeof number);
    if (length) *length = sizeof number;
    return SQL_SUCCESS;
}

double real_of(const Value& value) {
    const auto* real = std::get_if<double>(&value);
    return real ? *real : std::strtod(text_of(value).c_str(), nullptr);
}

template <class Number>
Number read(const void* room) {
    Number number;
    std::memcpy(&number, room, sizeof number);
    return number;
}

}  // namespace

SQLSMALLINT sql_type(const Column& column) {
    switch (column.type) {
        case Column::Type::integer:
            return SQL_BIGINT;
        case Column::Type::real:
            return SQL_DOUBLE;
        case Column::Type::long_text:
            return SQL_WLONGVARCHAR;
        default:
            return SQL_WVARCHAR;
    }
}

SQLULEN column_size(const Column& column) {
    switch (column.type) {
        case Column::Type::integer:
            return 19;
        case Column::Type::real:
            return 53;
        case Column::Type::long_text:
            return 1073741823;
        default:
            return column.size;
    }
}

SQLLEN fixed_size(SQLSMALLINT type) {
    switch (type) {
        case SQL_C_BIT:
        case SQL_C_TINYINT:
        case SQL_C_STINYINT:
        case SQL_C_UTINYINT:
            return 1;
        case SQL_C_SHORT:
        case SQL_C_SSHORT:
        case SQL_C_USHORT:
            return 2;
        case SQL_C_LONG:
        case SQL_C_SLONG:
        case SQL_C_ULONG:
        case SQL_C_FLOAT:
            return 4;
        case SQL_C_SBIGINT:
        case SQL_C_UBIGINT:
        case SQL_C_DOUBLE:
            return 8;
        default:
            return 0;
    }
}

SQLRETURN put(const Value& value, SQLSMALLINT type, SQLPOINTER room, SQLLEN bytes, SQLLEN* length, std::size_t* read) {
    if (is_null(value)) {
        if (length) *length = SQL_NULL_DATA;
        return length ? SQL_SUCCESS : SQL_ERROR;
    }
    if (type == SQL_C_DEFAULT) type = std::holds_alternative<std::string>(value) ? SQL_C_WCHAR : SQL_C_SBIGINT;
    if (type == SQL_C_DOUBLE) return put_number(real_of(value), room, length);
    if (type == SQL_C_FLOAT) return put_number(static_cast<float>(real_of(value)), room, length);
    switch (fixed_size(type)) {
        case 1:
            return put_number(static_cast<std::int8_t>(number_of(value)), room, length);
        case 2:
            return put_number(static_cast<std::int16_t>(number_of(value)), room, length);
        case 4:
            return put_number(static_cast<std::int32_t>(number_of(value)), room, length);
        case 8:
            return put_number(number_of(value), room, length);
        default:
            break;
    }
    const std::string text = text_of(value);
    if (type == SQL_C_CHAR || type == SQL_C_BINARY)
        return put_units(text.data(), text.size(), room, bytes, length, read);
    const auto units = utf16(text);
    return put_units(units.data(), units.size(), room, bytes, length, read);
}

Value taken(const BoundParameter& parameter) {
    const SQLLEN length = parameter.length ? *parameter.length : SQL_NTS;
    const bool later = length == SQL_DATA_AT_EXEC || length <= SQL_LEN_DATA_AT_EXEC_OFFSET;
    if (length == SQL_NULL_DATA || parameter.direction == SQL_PARAM_OUTPUT || (later && parameter.null_given))
        return {};
    const void* room = later ? parameter.given.data() : parameter.room;
    switch (parameter.type) {
        case SQL_C_DOUBLE:
            return read<double>(room);
        case SQL_C_FLOAT:
            return static_cast<double>(read<float>(room));
        default:
            break;
    }
    switch (fixed_size(parameter.type)) {
        case 1:
            return std::int64_t{read<std::int8_t>(room)};
        case 2:
            return std::int64_t{read<std::int16_t>(room)};
        case 4:
            return std::int64_t{read<std::int32_t>(room)};
        case 8:
            return read<std::int64_t>(room);
        default:
            break;
    }
    const auto given = static_cast<SQLLEN>(parameter.given.size());
    if (parameter.type == SQL_C_WCHAR) {
        const auto* units = static_cast<const SQLWCHAR*>(room);
        return text_in(units, later ? given / 2 : length == SQL_NTS ? SQL_NTS : length / 2);
    }
    const auto* text = static_cast<const char*>(room);
    return later               ? std::string(text, parameter.given.size())
           : length == SQL_NTS ? std::string(text)
                               : std::string(text, static_cast<std::size_t>(length));
}

std::string text_in(const SQLWCHAR* text, SQLLEN characters) {
    if (!text) return {};
    std::size_t count = 0;
    if (characters == SQL_NTS) {
        while (text[count] != 0) ++count;
    } else {
        count = static_cast<std::size_t>(characters);
    }
    return utf8({text, count});
}

SQLRETURN text_out(std::string_view text, SQLWCHAR* room, SQLLEN characters, SQLSMALLINT* length) {
    const auto units = utf16(text);
    if (length) *length = static_cast<SQLSMALLINT>(std::min(units.size(), std::size_t{32766}));
    if (!room || characters <= 0) return SQL_SUCCESS;
    const std::size_t used = std::min(units.size(), static_cast<std::size_t>(characters - 1));
    std::copy_n(units.begin(), used, room);
    room[used] = 0;
    return used < units.size() ? SQL_SUCCESS_WITH_INFO : SQL_SUCCESS;
}

}  // namespace model
