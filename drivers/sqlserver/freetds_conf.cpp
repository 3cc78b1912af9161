#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "drivers/sqlserver/parts.hpp"

namespace roost::sqlserver {
namespace {

constexpr const char* variable = "FREETDSCONF";

std::string take(Attributes& attributes, std::string_view key) {
    const Attribute* found = find(attributes, key);
    if (!found) return {};
    std::string value = found->value();
    std::erase_if(attributes, [&](const Attribute& attribute) { return attribute.is(key); });
    return value;
}

}  // namespace

std::string freetds_conf(Attributes& attributes) {
    const std::string certificate = take(attributes, "ServerCertificate");
    if (certificate.empty()) return {};
    const std::string server = take(attributes, "Server");
    const std::string port = take(attributes, "Port");
    const auto slash = std::min(server.find('\\'), server.size());
    std::string text = fmt::format("[roost]\nhost = {}\n", server.substr(0, slash));
    if (slash < server.size()) text += fmt::format("instance = {}\n", server.substr(slash + 1));
    if (!port.empty()) text += fmt::format("port = {}\n", port);
    text += fmt::format("tds version = 7.4\nencryption = require\nca file = {}\ncheck certificate hostname = yes\n",
                        certificate);
    attributes.insert(attributes.begin() + 1, Attribute{"Servername", "roost"});
    return text;
}

FreetdsConf::FreetdsConf(const std::string& text) {
    if (text.empty()) return;
    file_ = memfd_create("roost-freetds.conf", MFD_CLOEXEC);
    if (file_ < 0) return;
    if (::write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
        close(file_);
        file_ = -1;
        return;
    }
    if (const char* before = std::getenv(variable)) before_ = before, was_set_ = true;
    setenv(variable, fmt::format("/proc/self/fd/{}", file_).c_str(), 1);
}

FreetdsConf::~FreetdsConf() {
    if (file_ < 0) return;
    if (was_set_)
        setenv(variable, before_.c_str(), 1);
    else
        unsetenv(variable);
    close(file_);
}

}  // namespace roost::sqlserver
