#include "oracle.hpp"
#include "sqlserver.hpp"
#include "text.hpp"

namespace model {

std::unique_ptr<Session> connect(const Attributes& attributes) {
    const std::string dialect = attributes.get({"Dialect"});
    if (same(dialect, "oracle") || (dialect.empty() && attributes.has("DBQ")))
        return std::make_unique<Oracle>(attributes);
    if (dialect.empty() || same(dialect, "sqlserver")) return std::make_unique<SqlServer>(attributes);
    throw problem(0, "model: there is no dialect " + dialect, "HY000");
}

}  // namespace model
