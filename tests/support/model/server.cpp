#include "server.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "text.hpp"
#include "value.hpp"

namespace model {
namespace {

namespace fs = std::filesystem;

std::string hex(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += "0123456789abcdef"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

std::string from_hex(const std::string& digits) {
    std::string out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    return out;
}

// Locked without waiting, or nullptr.
std::unique_ptr<OpenFile> try_lock(const std::string& path, int flags) {
    const int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC | flags, 0666);
    if (descriptor < 0) return nullptr;
    auto file = std::make_unique<OpenFile>(descriptor);
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? std::move(file) : nullptr;
}

void write_facts(int descriptor, const Facts& facts) {
    std::string text;
    for (const auto& [key, value] : facts) text += key + '=' + hex(value) + '\n';
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, text.data(), text.size(), 0) < 0)
        throw problem(0, "model: disk");
}

Facts read_facts(const fs::path& path) {
    Facts facts;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto sign = line.find('=');
        if (sign != line.npos) facts[line.substr(0, sign)] = from_hex(line.substr(sign + 1));
    }
    return facts;
}

// Whether some process holds the file; one that nobody holds is taken away.
bool is_held(const fs::path& path) {
    if (const auto file = try_lock(path, 0)) {
        std::error_code ignored;
        fs::remove(path, ignored);
        return false;
    }
    return fs::exists(path);
}

std::string json(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00" + hex(std::string_view(&c, 1));
        } else {
            out += c;
        }
    }
    return out + '"';
}

}  // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) close(descriptor_);
}

Slot::Slot(const std::string& folder, int first_id) {
    for (id_ = first_id; !file_; ++id_) {
        path_ = folder + "/sessions/" + std::to_string(id_);
        if (fs::exists(path_) && is_held(path_)) continue;
        file_ = try_lock(path_, O_CREAT | O_EXCL);
    }
    --id_;
}

Slot::~Slot() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    fs::remove(path_ + ".kill", ignored);
}

void Slot::tell(const Facts& facts) { write_facts(file_->get(), facts); }

bool Slot::killed() const { return access((path_ + ".kill").c_str(), F_OK) == 0; }

FileLock::~FileLock() {
    std::error_code ignored;
    fs::remove(path_, ignored);  // while it is still held: whoever waits for it opens it anew
}

Server::Server(std::string folder) : folder_(std::move(folder)) {
    for (const char* part : {"db", "sessions", "locks"}) fs::create_directories(folder_ + "/" + part);
}

std::string Server::database_path(std::string_view name) const {
    return folder_ + "/db/" + replaced(replaced(std::string(name), "%", "%25"), "/", "%2F") + ".db";
}

std::vector<std::string> Server::databases() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_ + "/db")) {
        if (entry.path().extension() != ".db") continue;
        names.push_back(replaced(replaced(entry.path().stem().string(), "%2F", "/"), "%25", "%"));
    }
    std::ranges::sort(names);
    return names;
}

bool Server::has(std::string_view database) const { return fs::exists(database_path(database)); }

std::vector<Listed> Server::sessions() const {
    std::vector<Listed> found;
    for (const auto& entry : fs::directory_iterator(folder_ + "/sessions")) {
        if (entry.path().extension() == ".kill" || !is_held(entry.path())) continue;
        found.push_back({std::stoi(entry.path().filename().string()), read_facts(entry.path())});
    }
    std::ranges::sort(found, {}, &Listed::id);
    return found;
}

bool Server::kill(int session) const {
    const std::string path = folder_ + "/sessions/" + std::to_string(session);
    if (!fs::exists(path) || !is_held(path)) return false;
    std::ofstream(path + ".kill").put('\n');
    return true;
}

std::unique_ptr<FileLock> Server::lock(const std::string& name, const Facts& holder, std::chrono::milliseconds wait,
                                       const std::function<bool()>& stop) const {
    const std::string path = folder_ + "/locks/" + hex(name);
    const auto since = std::chrono::steady_clock::now();
    while (true) {
        if (auto file = try_lock(path, O_CREAT)) {
            // The file locked may be one that its last holder has just taken away.
            std::error_code ignored;
            const auto ours = fs::path("/proc/self/fd/" + std::to_string(file->get()));
            if (fs::exists(path) && fs::equivalent(ours, path, ignored)) {
                write_facts(file->get(), holder);
                return std::make_unique<FileLock>(path, std::move(file));
            }
            continue;
        }
        if (stop()) return nullptr;
        if (wait.count() >= 0 && std::chrono::steady_clock::now() - since >= wait) return nullptr;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::vector<HeldLock> Server::locks() const {
    std::vector<HeldLock> found;
    for (const auto& entry : fs::directory_iterator(folder_ + "/locks"))
        if (is_held(entry.path()))
            found.push_back({from_hex(entry.path().filename().string()), read_facts(entry.path())});
    std::ranges::sort(found, {}, &HeldLock::name);
    return found;
}

void Server::log(int session, std::string_view database, std::string_view text) const {
    const std::string line = "{\"session\":" + std::to_string(session) + ",\"process\":" + std::to_string(getpid()) +
                             ",\"database\":" + json(database) + ",\"text\":" + json(text) + "}\n";
    const OpenFile file(open((folder_ + "/statements.log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666));
    if (file.get() < 0 || write(file.get(), line.data(), line.size()) < 0) throw problem(0, "model: no statement log");
}

}  // namespace model
