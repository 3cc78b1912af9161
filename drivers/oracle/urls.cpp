#include <fmt/format.h>

#include "drivers/oracle/parts.hpp"

namespace roost::oracle {
namespace {

constexpr std::string_view prefix = "jdbc:oracle:";
constexpr std::string_view kinds[] = {"thin:", "oci:"};

// User and password before the @, each perhaps in double quotes, as the JDBC driver reads them.
struct Account {
    std::string user;
    std::string password;
};

// Takes a word off the front: in quotes, or up to one of `ends`.
Result<std::string> word(std::string_view& text, std::string_view ends) {
    const bool quoted = text.starts_with('"');
    if (quoted) text.remove_prefix(1);
    const auto end = text.find_first_of(quoted ? "\"" : ends);
    if (end == std::string_view::npos)
        return misuse("the URL's user or password is not closed", "write user/password@address, or give them apart");
    std::string found(text.substr(0, end));
    text.remove_prefix(end + (quoted ? 1 : 0));
    return found;
}

// Leaves the address in `text`.
Result<Account> account(std::string_view& text) {
    Account found;
    if (text.starts_with('@')) {
        text.remove_prefix(1);
        return found;
    }
    if (text.starts_with('/'))
        return misuse("logging in without a user, by the operating system or a wallet, is not taken",
                      "write user/password@address, or give them apart");
    auto user = word(text, "/@");
    if (!user) return fail(std::move(user.error()));
    found.user = std::move(*user);
    if (text.starts_with('/')) {
        text.remove_prefix(1);
        auto password = word(text, "@");
        if (!password) return fail(std::move(password.error()));
        found.password = std::move(*password);
    }
    if (!text.starts_with('@'))
        return misuse("the URL has no @ before its address", "write jdbc:oracle:thin:@//host:port/service");
    text.remove_prefix(1);
    // Nothing that an address may be has another: it is one of the password.
    if (text.contains('@'))
        return misuse("the URL holds more than one @", "write the password in double quotes, or give it as password");
    return found;
}

}  // namespace

bool takes(std::string_view url) { return url.starts_with(prefix); }

Result<std::vector<Attribute>> from_url(std::string_view url) {
    std::string_view rest = url.substr(prefix.size());
    bool known = false;
    for (const auto kind : kinds) {
        if (known || !rest.starts_with(kind)) continue;
        rest.remove_prefix(kind.size());
        known = true;
    }
    if (!known)
        return misuse("the URL is neither jdbc:oracle:thin: nor jdbc:oracle:oci:",
                      "write jdbc:oracle:thin:@//host:port/service");
    auto who = account(rest);
    if (!who) return fail(std::move(who.error()));
    auto dbq = dbq_of(rest);
    if (!dbq) return fail(std::move(dbq.error()));
    std::vector<Attribute> found = {{"Driver", fmt::format("{{{}}}", driver.info.odbc_driver)}, {"DBQ", *dbq}};
    if (!who->user.empty()) found.push_back({"UID", who->user});
    if (!who->password.empty()) found.push_back({"PWD", braced(who->password)});
    return found;
}

}  // namespace roost::oracle
