// GRANT, REVOKE, DENY.
#include <map>

#include "sqlserver.hpp"
#include "text.hpp"

namespace model {
namespace {

struct Asked {
    std::vector<std::string> permissions;
    std::int64_t kind = 0, major = 0;  // class and object
    std::int64_t schema = 0;
    bool option_only = false, with_option = false;
    std::vector<std::string> grantees;
};

class RightsReader {
public:
    RightsReader(const SqlServer& session, const Clause& clause)
        : session_(session), clause_(clause), at_(clause.from + 1) {}

    Asked read() {
        Asked asked;
        if (take("GRANT")) {
            if (!take("OPTION") || !take("FOR")) wrong_syntax(now());
            asked.option_only = true;
        }
        do asked.permissions.push_back(permission());
        while (take(","));
        if (take("ON")) securable(asked);
        if (!take("TO") && !take("FROM")) wrong_syntax(now());
        do asked.grantees.push_back(name());
        while (take(","));
        while (at_ < clause_.to) {
            asked.with_option = asked.with_option || now().is("OPTION");
            if (now().is("AS")) not_spoken("rights granted AS somebody");
            ++at_;
        }
        return asked;
    }

private:
    const Token& now() const { return at_ < clause_.to ? clause_.tokens[at_] : clause_.tokens.back(); }
    bool take(std::string_view word) { return now().is(word) ? (++at_, true) : false; }
    std::string name() {
        if (!now().is_name()) wrong_syntax(now());
        return clause_.tokens[at_++].text;
    }
    std::string permission() {
        std::string words;
        while (now().kind == Token::Kind::word && !now().is("ON") && !now().is("TO") && !now().is("FROM")) {
            words += (words.empty() ? "" : " ") + now().upper;
            ++at_;
        }
        if (words.empty()) wrong_syntax(now());
        if (now().is("(")) not_spoken("rights on columns");
        return words;
    }
    void securable(Asked& asked) {
        const bool typed = at_ + 1 < clause_.to && clause_.tokens[at_ + 1].is("::");
        const std::string kind = typed ? now().upper : "OBJECT";
        if (typed) at_ += 2;
        std::string schema, object = name();
        while (take(".")) {
            schema = object;
            object = name();
        }
        const auto missing = [&](const std::string& what) {
            return error(15151, "Cannot find the " + what + " '" + object +
                                    "', because it does not exist or you do not have permission.");
        };
        if (kind == "SCHEMA") {
            asked.kind = 3;
            asked.major = asked.schema = session_.schema(object);
            if (asked.major < 0) throw missing("schema");
        } else if (kind == "OBJECT") {
            const auto found = session_.object(schema, object);
            if (found.id < 0) throw missing("object");
            asked.kind = 1;
            asked.major = found.id;
            asked.schema = found.schema;
        } else if (kind == "ROLE" || kind == "USER") {
            asked.kind = 4;
            asked.major = session_.seen_principal(object);
            if (asked.major < 0) throw missing("principal");
        } else if (kind != "DATABASE") {
            not_spoken("rights on " + kind);
        }
    }

    const SqlServer& session_;
    const Clause& clause_;
    std::size_t at_;
};

}  // namespace

void SqlServer::rights(const Clause& clause) {
    const std::string verb = clause.tokens[clause.from].upper;
    const Asked asked = RightsReader(*this, clause).read();
    const bool of_server =
        asked.kind == 0 && (asked.permissions[0].contains("SERVER") || asked.permissions[0].contains("LOGIN"));
    if (of_server) {
        if (!sysadmin_.back()) throw error(4613, "Grantor does not have GRANT permission.");
        if (database_ != "master")
            throw error(4621,
                        "Permissions at the server scope can only be granted when the current database is master");
        for (const auto& grantee : asked.grantees)
            for (const auto& permission : asked.permissions) {
                logins_->run("UPDATE model_login SET permissions = replace(permissions, ?2 || ';', '') WHERE name = ?1",
                             {grantee, permission});
                if (verb == "GRANT")
                    logins_->run("UPDATE model_login SET permissions = permissions || ?2 || ';' WHERE name = ?1",
                                 {grantee, permission});
            }
        return;
    }
    if (!may("CONTROL", asked.kind == 1 ? asked.major : 0, asked.schema))
        throw error(4613, "Grantor does not have GRANT permission.");
    writing([&] {
        for (const auto& grantee : asked.grantees) {
            const auto id = seen_principal(grantee);
            if (id < 0)
                throw error(15151, "Cannot find the user '" + grantee +
                                       "', because it does not exist or you do not have permission.");
            if (id >= 16384 && id < 16400)
                throw error(4617, "Cannot grant, deny or revoke permissions to or from special roles.");
            for (const auto& permission : asked.permissions) {
                const std::vector<Value> key = {asked.kind, asked.major, id, permission};
                const std::string here =
                    " WHERE class = ?1 AND major_id = ?2 AND grantee_principal_id = ?3 AND permission_name = ?4";
                if (asked.option_only) {
                    change("UPDATE model_permission SET state = 'G'" + here + " AND state = 'W'", key);
                    continue;
                }
                change("DELETE FROM model_permission" + here, key);
                if (verb == "REVOKE") continue;
                const std::string state = verb == "DENY" ? "D" : asked.with_option ? "W" : "G";
                change(
                    "INSERT INTO model_permission (class, major_id, grantee_principal_id, permission_name, state, "
                    "grantor_principal_id, minor_id) VALUES (?1, ?2, ?3, ?4, ?5, 1, 0)",
                    {asked.kind, asked.major, id, permission, state});
            }
        }
    });
}

}  // namespace model
