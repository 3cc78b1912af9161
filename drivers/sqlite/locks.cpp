#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

#include "drivers/sqlite/parts.hpp"

namespace roost::sqlite {
namespace {

// A file beside the database: the kernel lets go of its lock when the process dies, however it dies. The file stays,
// empty; taking it away would let two processes lock two files of one name.
class FileLock : public Lock {
public:
    FileLock(int file, std::string name) : file_(file), name_(std::move(name)) {}
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock() override {
        static_cast<void>(!::ftruncate(file_, 0));
        ::close(file_);
    }
    Connection* connection() override { return nullptr; }
    // The kernel does not take it away; but once its file was deleted or replaced, others lock another one.
    Result<void> held() override {
        struct stat ours {
        }, there{};
        if (::fstat(file_, &ours) == 0 && ::stat(name_.c_str(), &there) == 0 && ours.st_dev == there.st_dev &&
            ours.st_ino == there.st_ino)
            return {};
        return fail({.message = fmt::format("roost's lock was lost: {} was deleted or replaced", name_),
                     .advice = "leave that file alone: another run may have begun by now; see `roost history`"});
    }

    bool write_holder(const std::string& holder) {
        return ::ftruncate(file_, 0) == 0 &&
               ::pwrite(file_, holder.data(), holder.size(), 0) == static_cast<ssize_t>(holder.size());
    }

private:
    int file_;
    std::string name_;
};

LockHolder holder_of(int file) {
    char text[512];
    const ssize_t length = ::pread(file, text, sizeof text, 0);
    struct stat state {};
    if (length <= 0 || ::fstat(file, &state) != 0) return {};
    return {std::string(text, static_cast<std::size_t>(length)),
            fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(state.st_mtime))};
}

Error lock_failed(const std::string& name) {
    return {.message = fmt::format("cannot lock {}: {}", name, std::strerror(errno)),
            .advice = "the lock is a file beside the database: let the account make files in that folder"};
}

Error lock_held(int file, const std::filesystem::path& database) {
    const LockHolder holder = holder_of(file);
    return {.kind = ErrorKind::refused,
            .message = holder.who.empty() ? fmt::format("another run holds roost's lock on {}", database.string())
                                          : fmt::format("roost's lock on {} is held by {}, since {}", database.string(),
                                                        holder.who, holder.since),
            .advice = "try again when it has ended"};
}

}  // namespace

Result<std::unique_ptr<Lock>> lock(const Target& target, const LockRequest& request, const Opener&) {
    const auto given = file_of(target);
    if (!given) return fail(given.error());
    std::error_code failed;
    const auto database = std::filesystem::canonical(*given, failed);  // links to one file share its lock
    if (failed) return fail({.message = fmt::format("{}: {}", given->string(), failed.message())});
    const std::string name = database.string() + "-roost-lock";
    const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return fail(lock_failed(name));

    const auto deadline = std::chrono::steady_clock::now() + request.wait;
    const auto interrupted = [&] { return request.interrupted && request.interrupted(); };
    while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        if (interrupted()) {
            ::close(file);
            return fail({.kind = ErrorKind::interrupted, .message = "interrupted"});
        }
        if (reason == EINTR) continue;
        const bool held = reason == EWOULDBLOCK;
        // Who took it a moment ago may not have written its name yet.
        const auto patience = holder_of(file).who.empty() ? std::chrono::seconds(1) : std::chrono::seconds(0);
        if (held && std::chrono::steady_clock::now() < deadline + patience) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        Error error = held ? lock_held(file, database) : lock_failed(name);
        ::close(file);
        return fail(std::move(error));
    }
    auto taken = std::make_unique<FileLock>(file, name);
    if (!taken->write_holder(request.holder)) return fail(lock_failed(name));
    return taken;
}

}  // namespace roost::sqlite
