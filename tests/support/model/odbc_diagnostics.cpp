// What was wrong, and what this driver is.
#include <algorithm>
#include <cstring>

#include "odbc_state.hpp"

using namespace model;

MODEL_API SQLRETURN SQLGetDiagRecW(SQLSMALLINT, SQLHANDLE handle, SQLSMALLINT number, SQLWCHAR* state,
                                   SQLINTEGER* native, SQLWCHAR* text, SQLSMALLINT size, SQLSMALLINT* length) {
    const auto& records = static_cast<Handle*>(handle)->records;
    if (number < 1 || static_cast<std::size_t>(number) > records.size()) return SQL_NO_DATA;
    const Record& record = records[static_cast<std::size_t>(number - 1)];
    if (state) text_out(record.state, state, 6, nullptr);
    if (native) *native = record.native;
    return text_out(record.text, text, size, length);
}

MODEL_API SQLRETURN SQLGetDiagFieldW(SQLSMALLINT, SQLHANDLE handle, SQLSMALLINT number, SQLSMALLINT field,
                                     SQLPOINTER value, SQLSMALLINT bytes, SQLSMALLINT* length) {
    const auto& records = static_cast<Handle*>(handle)->records;
    if (field == SQL_DIAG_NUMBER) {
        *static_cast<SQLINTEGER*>(value) = static_cast<SQLINTEGER>(records.size());
        return SQL_SUCCESS;
    }
    if (number < 1 || static_cast<std::size_t>(number) > records.size()) return SQL_NO_DATA;
    const Record& record = records[static_cast<std::size_t>(number - 1)];
    const auto say = [&](std::string_view text) {
        const auto code = text_out(text, static_cast<SQLWCHAR*>(value), bytes / 2, length);
        if (length) *length = static_cast<SQLSMALLINT>(*length * 2);
        return code;
    };
    constexpr SQLSMALLINT line_field = -1154;  // SQL_DIAG_SS_LINE; 16 bits wide, as of FreeTDS
    switch (field) {
        case line_field: {
            const auto line = static_cast<SQLUSMALLINT>(record.line);
            std::memcpy(value, &line, sizeof line);
            return line == 0 ? SQL_ERROR : SQL_SUCCESS;
        }
        case SQL_DIAG_SQLSTATE:
            return say(record.state);
        case SQL_DIAG_MESSAGE_TEXT:
            return say(record.text);
        case SQL_DIAG_NATIVE:
            *static_cast<SQLINTEGER*>(value) = record.native;
            return SQL_SUCCESS;
        case SQL_DIAG_CLASS_ORIGIN:
        case SQL_DIAG_SUBCLASS_ORIGIN:
            return say("ODBC 3.0");
        case SQL_DIAG_CONNECTION_NAME:
        case SQL_DIAG_SERVER_NAME:
            return say("model");
        default:
            return SQL_ERROR;
    }
}

MODEL_API SQLRETURN SQLGetInfoW(SQLHDBC handle, SQLUSMALLINT what, SQLPOINTER value, SQLSMALLINT bytes,
                                SQLSMALLINT* length) {
    const auto& connection = as<ConnectionHandle>(handle);
    const auto say = [&](std::string_view text) {
        const auto code = text_out(text, static_cast<SQLWCHAR*>(value), bytes / 2, length);
        if (length) *length = static_cast<SQLSMALLINT>(*length * 2);
        return code;
    };
    const auto small = [&](SQLUSMALLINT number) {
        if (value) std::memcpy(value, &number, sizeof number);
        if (length) *length = sizeof number;
        return SQLRETURN{SQL_SUCCESS};
    };
    const auto large = [&](SQLUINTEGER number) {
        if (value) std::memcpy(value, &number, sizeof number);
        if (length) *length = sizeof number;
        return SQLRETURN{SQL_SUCCESS};
    };
    switch (what) {
        case SQL_DRIVER_NAME:
            return say("libroost_model.so");
        case SQL_DRIVER_VER:
        case SQL_DRIVER_ODBC_VER:
            return say("03.52");
        case SQL_DBMS_NAME:
            return say(connection.session ? connection.session->product() : "model");
        case SQL_DBMS_VER:
            return say("01.00.0000");
        case SQL_DATA_SOURCE_NAME:
        case SQL_DATABASE_NAME:
        case SQL_SERVER_NAME:
        case SQL_USER_NAME:
            return say("model");
        case SQL_IDENTIFIER_QUOTE_CHAR:
            return say("\"");
        case SQL_DESCRIBE_PARAMETER:
        case SQL_NEED_LONG_DATA_LEN:
            return say("N");
        case SQL_CURSOR_COMMIT_BEHAVIOR:
        case SQL_CURSOR_ROLLBACK_BEHAVIOR:
            return small(SQL_CB_PRESERVE);
        case SQL_TXN_CAPABLE:
            return small(SQL_TC_ALL);
        case SQL_MAX_CONCURRENT_ACTIVITIES:
            return small(0);
        case SQL_GETDATA_EXTENSIONS:
            return large(SQL_GD_ANY_COLUMN | SQL_GD_ANY_ORDER | SQL_GD_BLOCK | SQL_GD_BOUND);
        case SQL_ASYNC_MODE:
            return large(SQL_AM_NONE);
        default:
            return large(0);
    }
}

MODEL_API SQLRETURN SQLGetFunctions(SQLHDBC, SQLUSMALLINT function, SQLUSMALLINT* there) {
    constexpr SQLUSMALLINT known[] = {
        SQL_API_SQLALLOCHANDLE,    SQL_API_SQLBINDCOL,      SQL_API_SQLBINDPARAMETER, SQL_API_SQLCANCEL,
        SQL_API_SQLCLOSECURSOR,    SQL_API_SQLCOLATTRIBUTE, SQL_API_SQLDESCRIBECOL,   SQL_API_SQLDISCONNECT,
        SQL_API_SQLDRIVERCONNECT,  SQL_API_SQLENDTRAN,      SQL_API_SQLEXECDIRECT,    SQL_API_SQLEXECUTE,
        SQL_API_SQLFETCH,          SQL_API_SQLFETCHSCROLL,  SQL_API_SQLFREEHANDLE,    SQL_API_SQLFREESTMT,
        SQL_API_SQLGETCONNECTATTR, SQL_API_SQLGETDATA,      SQL_API_SQLGETDIAGFIELD,  SQL_API_SQLGETDIAGREC,
        SQL_API_SQLGETENVATTR,     SQL_API_SQLGETFUNCTIONS, SQL_API_SQLGETINFO,       SQL_API_SQLGETSTMTATTR,
        SQL_API_SQLGETTYPEINFO,    SQL_API_SQLMORERESULTS,  SQL_API_SQLNUMPARAMS,     SQL_API_SQLNUMRESULTCOLS,
        SQL_API_SQLPARAMDATA,      SQL_API_SQLPREPARE,      SQL_API_SQLPUTDATA,       SQL_API_SQLROWCOUNT,
        SQL_API_SQLSETCONNECTATTR, SQL_API_SQLSETENVATTR,   SQL_API_SQLSETPOS,        SQL_API_SQLSETSTMTATTR};
    if (function == SQL_API_ODBC3_ALL_FUNCTIONS) {
        std::fill_n(there, SQL_API_ODBC3_ALL_FUNCTIONS_SIZE, SQLUSMALLINT{0});
        for (const auto id : known) there[id >> 4] = static_cast<SQLUSMALLINT>(there[id >> 4] | 1 << (id & 15));
    } else {
        *there = std::ranges::find(known, function) != std::ranges::end(known) ? SQL_TRUE : SQL_FALSE;
    }
    return SQL_SUCCESS;
}
