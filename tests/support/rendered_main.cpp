// Prints, as one JSON array, the statements that an engine's driver renders: what write() makes of every kind of
// change, and the ledger's tables. tests/support/parse_sql.py hands them to a parser of others' making.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/placeholders.hpp"
#include "db/driver.hpp"

namespace {

using namespace roost;

constexpr Options no_admin{option::admin, 0};
constexpr Options admin{option::admin, option::admin};
constexpr Options by_default{option::admin | option::default_role, option::default_role};
constexpr Options not_by_default{option::default_role, 0};
constexpr Options all_others{option::admin | option::inherit | option::set, option::inherit};

const std::vector<Change> changes = {
    CreateRole{"plain", ""},
    CreateRole{"Mixed case", "it's ours\nroost: p/e/d"},
    CreateRole{"od]d", ""},
    MarkRole{"plain", "roost: p/e/d"},
    Grant{"plain", "ann", no_admin},
    Grant{"plain", "b'ob", no_admin},
    Grant{"plain", "carol", admin},
    Grant{"other", "dan", by_default},
    Grant{"other", "eve", all_others},
    AlterMembership{"plain", "ann", "gil", admin},
    AlterMembership{"plain", "carol", "gil", no_admin},
    AlterMembership{"other", "eve", "gil", all_others},
    AlterMembership{"other", "dan", "", not_by_default},
    Revoke{"plain", "ann", "gil"},
    Revoke{"plain", "b'ob", ""},
};

// Of servers whose memberships have such options.
constexpr std::uint32_t options[] = {0, option::admin, option::admin | option::inherit | option::set,
                                     option::admin | option::default_role};

std::vector<std::string> rendered(const Driver& driver) {
    std::vector<std::string> found;
    const auto add = [&](std::string sql) {
        if (std::ranges::find(found, sql) == found.end()) found.push_back(std::move(sql));
    };
    for (const std::uint32_t bits : options)
        for (Statement& statement : driver.write(changes, {.account = "roost_runner", .membership_options = bits}))
            add(std::move(statement.sql));
    const auto source = substitute("ledger.sql", std::string(driver.ledger_ddl), {});
    Splitter splitter(*source, driver.info.split);
    while (const auto slice = splitter.next()) add(sent(*source, slice->value()));
    return found;
}

}  // namespace

int main(int count, char** arguments) {
    const Driver* driver = count == 2 ? driver_named(arguments[1]) : nullptr;
    if (!driver) {
        std::fputs("usage: rendered ENGINE\n", stderr);
        return 64;
    }
    std::cout << nlohmann::json(rendered(*driver)).dump(1) << "\n";
}
