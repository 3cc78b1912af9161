// Handles, connecting, attributes and the end of transactions.
#include "odbc_state.hpp"
#include "text.hpp"

using namespace model;

MODEL_API SQLRETURN SQLAllocHandle(SQLSMALLINT type, SQLHANDLE parent, SQLHANDLE* made) {
    Handle* handle = nullptr;
    if (type == SQL_HANDLE_ENV) handle = new EnvironmentHandle();
    if (type == SQL_HANDLE_DBC) handle = new ConnectionHandle();
    if (type == SQL_HANDLE_STMT) handle = new StatementHandle(as<ConnectionHandle>(parent));
    *made = handle;
    return handle ? SQL_SUCCESS : SQL_ERROR;
}

MODEL_API SQLRETURN SQLFreeHandle(SQLSMALLINT, SQLHANDLE handle) {
    delete static_cast<Handle*>(handle);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLSetEnvAttr(SQLHENV handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER) {
    if (attribute == SQL_ATTR_ODBC_VERSION) as<EnvironmentHandle>(handle).version = number(value);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetEnvAttr(SQLHENV handle, SQLINTEGER, SQLPOINTER value, SQLINTEGER, SQLINTEGER*) {
    *static_cast<SQLINTEGER*>(value) = static_cast<SQLINTEGER>(as<EnvironmentHandle>(handle).version);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLDriverConnectW(SQLHDBC handle, SQLHWND, SQLWCHAR* in, SQLSMALLINT in_length, SQLWCHAR* out,
                                      SQLSMALLINT out_size, SQLSMALLINT* out_length, SQLUSMALLINT) {
    auto& connection = as<ConnectionHandle>(handle);
    connection.records.clear();
    const std::string text = text_in(in, in_length);
    try {
        connection.session = connect(Attributes(text));
    } catch (Problem& problem) {
        return connection.report(SQL_ERROR, std::move(problem.records));
    } catch (const StoreError& error) {
        return connection.report(SQL_ERROR, {{"HY000", 0, "model: " + error.text}});
    } catch (const std::exception& error) {
        return connection.report(SQL_ERROR, {{"HY000", 0, std::string("model: ") + error.what()}});
    }
    if (!connection.autocommit) connection.session->set_autocommit(false);
    text_out(text, out, out_size, out_length);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLDisconnect(SQLHDBC handle) {
    as<ConnectionHandle>(handle).session.reset();
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLSetConnectAttrW(SQLHDBC handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER) {
    auto& connection = as<ConnectionHandle>(handle);
    connection.records.clear();
    connection.attributes[attribute] = number(value);
    if (attribute != SQL_ATTR_AUTOCOMMIT) return SQL_SUCCESS;
    const bool on = number(value) == SQL_AUTOCOMMIT_ON;
    if (on == connection.autocommit) return SQL_SUCCESS;
    try {
        if (connection.session) connection.session->set_autocommit(on);
    } catch (Problem& problem) {
        problem.records.push_back({"HY000", 0, "Could not change transaction status"});
        return connection.report(SQL_ERROR, std::move(problem.records));
    }
    connection.autocommit = on;
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLSetConnectAttr(SQLHDBC handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length) {
    return SQLSetConnectAttrW(handle, attribute, value, length);
}

MODEL_API SQLRETURN SQLGetConnectAttrW(SQLHDBC handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER,
                                       SQLINTEGER*) {
    auto& connection = as<ConnectionHandle>(handle);
    SQLULEN found = connection.attributes[attribute];
    if (attribute == SQL_ATTR_AUTOCOMMIT) found = connection.autocommit ? SQL_AUTOCOMMIT_ON : SQL_AUTOCOMMIT_OFF;
    if (attribute == SQL_ATTR_CONNECTION_DEAD)
        found = connection.session && !connection.session->is_lost() ? SQL_CD_FALSE : SQL_CD_TRUE;
    *static_cast<SQLUINTEGER*>(value) = static_cast<SQLUINTEGER>(found);
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetConnectAttr(SQLHDBC handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size,
                                      SQLINTEGER* length) {
    return SQLGetConnectAttrW(handle, attribute, value, size, length);
}

MODEL_API SQLRETURN SQLEndTran(SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT completion) {
    if (type != SQL_HANDLE_DBC) return SQL_SUCCESS;
    auto& connection = as<ConnectionHandle>(handle);
    connection.records.clear();
    try {
        connection.session->end(completion == SQL_COMMIT);
        return SQL_SUCCESS;
    } catch (Problem& problem) {
        for (Record& record : problem.records) record.text = connection.session->decorated(record.text);
        return connection.report(SQL_ERROR, std::move(problem.records));
    }
}

MODEL_API SQLRETURN SQLSetStmtAttrW(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER) {
    auto& statement = as<StatementHandle>(handle);
    switch (attribute) {
        case SQL_ATTR_ROW_ARRAY_SIZE:
            statement.block_rows = number(value);
            break;
        case SQL_ATTR_ROWS_FETCHED_PTR:
            statement.fetched = static_cast<SQLULEN*>(value);
            break;
        case SQL_ATTR_ROW_STATUS_PTR:
            statement.status = static_cast<SQLUSMALLINT*>(value);
            break;
        case SQL_ATTR_ROW_BIND_TYPE:
            statement.bind_type = number(value);
            break;
        case SQL_ATTR_QUERY_TIMEOUT:
            statement.time_out = number(value);
            break;
        default:
            statement.attributes[attribute] = number(value);
    }
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLSetStmtAttr(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER length) {
    return SQLSetStmtAttrW(handle, attribute, value, length);
}

MODEL_API SQLRETURN SQLGetStmtAttrW(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER, SQLINTEGER*) {
    auto& statement = as<StatementHandle>(handle);
    switch (attribute) {
        case SQL_ATTR_APP_ROW_DESC:
        case SQL_ATTR_APP_PARAM_DESC:
        case SQL_ATTR_IMP_ROW_DESC:
        case SQL_ATTR_IMP_PARAM_DESC:
            return statement.fail("HYC00", "the model has no descriptors");
        case SQL_ATTR_ROW_ARRAY_SIZE:
            *static_cast<SQLULEN*>(value) = statement.block_rows;
            break;
        case SQL_ATTR_QUERY_TIMEOUT:
            *static_cast<SQLULEN*>(value) = statement.time_out;
            break;
        default:
            *static_cast<SQLULEN*>(value) = statement.attributes[attribute];
    }
    return SQL_SUCCESS;
}

MODEL_API SQLRETURN SQLGetStmtAttr(SQLHSTMT handle, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size,
                                   SQLINTEGER* length) {
    return SQLGetStmtAttrW(handle, attribute, value, size, length);
}
