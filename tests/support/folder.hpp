// A temporary folder of its own, gone with everything in it on leaving.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace roost::test {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "roost-test-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) FAIL("no temporary folder");
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path file(const std::string& name = "test.db") const { return path_ / name; }

private:
    std::filesystem::path path_;
};

}  // namespace roost::test
