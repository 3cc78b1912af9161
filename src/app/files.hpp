// Files of the user's, read and written whole.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace roost {

// The errors, kind usage, have `shown` as their place.
Result<std::string> contents(const std::filesystem::path& path, const std::string& shown);

// Writes the text beside `path` first, then puts it in its place: nobody ever sees half of it.
Result<void> write_whole(const std::filesystem::path& path, const std::string& text);

struct NewFile {
    std::filesystem::path path;  // its folder is made where it is missing
    std::string text;
};
// As write_whole, all of them or none; then removes `gone`, or puts everything back. A file that is there keeps its
// rights; a link stays, and what it names is written.
Result<void> write_together(const std::vector<NewFile>& files, const std::vector<std::filesystem::path>& gone = {});

}  // namespace roost
