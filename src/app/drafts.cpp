#include "app/drafts.hpp"

#include <fmt/format.h>

#include "app/files.hpp"
#include "app/load.hpp"
#include "config/write.hpp"
#include "core/ascii.hpp"

namespace roost {
namespace fs = std::filesystem;
namespace {

std::string default_name(const fs::path& root) {
    const fs::path folder = root.filename().empty() ? root.parent_path() : root;
    return folder.filename().string();
}

// Without a password where the variable that would hold it is not there: the server may ask for none.
std::string account_lines(const World& world, const std::string& user) {
    const std::string line = fmt::format("user = {}\n", toml_string(user));
    if (value_of(world.variables, "ROOST_PASSWORD").empty()) return line;
    return line +
           "password = \"${env.ROOST_PASSWORD}\"   # or password_file, or password_command = [\"program\", "
           "\"argument\"]\n";
}

std::string database_section(const World& world, const Common& common, const ImportOptions& options) {
    std::string text = fmt::format("# Where, who, how far: one file per environment.\n[database]\nurl = {}\n",
                                   toml_string(options.url));
    if (!options.user.empty()) text += account_lines(world, options.user);
    const std::string name = lower_ascii(common.environment);
    // Such a one has to say it; false is for its owner to write.
    return name == "prod" || name == "production" ? text + "\n[policy]\nprotected = true\n" : text;
}

Result<File> project_draft(const fs::path& root, const ImportOptions& options) {
    File file{.path = "roost.toml", .text = {}};
    std::error_code ignored;
    if (!fs::exists(root / file.path, ignored)) {
        const std::string name = options.name.empty() ? default_name(root) : options.name;
        file.text = fmt::format("# Roles and toggles: the same in every environment.\n[project]\nname = {}\n",
                                toml_string(name));
        return file;
    }
    if (!options.name.empty())
        return fail(usage_error("roost.toml is there, and has the project's name", "leave --name out"));
    auto text = contents(root / file.path, file.path);
    if (!text) return fail(std::move(text.error()));
    file.text = *std::move(text);
    return file;
}

Result<File> environment_draft(const World& world, const fs::path& root, const Common& common,
                               const ImportOptions& options) {
    File file{.path = fmt::format("environments/{}.toml", common.environment), .text = {}};
    std::error_code ignored;
    const bool exists = fs::exists(root / file.path, ignored);
    if (options.url.empty() && !options.user.empty())
        return fail(usage_error("--user goes with --url", "give both, or write them into " + file.path));
    if (!exists && options.url.empty())
        return fail(usage_error(fmt::format("there is no {}, and no --url", file.path),
                                "say where the database is with --url, or in [database] of that file"));
    if (exists && !options.url.empty())
        return fail(usage_error(fmt::format("{} is there, and says where the database is", file.path),
                                "leave --url out, or move the file away"));
    if (!exists) {
        file.text = database_section(world, common, options);
        return file;
    }
    auto text = contents(root / file.path, file.path);
    if (!text) return fail(std::move(text.error()));
    file.text = *std::move(text);
    return file;
}

}  // namespace

Result<Drafts> drafts_of(const World& world, const Common& common, const ImportOptions& options) {
    std::error_code ignored;
    if (!fs::is_directory(common.directory, ignored))
        return fail(
            usage_error(fmt::format("there is no folder {}", common.directory.string()), "give the project's with -C"));
    const fs::path root = project_folder(common.directory).value_or(fs::absolute(common.directory).lexically_normal());
    auto project = project_draft(root, options);
    if (!project) return fail(std::move(project.error()));
    auto environment = environment_draft(world, root, common, options);
    if (!environment) return fail(std::move(environment.error()));
    return Drafts{root, *std::move(project), *std::move(environment)};
}

}  // namespace roost
