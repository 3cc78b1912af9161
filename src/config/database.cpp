#include "config/database.hpp"

#include <fmt/format.h>

namespace roost::config {

namespace {

constexpr std::string_view command_example = "[\"pass\", \"show\", \"payroll\"]";

void read_command(const Node& node, Database& database, Reader& reader) {
    if (!reader.is(node, Type::array, command_example)) return;
    if (node.children.empty()) {
        return reader.refuse(node.value_place, fmt::format("{} is empty", node.path),
                             fmt::format("write a program and its arguments, as {}", command_example));
    }
    Command command{.words = {}, .place = node.value_place};
    for (const Node& word : node.children) {
        if (!reader.is(word, Type::string, "\"argument\"")) continue;
        const auto value = reader.expanded(word);
        if (!value) continue;
        if (value->secret)
            return reader.refuse(word.place, fmt::format("{} holds a value from the environment", word.path),
                                 "the process list would show it: let the program read the variable itself");
        command.words.push_back(value->text);
    }
    if (command.words.size() != node.children.size()) return;
    if (command.words.front().empty()) {
        return reader.refuse(node.children.front().place, fmt::format("{} is empty", node.children.front().path),
                             "write the program's name");
    }
    database.password_command = std::move(command);
}

constexpr Key<Database> database_keys[] = {
    {"url", &Database::url, "\"jdbc:postgresql://127.0.0.1:5432/payroll\""},
    {"odbc", &Database::odbc, "\"Driver=…;Servername=…;Database=…\""},
    {"engine", &Database::engine, "\"postgresql\""},
    {"user", &Database::user, "\"${env.PAYROLL_USER}\""},
    {"password", &Database::password, "\"${env.PAYROLL_PASSWORD}\""},
    {"password_file", &Database::password_file, "\"secrets/payroll\""},
    {"password_command", read_command},
    {"lock_database", &Database::lock_database, "\"postgres\""},
};

// What was written, even where it was wrong: an error for it is enough.
void refuse_bad_company(const Node& node, Reader& reader) {
    const auto both = [&](std::string_view first, std::string_view second, std::string_view advice) {
        const Node* one = node.find(first);
        const Node* other = node.find(second);
        if (!one || !other) return;
        const auto [earlier, later] = std::ranges::minmax(*one, *other, {}, &Node::place);
        reader.refuse(
            later.place,
            fmt::format("[database] has {} beside {} at {}", later.key, earlier.key, to_string(earlier.place)),
            std::string(advice));
    };
    both("url", "odbc", "keep one of them");
    both("url", "engine", "the URL names the engine: take engine out");
    both("password", "password_file", "keep one of them");
    both("password", "password_command", "keep one of them");
    both("password_file", "password_command", "keep one of them");
    if (node.find("odbc") && !node.find("engine") && !node.find("url")) {
        reader.refuse(node.find("odbc")->place, "[database] has odbc but no engine",
                      "a connection string does not say: write engine = \"postgresql\"");
    }
}

Secret take(std::optional<Value>& value) { return value ? Secret(std::move(value->text)) : Secret(); }

void settle_password(Result<std::string> text, std::string_view key, const Place& place, Environment& environment,
                     Reader& reader) {
    if (!text) {
        return reader.refuse(place, fmt::format("database.{}: {}", key, text.error().message), text.error().advice);
    }
    const std::size_t line_end = text->ends_with("\r\n") ? 2 : text->ends_with('\n') ? 1 : 0;
    text->resize(text->size() - line_end);
    if (text->empty()) {
        return reader.refuse(place, fmt::format("database.{} gave no password", key),
                             "all that it gives, but for its last line end, is the password");
    }
    if (text->find('\0') != std::string::npos) {
        return reader.refuse(place, fmt::format("database.{} gave a NUL character", key),
                             "no engine takes one in a password");
    }
    environment.password = Secret(*std::move(text));
}

}  // namespace

void read_database(const Node& node, Database& database, Reader& reader) {
    if (!read_section(node, database_keys, database, reader)) return;
    refuse_bad_company(node, reader);
}

void settle_database(Database database, Environment& environment, const Surroundings& surroundings, Reader& reader) {
    if (const auto& engine = database.engine)
        reader.choose("database.engine", engine->place, engine->text, surroundings.engines, {});
    environment.url = take(database.url);
    environment.odbc = take(database.odbc);
    environment.password = take(database.password);
    if (database.engine) environment.engine = std::move(database.engine->text);
    if (database.user) environment.user = std::move(database.user->text);
    if (database.lock_database) environment.lock_database = std::move(database.lock_database->text);
    if (surroundings.offline) return;
    if (const auto& file = database.password_file) {
        settle_password(surroundings.read_file(file->text), "password_file", file->place, environment, reader);
    }
    if (const auto& command = database.password_command; command && reader.good()) {
        settle_password(surroundings.run(command->words), "password_command", command->place, environment, reader);
    }
}

}  // namespace roost::config
