// CREATE, ALTER, DROP: one statement, read from left to right.
#pragma once

#include "sqlserver.hpp"
#include "sqlserver_rewriter.hpp"

namespace model {

class Definition {
public:
    Definition(SqlServer& session, const Clause& clause, std::size_t from)
        : session_(session), clause_(clause), at_(from), rewriter_(session, clause.tokens) {}

protected:
    const Token& now() const { return at_ < clause_.to ? clause_.tokens[at_] : clause_.tokens.back(); }
    bool take(std::string_view word) { return now().is(word) ? (++at_, true) : false; }
    void need(std::string_view word) {
        if (!take(word)) wrong_syntax(now());
    }
    std::string name() {
        if (!now().is_name()) wrong_syntax(now());
        const std::string found = clause_.tokens[at_++].text;
        if (found.empty() || found.size() > 128 * 4)
            throw error(103, "The identifier that starts with '" + found.substr(0, 128) +
                                 "' is too long. Maximum length is 128.");
        return found;
    }
    void end() {
        if (at_ < clause_.to) wrong_syntax(now());
    }
    [[noreturn]] static void cannot(const std::string& verb, const std::string& kind, const std::string& name) {
        throw error(15151, "Cannot " + verb + " the " + kind + " '" + name +
                               "', because it does not exist or you do not have permission.");
    }
    static void denied() { throw error(15247, "User does not have permission to perform this action."); }
    static bool is_special(std::int64_t id) { return id >= 0 && id <= 4; }
    static bool is_fixed(std::int64_t id) { return id >= 16384 && id < 16400; }

    // WITH DEFAULT_SCHEMA = s, PASSWORD = N'…', …: what follows the names asked for.
    Value option(std::string_view wanted) {
        for (std::size_t i = at_; i + 2 < clause_.to; ++i)
            if (clause_.tokens[i].is(wanted) && clause_.tokens[i + 1].is("=")) return clause_.tokens[i + 2].text;
        return {};
    }

    bool if_exists() {
        if (!take("IF")) return false;
        need("EXISTS");
        return true;
    }

    Store& logins() { return *session_.logins_; }
    const std::string& database() const { return session_.database_; }

    SqlServer& session_;
    const Clause& clause_;
    std::size_t at_;
    SqlServerRewriter rewriter_;
};

// Roles and their members, users, log-ins.
class PrincipalDefinition : public Definition {
public:
    using Definition::Definition;
    bool run(const std::string& verb, const std::string& kind);  // false: it is none of these

private:
    std::int64_t add_principal(const std::string& name, const std::string& type, const Value& schema,
                               const Value& owner, int authentication, const Value& login);
    void create_role();
    bool manages(std::int64_t role) const;
    void alter_role();
    void change_member(const std::string& role, std::int64_t id, const std::string& member, bool adds);
    void drop_principal(bool role);
    void drop_unused(std::int64_t id, bool role);
    void create_user();
    void alter_user();
    void login(const std::string& verb);
};

// Schemas, tables, indexes, views, procedures.
class ObjectDefinition : public Definition {
public:
    using Definition::Definition;
    bool run(const std::string& verb, const std::string& kind);

private:
    void create_schema();
    void drop_schema();
    void authorize();
    std::pair<std::string, std::string> object_name();
    void may_create(const std::string& permission, const std::string& schema);
    void add_object(const std::string& schema, const std::string& object, const std::string& type, const Value& text);
    std::string rest(std::size_t from);
    void table(const std::string& verb);
    void alter_table(const std::string& verb, std::size_t begun);
    void index(const std::string& verb);
    void module(const std::string& type);
    void drop_object(const std::string& type);
};

}  // namespace model
