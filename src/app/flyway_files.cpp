#include "app/flyway_files.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <ranges>

#include "app/files.hpp"
#include "core/words.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

// conf/ beside the program, links followed.
std::optional<fs::path> installation(const ProcessVariables& variables) {
    const std::string path = value_of(variables, "PATH");
    for (const auto part : std::views::split(path, ':')) {
        std::error_code error;
        const fs::path program = fs::path(std::string(part.begin(), part.end())) / "flyway";
        if (program.is_absolute() && fs::is_regular_file(program, error))
            return fs::canonical(program, error).parent_path() / "conf";
    }
    return std::nullopt;
}

std::vector<fs::path> folders(const fs::path& root, const fs::path& current, const ProcessVariables& variables) {
    std::vector<fs::path> found;
    const auto add = [&](const fs::path& folder) {
        const fs::path normal = folder.lexically_normal();
        if (!folder.empty() && std::ranges::find(found, normal) == found.end()) found.push_back(normal);
    };
    if (const auto conf = installation(variables)) add(*conf);
    if (const std::string home = value_of(variables, "HOME"); fs::path(home).lexically_normal() != root) add(home);
    if (!is_flyway_callback(variables)) {
        add(root);
        return found;
    }
    add(current);
    add(current / value_of(variables, "FP__flyway_workingDirectory__"));
    return found;
}

std::string shown_path(const fs::path& path, const fs::path& root) {
    const auto relative = path.lexically_relative(root);
    return relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

struct Reading {
    const fs::path& root;
    std::vector<File> files;
    Errors errors;

    void read(const fs::path& path) {
        const std::string shown = shown_path(path, root);
        auto text = contents(path, shown);
        if (text)
            files.push_back({shown, std::move(*text)});
        else
            errors.push_back(std::move(text.error()));
    }
    void read_those_there(const std::vector<fs::path>& where, std::span<const std::string_view> names) {
        std::error_code ignored;
        for (const fs::path& folder : where)
            for (const std::string_view name : names)
                if (fs::exists(folder / name, ignored)) read(folder / name);
    }
};

constexpr std::array<std::string_view, 2> toml_names = {"flyway.toml", "flyway.user.toml"};
constexpr std::array<std::string_view, 1> conf_names = {"flyway.conf"};

}  // namespace

std::expected<std::vector<File>, Errors> flyway_files(const fs::path& root, const fs::path& current,
                                                      const ProcessVariables& variables,
                                                      const std::vector<std::string>& named) {
    std::vector<fs::path> more;
    const std::string config_files = value_of(variables, "FLYWAY_CONFIG_FILES");
    for (const auto part : std::views::split(config_files, ','))
        if (const auto name = trimmed({part.begin(), part.end()}); !name.empty()) more.push_back(current / name);
    for (const std::string& name : named) more.push_back(root / name);
    const bool any_toml = std::ranges::any_of(more, [](const fs::path& path) { return path.extension() == ".toml"; });

    Reading reading{.root = root, .files = {}, .errors = {}};
    const auto where = folders(root, current, variables);
    reading.read_those_there(where, toml_names);
    if (reading.files.empty() && reading.errors.empty() && !any_toml) reading.read_those_there(where, conf_names);
    for (const fs::path& path : more) reading.read(path);
    if (!reading.errors.empty()) return std::unexpected(std::move(reading.errors));
    return std::move(reading.files);
}

}  // namespace roost
