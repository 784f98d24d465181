// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#include "ingest/sandbox/spawn_reader.h"

namespace tl {
namespace {

// What the reader gets to see of our environment, and what makes it calm: no worker threads, one
// heap.
std::vector<std::string> bareEnvironment() {
    std::vector<std::string> environment = {
        "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "MALLOC_ARENA_MAX=1"};
    for (const char* name : {"LD_LIBRARY_PATH",
                             "TESSDATA_PREFIX",
                             "ASAN_OPTIONS",
                             "LSAN_OPTIONS",
                             "TSAN_OPTIONS",
                             "UBSAN_OPTIONS"}) {
        if (const char* value = std::getenv(name)) {
            environment.push_back(std::string(name) + "=" + value);
        }
    }
    return environment;
}

// What the new process does between its birth and the program: see spawnReader().
class SpawnPlan {
public:
    explicit SpawnPlan(int socket) {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawn_file_actions_adddup2(&m_actions, socket, STDIN_FILENO);
        for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
            ::posix_spawn_file_actions_addopen(&m_actions, output, "/dev/null", O_WRONLY, 0);
        }
        ::posix_spawn_file_actions_addclosefrom_np(&m_actions, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&m_attributes);
        sigset_t signals;
        ::sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&m_attributes, &signals);
        ::sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&m_attributes, &signals);
        ::posix_spawnattr_setpgroup(&m_attributes, 0);
        ::posix_spawnattr_setflags(
            &m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    // 0 or an errno.
    int run(const std::string& program, pid_t& pid) const {
        std::vector<std::string> environment = bareEnvironment();
        std::vector<char*> variables;
        variables.reserve(environment.size() + 1);
        for (std::string& variable : environment) {
            variables.push_back(variable.data());
        }
        variables.push_back(nullptr);
        std::string name = program;
        std::array<char*, 2> arguments = {name.data(), nullptr};
        return ::posix_spawn(
            &pid, program.c_str(), &m_actions, &m_attributes, arguments.data(), variables.data());
    }

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
};

}  // namespace

Reading<SpawnedReader> spawnReader(const std::filesystem::path& program) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return Failure{ErrorCode::kIo, {ReasonCode::kReaderNoSocket}};
    }
    pid_t pid = -1;
    const int failure = SpawnPlan(ends[1]).run(program.string(), pid);
    ::close(ends[1]);
    if (failure != 0) {
        ::close(ends[0]);
        return Failure{ErrorCode::kNotFound,
                       {.code = ReasonCode::kProgramNotStarted,
                        .name = program.string(),
                        .detail = std::generic_category().message(failure)}};
    }
    return SpawnedReader{ends[0], pid};
}

}  // namespace tl
