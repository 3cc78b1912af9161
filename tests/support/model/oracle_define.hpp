// CREATE, ALTER, DROP, GRANT and REVOKE of Oracle: one statement, read from left to right.
#pragma once

#include "oracle.hpp"
#include "oracle_rewriter.hpp"

namespace model {

class OracleDefinition {
public:
    OracleDefinition(Oracle& session, const Tokens& tokens, std::size_t from, std::size_t to, std::string_view source)
        : session_(session), tokens_(tokens), from_(from), to_(to), at_(from), source_(source) {}
    void run();

private:
    const Token& now() const { return at_ < to_ ? tokens_[at_] : tokens_.back(); }
    bool take(std::string_view word) { return now().is(word) ? (++at_, true) : false; }
    void need(std::string_view word);
    void end() const;
    std::string name();
    std::vector<std::string> names();
    void may(const std::string& right) const;
    bool administers(const std::string& role) const;

    // oracle_define.cpp
    void create_role();
    void alter_role();
    std::string authentication();
    void drop_role();
    void create_user();
    void alter_user();
    void drop_user();
    void default_role(const std::string& user);
    void table(const std::string& verb);
    void index();
    void module(const std::string& type);
    void drop_object(const std::string& type);
    std::pair<std::string, std::string> object_name();
    std::string rest() const;
    void check_new(const std::string& name, int conflict, const std::string& kind) const;

    // oracle_rights.cpp
    void rights(bool grants);
    void object_rights(bool grants, const std::vector<std::string>& privileges, bool option);
    void change_role(bool grants, const std::string& role, const std::string& grantee, bool admin);
    void change_right(bool grants, const std::string& right, const std::string& grantee, bool admin);
    std::vector<std::string> privileges();

    Oracle& session_;
    const Tokens& tokens_;
    std::size_t from_, to_, at_;
    std::string_view source_;
    std::vector<bool> quoted_;  // beside privileges(): a name in quotes is a role
};

}  // namespace model
