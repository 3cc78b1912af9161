#include "db/driver.hpp"

namespace roost {
namespace {

// A comment at the end of a statement would swallow the semicolon.
std::string_view separator(std::string_view sql) {
    const auto line = sql.substr(sql.find_last_of('\n') + 1);  // npos + 1 is 0
    return line.contains("--") || line.contains('#') ? "\n;\n" : ";\n";
}

// As many statements from the front as go together: at least one.
Pack first_pack(std::span<const Statement> statements, const EngineInfo& info) {
    std::string sql = statements.front().sql;
    std::size_t count = 1;
    for (; count < statements.size() && count < info.pack_statements; ++count) {
        const std::string& next = statements[count].sql;
        const auto between = separator(statements[count - 1].sql);
        if (sql.size() + between.size() + next.size() > info.pack_bytes) break;
        sql.append(between).append(next);
    }
    return {.sql = std::move(sql), .statements = statements.first(count)};
}

}  // namespace

std::vector<Pack> packs(std::span<const Statement> statements, const EngineInfo& info) {
    std::vector<Pack> result;
    while (!statements.empty()) {
        result.push_back(first_pack(statements, info));
        statements = statements.subspan(result.back().statements.size());
    }
    return result;
}

}  // namespace roost
