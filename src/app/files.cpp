#include "app/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <span>
#include <sstream>

namespace roost {
namespace fs = std::filesystem;

Result<std::string> contents(const fs::path& path, const std::string& shown) {
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (!folder && in) text << in.rdbuf();
    // Nothing to copy sets the failbit of `text`, which is no error.
    if (folder || !in || in.bad())
        return fail({.kind = ErrorKind::usage,
                     .message = folder ? "is a folder" : "cannot be read",
                     .advice = "check that it is a file that may be read",
                     .place = {.file = shown}});
    return std::move(text).str();
}

namespace {

Error unwritten(const fs::path& path, const std::string& why) {
    return {.message = fmt::format("cannot be written: {}", why),
            .advice = "check that its folder is there and may be written to",
            .place = {.file = path.string()}};
}

fs::path part_of(const fs::path& path) { return path.string() + fmt::format(".{}.part", ::getpid()); }

// With the rights of `like` from its first byte on, where that is there.
Result<void> write_part(const fs::path& part, const fs::path& like, const std::string& text) {
    errno = 0;
    std::ofstream out(part, std::ios::binary | std::ios::noreplace);
    std::error_code error;
    if (const auto there = fs::status(like, error); fs::exists(there))
        fs::permissions(part, there.permissions(), error);
    out << text;
    out.close();
    if (out) return {};
    const std::string why = std::strerror(errno);
    fs::remove(part, error);
    return fail(unwritten(like, why));
}

// A device or a pipe stays what it is.
Result<void> write_into(const fs::path& path, const std::string& text) {
    errno = 0;
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (out) return {};
    return fail(unwritten(path, std::strerror(errno)));
}

struct Staged {
    fs::path path;
    std::optional<std::string> before;  // its text; nullopt: it is not there
    bool goes = false;                  // is removed
};

Result<Staged> stage(const NewFile& file) {
    std::error_code error;
    fs::create_directories(file.path.parent_path(), error);
    Staged staged{.path = file.path, .before = {}, .goes = false};
    if (fs::exists(file.path, error)) {
        staged.path = fs::canonical(file.path, error);
        auto text = contents(staged.path, file.path.string());
        if (!text) return fail(std::move(text.error()));
        staged.before = std::move(*text);
    }
    if (auto written = write_part(part_of(staged.path), staged.path, file.text); !written)
        return fail(std::move(written.error()));
    return staged;
}

Result<Staged> stage_removal(const fs::path& path) {
    auto text = contents(path, path.string());
    if (!text) return fail(std::move(text.error()));
    return Staged{.path = path, .before = std::move(*text), .goes = true};
}

void undo(std::span<const Staged> all, std::size_t placed) {
    std::error_code ignored;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i >= placed)
            fs::remove(part_of(all[i].path), ignored);
        else if (all[i].before)
            static_cast<void>(write_whole(all[i].path, *all[i].before));
        else
            fs::remove(all[i].path, ignored);
    }
}

}  // namespace

Result<void> write_whole(const fs::path& named, const std::string& text) {
    std::error_code error;
    const fs::path path = fs::exists(named, error) ? fs::canonical(named, error) : named;
    if (fs::exists(path, error) && !fs::is_regular_file(path, error)) return write_into(path, text);
    if (auto written = write_part(part_of(path), path, text); !written) return written;
    fs::rename(part_of(path), path, error);
    if (!error) return {};
    const std::string why = error.message();
    fs::remove(part_of(path), error);
    return fail(unwritten(path, why));
}

Result<void> write_together(const std::vector<NewFile>& files, const std::vector<fs::path>& gone) {
    std::vector<Staged> all;
    Result<void> good;
    const auto keep = [&](Result<Staged> staged) {
        if (staged)
            all.push_back(std::move(*staged));
        else
            good = fail(std::move(staged.error()));
    };
    for (std::size_t i = 0; good && i < files.size(); ++i) keep(stage(files[i]));
    for (std::size_t i = 0; good && i < gone.size(); ++i) keep(stage_removal(gone[i]));
    if (!good) undo(all, 0);
    for (std::size_t i = 0; good && i < all.size(); ++i) {
        std::error_code error;
        if (all[i].goes)
            fs::remove(all[i].path, error);
        else
            fs::rename(part_of(all[i].path), all[i].path, error);
        if (!error) continue;
        undo(all, i);
        return fail(unwritten(all[i].path, error.message()));
    }
    return good;
}

}  // namespace roost
