#include "app/files.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "support/folder.hpp"

using namespace roost;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) { return contents(path, path.string()).value_or("(none)"); }

std::size_t count(const fs::path& folder) {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) files += entry.is_regular_file() ? 1 : 0;
    return files;
}

}  // namespace

TEST_CASE("files are written together, their folders made, and nothing else is left") {
    const test::Folder folder;
    REQUIRE(write_whole(folder.file("a"), "old"));
    REQUIRE(write_together({{folder.file("a"), "new"}, {folder.file("deep/er/b"), "b"}}));
    CHECK(text_of(folder.file("a")) == "new");
    CHECK(text_of(folder.file("deep/er/b")) == "b");
    CHECK(count(folder.path()) == 2);
}

TEST_CASE("where one file cannot be written none is") {
    const test::Folder folder;
    REQUIRE(write_whole(folder.file("a"), "old"));
    REQUIRE(write_whole(folder.file("no_folder"), ""));
    const auto written =
        write_together({{folder.file("a"), "new"}, {folder.file("fresh"), "x"}, {folder.file("no_folder/b"), "b"}});
    REQUIRE_FALSE(written);
    CHECK(written.error().place.file.ends_with("no_folder/b"));
    CHECK(text_of(folder.file("a")) == "old");
    CHECK(count(folder.path()) == 2);
}

TEST_CASE("files that are in their place already go back where a later one cannot get there") {
    const test::Folder folder;
    REQUIRE(write_whole(folder.file("a"), "old"));
    fs::create_directories(folder.file("b/full"));
    // A folder where the second file is to be.
    const auto written =
        write_together({{folder.file("a"), "new"}, {folder.file("fresh"), "x"}, {folder.file("b"), "b"}});
    REQUIRE_FALSE(written);
    CHECK(text_of(folder.file("a")) == "old");
    CHECK_FALSE(fs::exists(folder.file("fresh")));
    CHECK(count(folder.path()) == 1);
}

TEST_CASE("what is to go goes once the others are in their place, and comes back where something cannot go") {
    const test::Folder folder;
    REQUIRE(write_whole(folder.file("old"), "old"));
    REQUIRE(write_together({{folder.file("new"), "new"}}, {folder.file("old")}));
    CHECK(text_of(folder.file("new")) == "new");
    CHECK_FALSE(fs::exists(folder.file("old")));
    fs::create_directories(folder.file("full"));
    CHECK_FALSE(write_together({{folder.file("newer"), "x"}}, {folder.file("new"), folder.file("full")}));
    CHECK(text_of(folder.file("new")) == "new");
    CHECK_FALSE(fs::exists(folder.file("newer")));
}

TEST_CASE("a file that is replaced keeps its rights, and a link stays one") {
    const test::Folder folder;
    REQUIRE(write_whole(folder.file("secret"), "old"));
    fs::permissions(folder.file("secret"), fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink("secret", folder.file("link"));
    REQUIRE(write_together({{folder.file("link"), "new"}}));
    CHECK(fs::is_symlink(folder.file("link")));
    CHECK(text_of(folder.file("secret")) == "new");
    CHECK(fs::status(folder.file("secret")).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}
