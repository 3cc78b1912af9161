#include "cli/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "cli/run.hpp"

namespace roost {
namespace {

std::string system_user() {
    const passwd* entry = getpwuid(geteuid());
    return entry ? entry->pw_name : fmt::format("uid {}", geteuid());
}

std::string host_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

sigset_t interrupting() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

std::string drained(int descriptor) {
    std::string text;
    std::array<char, 4096> block;
    for (;;) {
        const ssize_t got = ::read(descriptor, block.data(), block.size());
        if (got > 0)
            text.append(block.data(), static_cast<std::size_t>(got));
        else if (got == 0 || errno != EINTR)
            return text;
    }
}

Error command_failed(const std::string& program, std::string why) {
    return {
        .kind = ErrorKind::usage, .message = fmt::format("{} {}", program, why), .advice = "run it by hand to see why"};
}

// A name that the process's environment holds twice has its first value, as getenv() has it.
ProcessVariables variables() {
    ProcessVariables found;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) found.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return found;
}

}  // namespace

Result<std::string> run_program(const std::vector<std::string>& command) {
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return fail(command_failed(command[0], "cannot be run: no pipe"));

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    sigset_t ignored;
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &ignored);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int spawned = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close(ends[1]);
    std::string output = spawned == 0 ? drained(ends[0]) : std::string{};
    close(ends[0]);
    if (spawned != 0) return fail(command_failed(command[0], fmt::format("cannot be run: {}", strerror(spawned))));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail(command_failed(command[0], WIFEXITED(status)
                                                   ? fmt::format("ended with status {}", WEXITSTATUS(status))
                                                   : "was ended by a signal"));
    return output;
}

Signals::Signals(Interrupt& interrupt) {
    const sigset_t signals = interrupting();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    watcher_ = std::jthread([&interrupt](const std::stop_token& stop) {
        const sigset_t awaited = interrupting();
        const timespec slice{.tv_sec = 0, .tv_nsec = 50'000'000};
        while (!stop.stop_requested()) {
            if (sigtimedwait(&awaited, nullptr, &slice) < 0) continue;
            // Cancelling can hang with the network: from here on another signal ends the process.
            pthread_sigmask(SIG_UNBLOCK, &awaited, nullptr);
            interrupt.request();
            return;
        }
    });
}

// Joins within a slice of the watcher's wait.
Signals::~Signals() { watcher_.request_stop(); }

World process_world() {
    World world;
    world.variables = variables();
    world.now = [] { return std::chrono::system_clock::now(); };
    world.run = run_program;
    world.wrap = [](std::unique_ptr<Connection> connection) { return connection; };
    world.directory = std::filesystem::current_path();
    world.system_user = system_user();
    world.host = host_name();
    world.version = ROOST_VERSION;
    return world;
}

}  // namespace roost
