// Oracle's queries into SQLite's.
#pragma once

#include <functional>
#include <set>

#include "oracle.hpp"
#include "rewriter.hpp"

namespace model {

class OracleRewriter final : public Rewriter {
public:
    // `variables`: of the PL/SQL block around, in capitals; they become parameters ":NAME", a record's
    // ":RECORD__FIELD".
    OracleRewriter(const Oracle& session, const Tokens& tokens, const std::set<std::string>& variables = {},
                   int parameters_before = 0)
        : session_(session), variables_(variables) {
        tokens_ = &tokens;
        parameters_before_ = parameters_before;
    }
    bool locks() const { return locks_; }  // FOR UPDATE

protected:
    std::string table(std::string_view schema, const Token& name) override;
    bool special() override;
    std::string name(const Token& token) const override {
        return token.kind == Token::Kind::name ? token.text : upper_of(token);
    }
    std::string word(const Token& token) const override { return upper_of(token); }

private:
    static std::string upper_of(const Token& token);
    bool variable();
    bool limit();
    void take_offset(std::string& skipped);
    bool literal();
    bool type();

    const Oracle& session_;
    const std::set<std::string>& variables_;
    bool locks_ = false;
};

// A name as the dictionary has it.
std::string dictionary_name(const Token& token);
bool is_dictionary_view(const std::string& name);   // "DBA_ROLES"
bool is_whole_dictionary(const std::string& name);  // one that not everybody may read

}  // namespace model
