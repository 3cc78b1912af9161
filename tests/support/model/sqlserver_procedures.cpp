// Procedures of the system.
#include <algorithm>

#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

// An argument by name, or by its place.
Value argument(const SqlServer::Arguments& arguments, std::size_t place, std::string_view name) {
    for (const auto& [key, value] : arguments)
        if (key == name) return value;
    return place < arguments.size() && arguments[place].first.empty() ? arguments[place].second : Value();
}

std::string text(const SqlServer::Arguments& arguments, std::size_t place, std::string_view name) {
    return text_of(argument(arguments, place, name));
}

}  // namespace

std::optional<std::int64_t> SqlServer::procedure(const std::string& name, Arguments arguments, std::vector<Event>&) {
    const std::string called = folded(name);
    if (called == "sp_addrolemember" || called == "sp_droprolemember") {
        const bool adds = called == "sp_addrolemember";
        const std::string sql = "ALTER ROLE " + in_quotes(text(arguments, 0, "@rolename"), '"') +
                                (adds ? " ADD" : " DROP") + " MEMBER " +
                                in_quotes(text(arguments, 1, "@membername"), '"');
        const Tokens read = tokens(sql);
        define({read, 0, read.size() - 1, sql});
        return 0;
    }
    if (called == "sp_set_session_context") {
        context_[text(arguments, 0, "@key")] = text(arguments, 1, "@value");
        return 0;
    }
    if (called == "sp_reset_connection") {
        reset_options();
        return 0;
    }
    if (const auto code = lock_procedure(called, arguments)) return code;
    if (const auto code = property_procedure(called, arguments)) return code;
    if (const auto code = login_procedure(called, arguments)) return code;
    return std::nullopt;
}

std::string SqlServer::lock_name(const std::string& resource) const { return "app/" + database_ + "/" + resource; }

// Exclusive locks are known to all sessions of the server; others only to their own, and they are not waited for.
std::optional<std::int64_t> SqlServer::lock_procedure(const std::string& name, const Arguments& arguments) {
    if (name != "sp_getapplock" && name != "sp_releaseapplock") return std::nullopt;
    const std::string resource = text(arguments, 0, "@resource");
    const std::string given = text(arguments, name == "sp_getapplock" ? 2 : 1, "@lockowner");
    const bool of_transaction = given.empty() || same(given, "Transaction");
    if (resource.empty()) return -999;
    if (of_transaction && transactions_ == 0)
        throw error(1223, "Cannot release the application lock (Database Principal: 'public', Resource: '" + resource +
                              "') because it is not currently held.");
    const std::string key = (of_transaction ? "t/" : "s/") + resource;
    if (name == "sp_releaseapplock") {
        const auto held = app_locks_.find(key);
        if (held == app_locks_.end())
            throw error(1223, "Cannot release the application lock (Database Principal: 'public', Resource: '" +
                                  resource + "') because it is not currently held.");
        if (--held->second.count == 0) app_locks_.erase(held);
        return 0;
    }
    const std::string mode = text(arguments, 1, "@lockmode");
    if (app_locks_.contains(key)) return ++app_locks_[key].count, 0;
    AppLock lock{nullptr, 1, of_transaction};
    const Facts holder = {{"session", std::to_string(slot_.id())},
                          {"database", database_},
                          {"resource", resource},
                          {"mode", mode},
                          {"owner", of_transaction ? "Transaction" : "Session"}};
    std::int64_t code = 0;
    if (!same(mode, "Exclusive")) {
        const std::string exclusive = lock_name(resource);
        if (std::ranges::any_of(server_.locks(), [&](const HeldLock& held) { return held.name == exclusive; }))
            return -1;
        lock.file = server_.lock(lock_name(resource) + "/shared by " + std::to_string(slot_.id()), holder,
                                 std::chrono::milliseconds(0), [] { return false; });
    } else {
        const Value asked = argument(arguments, 3, "@locktimeout");
        const auto wait = is_null(asked) ? store_->lock_wait : std::chrono::milliseconds(number_of(asked));
        lock.file = server_.lock(lock_name(resource), holder, std::chrono::milliseconds(0), [] { return false; });
        code = lock.file ? 0 : 1;
        if (!lock.file) lock.file = server_.lock(lock_name(resource), holder, wait, [this] { return should_stop(); });
        if (!lock.file && slot_.killed()) lose();
        if (!lock.file && store_->should_stop()) throw StoreStopped{};
        if (!lock.file) return -1;
    }
    app_locks_[key] = std::move(lock);
    return code;
}

// sp_addextendedproperty @name, @value, @level0type, @level0name, @level1type, @level1name: of the database, a
// principal, a schema or a table.
std::optional<std::int64_t> SqlServer::property_procedure(const std::string& name, const Arguments& arguments) {
    if (name != "sp_addextendedproperty" && name != "sp_updateextendedproperty" && name != "sp_dropextendedproperty")
        return std::nullopt;
    const bool drops = name == "sp_dropextendedproperty";
    const std::size_t shift = drops ? 1 : 2;
    const std::string property = text(arguments, 0, "@name"), kind = upper(text(arguments, shift, "@level0type")),
                      holder = text(arguments, shift + 1, "@level0name");
    const std::string inner = text(arguments, shift + 3, "@level1name");
    std::int64_t level = 0, major = 0;
    if (kind == "USER" || kind == "ROLE") {
        level = 4;
        major = seen_principal(holder);
    } else if (kind == "SCHEMA") {
        level = inner.empty() ? 3 : 1;
        major = inner.empty() ? schema(holder) : object(holder, inner).id;
    } else if (!kind.empty()) {
        not_spoken("extended properties of " + kind);
    }
    if (major < 0 || !may("ALTER"))
        throw error(15135, "Object is invalid. Extended properties are not permitted on '" + holder +
                               "', or the object does not exist.");
    const std::vector<Value> key = {level, major, property};
    const bool there =
        !is_null(one("SELECT 1 FROM model_property WHERE class = ?1 AND major_id = ?2 AND name = ?3", key));
    if (there && name == "sp_addextendedproperty")
        throw error(15233,
                    "Property cannot be added. Property '" + property + "' already exists for '" + holder + "'.");
    if (!there && name != "sp_addextendedproperty")
        throw error(15217, "Cannot update or delete a property. Property '" + property + "' does not exist for '" +
                               holder + "'.");
    writing([&] {
        change("DELETE FROM model_property WHERE class = ?1 AND major_id = ?2 AND name = ?3", key);
        if (!drops)
            change("INSERT INTO model_property VALUES (?1, ?2, 0, ?3, ?4)",
                   {level, major, property, text(arguments, 1, "@value")});
    });
    return 0;
}

std::optional<std::int64_t> SqlServer::login_procedure(const std::string& name, const Arguments& arguments) {
    if (name != "sp_addsrvrolemember" && name != "sp_dropsrvrolemember") return std::nullopt;
    if (!sysadmin_.back()) throw error(15247, "User does not have permission to perform this action.");
    const std::string sql = name == "sp_addsrvrolemember"
                                ? "INSERT OR IGNORE INTO model_server_member (login, role) VALUES (?1, ?2)"
                                : "DELETE FROM model_server_member WHERE login = ?1 AND role = ?2";
    logins_->run(sql, {text(arguments, 0, "@loginame"), text(arguments, 1, "@rolename")});
    return 0;
}

}  // namespace model
