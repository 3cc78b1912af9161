#include "odbc/connect.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "db/attributes.hpp"
#include "odbc/connection.hpp"
#include "odbc/diagnostics.hpp"
#include "odbc/text.hpp"

namespace roost::odbc {
namespace {

Result<EnvironmentHandle> open_environment() {
    // Before the first environment. A pooled connection would come with another's session state.
    SQLSetEnvAttr(nullptr, SQL_ATTR_CONNECTION_POOLING, as_pointer(SQL_CP_OFF), 0);
    EnvironmentHandle environment(nullptr);
    if (!environment) return fail({.message = "unixODBC gives no environment"});
    const auto code = SQLSetEnvAttr(environment.get(), SQL_ATTR_ODBC_VERSION, as_pointer(SQL_OV_ODBC3), 0);
    if (!SQL_SUCCEEDED(code)) return fail(error_of(diagnostics(SQL_HANDLE_ENV, environment.get())));
    return environment;
}

// Drivers quote the connection string, or parts of it.
std::vector<Notice> without_secrets(std::vector<Notice> records, const Secret& connection_string,
                                    const std::vector<Attribute>& parts) {
    Redactor redact;
    redact.add(connection_string);
    for (const Attribute& part : parts)
        if (part.is("Pwd") || part.is("Password") || part.is("pqopt")) redact.add(Secret(part.value()));
    for (Notice& record : records) record.text = redact(record.text);
    return records;
}

bool is_missing_driver(const Notice& record) { return record.text.contains("Can't open lib"); }

Error connect_error(const std::vector<Notice>& records, std::string_view package) {
    Error error = error_of(records);
    if (std::ranges::none_of(records, is_missing_driver)) return error;
    error.advice = package.empty()
                       ? std::string("the ODBC driver is not installed")
                       : fmt::format("the ODBC driver is not installed: Debian's package {} has it", package);
    return error;
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const Settings& settings, std::string_view package) {
    auto text = wide(settings.connection_string.reveal());
    if (!text) return fail({.message = "the connection string is not UTF-8 text without NUL bytes"});
    if (text->size() > static_cast<std::size_t>(std::numeric_limits<SQLSMALLINT>::max())) {
        return fail({.message = "the connection string is too long"});
    }
    const auto parts = attributes(settings.connection_string.reveal());
    if (!parts) return fail(parts.error());
    auto environment = open_environment();
    if (!environment) return fail(std::move(environment.error()));
    ConnectionHandle connection(environment->get());
    if (!connection) return fail(error_of(diagnostics(SQL_HANDLE_ENV, environment->get())));
    const auto code = SQLDriverConnectW(connection.get(), nullptr, text->data(), static_cast<SQLSMALLINT>(text->size()),
                                        nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
    if (!SQL_SUCCEEDED(code)) {
        const auto records = diagnostics(SQL_HANDLE_DBC, connection.get());
        return fail(connect_error(without_secrets(records, settings.connection_string, *parts), package));
    }
    return std::make_unique<OdbcConnection>(std::move(*environment), std::move(connection), settings);
}

std::vector<std::string> installed_drivers() {
    std::vector<std::string> names;
    const auto environment = open_environment();
    if (!environment) return names;
    Wide name(1024);
    SQLSMALLINT length = 0;
    SQLUSMALLINT direction = SQL_FETCH_FIRST;
    while (SQL_SUCCEEDED(SQLDriversW(environment->get(), direction, name.data(), static_cast<SQLSMALLINT>(name.size()),
                                     &length, nullptr, 0, nullptr))) {
        names.push_back(utf8(std::span(name).first(std::min(name.size(), static_cast<std::size_t>(length)))));
        direction = SQL_FETCH_NEXT;
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace roost::odbc
