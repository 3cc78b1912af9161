#include "db/address.hpp"
#include "drivers/postgresql/parts.hpp"

namespace roost::postgresql {
namespace {

// Of the loopback, or the folder of a socket. Several hosts, as libpq takes them, are none.
bool is_this_machine(std::string_view host) {
    if (host.contains(',')) return false;
    return host.starts_with('/') || host.starts_with('@') || is_loopback(host);
}

}  // namespace

// A host that is not given is another one: a data source, or the environment, may name any.
bool first_hop_is_safe(const Target& target) {
    const auto parts = wanted(target);
    if (!parts) return false;
    const std::string mode = given(*parts, "sslmode", {"sslmode", "CA"});
    if (mode == "require" || mode == "verify-ca" || mode == "verify-full") return true;
    const std::string address = given(*parts, "hostaddr", {});
    return is_this_machine(address.empty() ? given(*parts, "host", {"Server", "Servername"}) : address);
}

}  // namespace roost::postgresql
