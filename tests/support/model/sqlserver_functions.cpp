// The functions of Transact-SQL that queries call: who and where we are, rights, errors.
#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

using Given = const std::vector<Value>&;

Value truth(bool yes) { return std::int64_t{yes ? 1 : 0}; }
Value or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

const std::map<std::string, std::string, std::less<>> permission_types = {{"CONNECT", "CO"},
                                                                          {"SELECT", "SL"},
                                                                          {"INSERT", "IN"},
                                                                          {"UPDATE", "UP"},
                                                                          {"DELETE", "DL"},
                                                                          {"EXECUTE", "EX"},
                                                                          {"CONTROL", "CL"},
                                                                          {"ALTER", "AL"},
                                                                          {"REFERENCES", "RF"},
                                                                          {"VIEW DEFINITION", "VW"},
                                                                          {"CREATE ROLE", "CRRL"},
                                                                          {"ALTER ANY ROLE", "ALRL"},
                                                                          {"ALTER ANY USER", "ALUS"},
                                                                          {"CREATE TABLE", "CRTB"},
                                                                          {"CREATE SCHEMA", "CRSM"},
                                                                          {"CREATE VIEW", "CRVW"},
                                                                          {"CREATE PROCEDURE", "CRPR"},
                                                                          {"TAKE OWNERSHIP", "TO"},
                                                                          {"IMPERSONATE", "IM"},
                                                                          {"ALTER ANY SCHEMA", "ALSM"}};

// @@OPTIONS: the bits of the settings that have one.
std::int64_t option_bits(const SqlServer& session) {
    const std::pair<const char*, int> bits[] = {{"IMPLICIT_TRANSACTIONS", 2},
                                                {"CURSOR_CLOSE_ON_COMMIT", 4},
                                                {"ANSI_WARNINGS", 8},
                                                {"ANSI_PADDING", 16},
                                                {"ANSI_NULLS", 32},
                                                {"ARITHABORT", 64},
                                                {"ARITHIGNORE", 128},
                                                {"QUOTED_IDENTIFIER", 256},
                                                {"NOCOUNT", 512},
                                                {"ANSI_NULL_DFLT_ON", 1024},
                                                {"ANSI_NULL_DFLT_OFF", 2048},
                                                {"CONCAT_NULL_YIELDS_NULL", 4096},
                                                {"NUMERIC_ROUNDABORT", 8192},
                                                {"XACT_ABORT", 16384}};
    std::int64_t sum = 0;
    for (const auto& [name, bit] : bits) sum += session.is_on(name) ? bit : 0;
    return sum;
}

}  // namespace

void SqlServer::define_functions() {
    define_text_functions();
    define_rights_functions();
    const auto define = [this](const char* name, Store::Function function) {
        store_->define(name, std::move(function));
    };
    define("@@TRANCOUNT", [this](Given) { return Value(std::int64_t{transactions_}); });
    define("@@SPID", [this](Given) { return Value(std::int64_t{slot_.id()}); });
    define("@@ROWCOUNT", [this](Given) { return Value(last_count); });
    define("@@ERROR", [this](Given) { return Value(std::int64_t{last_error}); });
    define("@@LOCK_TIMEOUT", [this](Given) { return Value(number_of(option("LOCK_TIMEOUT"))); });
    define("@@LANGUAGE", [this](Given) { return Value(option("LANGUAGE")); });
    define("@@DATEFIRST", [this](Given) { return Value(number_of(option("DATEFIRST"))); });
    define("@@OPTIONS", [this](Given) { return Value(option_bits(*this)); });
    define("@@NESTLEVEL", [this](Given) { return Value(std::int64_t{nested}); });
    define("@@SERVERNAME", [](Given) { return Value(std::string("MODEL")); });
    define("@@VERSION",
           [](Given) { return Value(std::string("Microsoft SQL Server 2022 - 16.0.4000.0 (X64) (a model of it)")); });
    define("XACT_STATE", [this](Given) { return Value(std::int64_t{doomed_ ? -1 : transactions_ > 0 ? 1 : 0}); });
    define("ERROR_NUMBER",
           [this](Given) { return caught.empty() ? Value() : Value(std::int64_t{caught.back().records[0].native}); });
    define("ERROR_MESSAGE", [this](Given) { return caught.empty() ? Value() : Value(caught.back().records[0].text); });
    define("ERROR_SEVERITY",
           [this](Given) { return caught.empty() ? Value() : Value(std::int64_t{caught.back().severity}); });
    define("ERROR_STATE", [this](Given) { return caught.empty() ? Value() : Value(std::int64_t{1}); });
    define("DB_NAME", [this](Given) { return Value(database_); });
    define("DB_ID", [this](Given given) {
        const std::string asked = given.empty() ? database_ : text_of(given[0]);
        std::int64_t id = 5;  // others have an id from 5 on, in the order of their names
        if (same(asked, "master")) return Value(std::int64_t{1});
        for (const auto& name : server_.databases()) {
            if (same(name, "master")) continue;
            if (same(name, asked)) return Value(id);
            ++id;
        }
        return Value();
    });
    define("ORIGINAL_DB_NAME", [this](Given) { return Value(database_); });
    define("APP_NAME", [this](Given) { return Value(application_); });
    define("HOST_NAME", [](Given) { return Value(std::string("model")); });
    define("CONNECTIONPROPERTY", [this](Given given) {
        const std::string what = folded(text_of(given.at(0)));
        if (what == "net_transport") return Value(std::string("TCP"));
        if (what == "client_net_address" || what == "local_net_address") return Value(std::string("127.0.0.1"));
        return what == "encrypt_option" ? Value(encrypted_) : Value();
    });
    define("SERVERPROPERTY", [](Given given) {
        const std::map<std::string, Value> known = {{"productversion", "16.0.4000.0"},
                                                    {"productmajorversion", "16"},
                                                    {"edition", "Developer Edition (64-bit)"},
                                                    {"engineedition", std::int64_t{3}},
                                                    {"servername", "MODEL"},
                                                    {"machinename", "MODEL"},
                                                    {"collation", "SQL_Latin1_General_CP1_CI_AS"},
                                                    {"productlevel", "RTM"}};
        const auto found = known.find(folded(text_of(given.at(0))));
        return found == known.end() ? Value() : found->second;
    });
    define("DATABASEPROPERTYEX", [this](Given given) {
        const std::string what = folded(text_of(given.at(1)));
        if (!same(text_of(given.at(0)), database_)) return Value();
        if (what == "collation") return one("SELECT value FROM model_database WHERE name = 'collation'");
        if (what == "updateability") return Value(std::string("READ_WRITE"));
        return what == "status" ? Value(std::string("ONLINE")) : Value();
    });
    define("SESSIONPROPERTY", [this](Given given) {
        const std::string value = option(upper(text_of(given.at(0))));
        return value.empty() ? Value() : truth(value == "ON");
    });
    define("session_option", [](Given given) {
        const std::string all = ";" + text_of(given.at(0)), name = ";" + text_of(given.at(1)) + "=";
        const auto found = all.find(name);
        if (found == all.npos) return Value();
        const auto from = found + name.size();
        return Value(all.substr(from, all.find(';', from) - from));
    });
    define("SESSION_CONTEXT", [this](Given given) {
        const auto found = context_.find(text_of(given.at(0)));
        return found == context_.end() ? Value() : Value(found->second);
    });
}

void SqlServer::define_rights_functions() {
    const auto define = [this](const char* name, Store::Function function) {
        store_->define(name, std::move(function));
    };
    define("sees_principal", [this](Given given) { return truth(sees(number_of(given.at(0)))); });
    define("sees_object", [this](Given given) {
        const auto id = number_of(given.at(0)), in = number_of(given.at(1));
        for (const char* right : {"VIEW DEFINITION", "SELECT", "INSERT", "UPDATE", "DELETE", "ALTER", "EXECUTE"})
            if (may(right, id, in)) return truth(true);
        return truth(false);
    });
    define("permission_type", [](Given given) {
        const auto found = permission_types.find(text_of(given.at(0)));
        return found == permission_types.end() ? Value(std::string("?")) : Value(found->second);
    });
    define("table_rows", [this](Given given) {
        const Value name =
            one("SELECT s.name || '.' || o.name FROM model_object o JOIN model_schema s ON s.schema_id = o.schema_id "
                "WHERE o.object_id = ?1",
                {given.at(0)});
        return one("SELECT COUNT(*) FROM " + in_quotes(text_of(name), '"'));
    });
    define("DATABASE_PRINCIPAL_ID", [this](Given given) {
        const auto id = given.empty() ? user() : seen_principal(text_of(given[0]));
        return id < 0 ? Value() : Value(id);
    });
    define("USER_ID", [this](Given given) {
        const auto id = given.empty() ? user() : seen_principal(text_of(given[0]));
        return id < 0 ? Value() : Value(id);
    });
    define("USER_NAME",
           [this](Given given) { return or_null(principal_name(given.empty() ? user() : number_of(given[0]))); });
    for (const char* name : {"SUSER_SNAME", "SUSER_NAME"})
        define(name, [this](Given) { return Value(login_names_.back()); });
    define("ORIGINAL_LOGIN", [this](Given) { return Value(login_names_.front()); });
    // NULL for a name that is not there or not seen, and for what is no role; dbo is in no role but db_owner.
    define("IS_ROLEMEMBER", [this](Given given) {
        if (is_null(given.at(0)) || (given.size() > 1 && is_null(given[1]))) return Value();
        const auto role = seen_principal(text_of(given[0])),
                   who = given.size() > 1 ? seen_principal(text_of(given[1])) : user();
        if (role < 0 || who < 0 || !is_role(role)) return Value();
        return truth(role == 0 || is_in(who, role) || (given.size() == 1 && role == who));
    });
    define("IS_MEMBER", [this](Given given) {
        const auto role = seen_principal(text_of(given.at(0)));
        return role < 0 || !is_role(role) ? Value() : truth(role == 0 || is_in(user(), role));
    });
    define("IS_SRVROLEMEMBER", [this](Given given) {
        return same(text_of(given.at(0)), "sysadmin") ? truth(sysadmin_.back()) : truth(false);
    });
    define("HAS_PERMS_BY_NAME", [this](Given given) {
        const std::string kind = upper(text_of(given.at(1))), right = upper(text_of(given.at(2))),
                          name = text_of(given.at(0));
        if (is_null(given[1]) || kind == "SERVER") return truth(may_server(right));
        if (kind == "DATABASE") return truth(may(right));
        if (kind == "SCHEMA") return schema(name) < 0 ? Value() : truth(may(right, 0, schema(name)));
        if (kind != "OBJECT") return Value();
        const Object found = object(name);
        return found.id < 0 ? Value() : truth(may(right, found.id, found.schema));
    });
    define("APPLOCK_MODE", [this](Given given) {
        const bool transaction = same(text_of(given.at(2)), "Transaction");
        const auto found = app_locks_.find((transaction ? "t/" : "s/") + text_of(given.at(1)));
        if (found == app_locks_.end()) return Value(std::string("NoLock"));
        for (const auto& [name, holder] : server_.locks())
            if (holder.contains("resource") && holder.at("resource") == text_of(given[1]) &&
                holder.at("session") == std::to_string(slot_.id()))
                return Value(holder.at("mode"));
        return Value(std::string("NoLock"));
    });
    define("SCHEMA_ID", [this](Given given) {
        const auto id = schema(given.empty() ? default_schema() : text_of(given[0]));
        return id < 0 ? Value() : Value(id);
    });
    define("SCHEMA_NAME", [this](Given given) {
        return given.empty() ? Value(default_schema())
                             : one("SELECT name FROM model_schema WHERE schema_id = ?1", {given[0]});
    });
    define("OBJECT_ID", [this](Given given) {
        if (is_null(given.at(0))) return Value();
        const Object found = object(text_of(given[0]));
        const bool fits = given.size() < 2 || is_null(given[1]) || same(found.type, text_of(given[1]));
        return found.id == -1 || !fits ? Value() : Value(found.id);
    });
    define("OBJECT_NAME",
           [this](Given given) { return one("SELECT name FROM model_object WHERE object_id = ?1", {given.at(0)}); });
    define("OBJECT_SCHEMA_NAME", [this](Given given) {
        return one(
            "SELECT s.name FROM model_object o JOIN model_schema s ON s.schema_id = o.schema_id WHERE object_id = ?1",
            {given.at(0)});
    });
}

}  // namespace model
