// A model server is a folder: db/NAME.db, sessions/NUMBER, locks/NAME, statements.log. Sessions and locks are files
// that their process holds by flock, so that the kernel ends them with it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace model {

class OpenFile {
public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

using Facts = std::map<std::string, std::string>;  // "login" -> "sa"

// A session's entry, there for others to read while it lives.
class Slot {
public:
    Slot(const std::string& folder, int first_id);
    ~Slot();
    int id() const { return id_; }
    void tell(const Facts& facts);
    bool killed() const;

private:
    std::string path_;
    int id_ = 0;
    std::unique_ptr<OpenFile> file_;
};

struct Listed {
    int id;
    Facts facts;
};

struct HeldLock {
    std::string name;
    Facts holder;
};

// One lock; destroying it lets go.
class FileLock {
public:
    FileLock(std::string path, std::unique_ptr<OpenFile> file) : path_(std::move(path)), file_(std::move(file)) {}
    ~FileLock();

private:
    std::string path_;
    std::unique_ptr<OpenFile> file_;
};

class Server {
public:
    explicit Server(std::string folder);  // makes what is not there

    const std::string& folder() const { return folder_; }
    std::string database_path(std::string_view name) const;
    std::vector<std::string> databases() const;
    bool has(std::string_view database) const;

    std::vector<Listed> sessions() const;  // those alive
    bool kill(int session) const;          // false: there is none

    // nullptr: not had within `wait` (negative: for ever), or `stop` said so.
    std::unique_ptr<FileLock> lock(const std::string& name, const Facts& holder, std::chrono::milliseconds wait,
                                   const std::function<bool()>& stop) const;
    std::vector<HeldLock> locks() const;

    void log(int session, std::string_view database, std::string_view text) const;

private:
    std::string folder_;
};

}  // namespace model
