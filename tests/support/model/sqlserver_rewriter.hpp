// Transact-SQL's queries into SQLite's.
#pragma once

#include "rewriter.hpp"
#include "sqlserver.hpp"

namespace model {

class SqlServerRewriter final : public Rewriter {
public:
    SqlServerRewriter(const SqlServer& session, const Tokens& tokens, int parameters_before = 0);

protected:
    std::string table(std::string_view schema, const Token& name) override;
    bool special() override;
    std::string name(const Token& token) const override { return token.text; }

private:
    bool function();
    bool top();
    bool rows();
    bool hints();
    bool type();
    bool concatenation();
    bool is_text_chain() const;

    const SqlServer& session_;
};

}  // namespace model
