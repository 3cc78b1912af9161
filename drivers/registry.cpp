#include <algorithm>

#include "db/driver.hpp"

namespace roost {

namespace mariadb {
extern const Driver driver;
}
namespace oracle {
extern const Driver driver;
}
namespace postgresql {
extern const Driver driver;
}
namespace sqlite {
extern const Driver driver;
}
namespace sqlserver {
extern const Driver driver;
}

std::span<const Driver* const> drivers() {
    static constexpr const Driver* all[] = {&mariadb::driver, &oracle::driver, &postgresql::driver, &sqlite::driver,
                                            &sqlserver::driver};
    return all;
}

std::vector<std::string> engine_names() {
    std::vector<std::string> names;
    for (const Driver* driver : drivers()) names.emplace_back(driver->info.name);
    return names;
}

std::string_view embedded_engine() { return sqlite::driver.info.name; }

const Driver* driver_named(std::string_view name) {
    const auto found = std::ranges::find_if(drivers(), [&](const Driver* driver) { return driver->info.name == name; });
    return found == drivers().end() ? nullptr : *found;
}

}  // namespace roost
