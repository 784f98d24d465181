// SPDX-License-Identifier: Apache-2.0
// Two walls: Landlock takes away the files, seccomp the system calls. The list of calls is what
// glibc, Poppler, libarchive, GMime and Tesseract need to turn memory into memory; anything else
// kills the process.
#include <cerrno>
#include <fcntl.h>
#include <linux/landlock.h>
#include <memory>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ingest/sandbox/lock_down.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TL_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TL_SANITIZED 1
#endif

namespace tl {
namespace {

#ifdef TL_SANITIZED
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

struct FilterDeleter {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterDeleter>;

// Calls that reach nothing outside the process, or only descriptors it has been given.
constexpr int kAllowed[] = {
    SCMP_SYS(read),           SCMP_SYS(write),
    SCMP_SYS(readv),          SCMP_SYS(writev),
    SCMP_SYS(pread64),        SCMP_SYS(close),
    SCMP_SYS(lseek),          SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),     SCMP_SYS(statx),
    SCMP_SYS(getdents64),     SCMP_SYS(munmap),
    SCMP_SYS(mremap),         SCMP_SYS(brk),
    SCMP_SYS(madvise),        SCMP_SYS(futex),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),
    SCMP_SYS(clock_gettime),  SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),   SCMP_SYS(time),
    SCMP_SYS(nanosleep),      SCMP_SYS(clock_nanosleep),
    SCMP_SYS(getpid),         SCMP_SYS(gettid),
    SCMP_SYS(getrandom),      SCMP_SYS(getrusage),
    SCMP_SYS(sysinfo),        SCMP_SYS(uname),
    SCMP_SYS(sched_yield),    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),    SCMP_SYS(restart_syscall),
    SCMP_SYS(fadvise64),      SCMP_SYS(getuid),
    SCMP_SYS(geteuid),        SCMP_SYS(sched_getaffinity),
};

// Calls that libraries try and can do without: they are told no.
constexpr int kRefused[] = {
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(openat2),
    SCMP_SYS(prctl),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(getcwd),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
};

constexpr scmp_datum_t kWritingFlags = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_TMPFILE;

bool addRule(const Filter& filter, uint32_t action, int call) {
    const int result = seccomp_rule_add(filter.get(), action, call, 0);
    // A call that this processor's kernel does not have (open, time) needs no rule.
    return result == 0 || result == -EDOM || result == -EINVAL;
}

bool addRule(const Filter& filter, uint32_t action, int call, scmp_arg_cmp condition) {
    return seccomp_rule_add(filter.get(), action, call, 1, condition) == 0;
}

// Opening to read only; everything else about open() kills. O_TMPFILE contains O_DIRECTORY, which a
// listing of a folder of fonts needs.
bool addOpening(const Filter& filter, bool mayRead) {
    const uint32_t action = mayRead ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES);
    constexpr scmp_datum_t kMask = kWritingFlags & ~scmp_datum_t{O_DIRECTORY};
    return addRule(filter, action, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, kMask, O_RDONLY));
}

// Memory is never code: what a parser writes cannot be run.
bool addMemory(const Filter& filter) {
    return addRule(filter,
                   SCMP_ACT_ALLOW,
                   SCMP_SYS(mmap),
                   SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t{PROT_EXEC}, 0)) &&
           addRule(filter,
                   SCMP_ACT_ALLOW,
                   SCMP_SYS(mprotect),
                   SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t{PROT_EXEC}, 0));
}

// Signals to itself (abort() sends one) and questions about its own limits.
bool addSelf(const Filter& filter) {
    const auto self = static_cast<scmp_datum_t>(::getpid());
    return addRule(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self, 0)) &&
           addRule(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0, 0));
}

// How a sanitizer finds out whether an object may be looked at: it writes it to a pipe of its own.
bool addSanitizer(const Filter& filter) {
    return !kIsSanitized || (addRule(filter, SCMP_ACT_ALLOW, SCMP_SYS(pipe)) &&
                             addRule(filter, SCMP_ACT_ALLOW, SCMP_SYS(pipe2)));
}

bool loadFilter(bool mayRead) {
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
    if (!filter ||
        seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) != 0) {
        return false;
    }
    // A decision tree instead of a list: shorter for each call.
    seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    for (const int call : kAllowed) {
        if (!addRule(filter, SCMP_ACT_ALLOW, call)) {
            return false;
        }
    }
    for (const int call : kRefused) {
        if (!addRule(filter, SCMP_ACT_ERRNO(EACCES), call)) {
            return false;
        }
    }
    return addOpening(filter, mayRead) && addMemory(filter) && addSelf(filter) &&
           addSanitizer(filter) && seccomp_load(filter.get()) == 0;
}

// Files below these folders can be read, no others, and none written. False on a kernel without it.
bool restrictFiles(const std::vector<std::string>& readableFolders) {
    landlock_ruleset_attr handled{};
    // Everything that the first version knows: thirteen rights.
    handled.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;
    const auto rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0) {
        return false;
    }
    for (const std::string& folder : readableFolders) {
        landlock_path_beneath_attr beneath{};
        beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
        beneath.parent_fd = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (beneath.parent_fd >= 0) {  // not installed: nothing to allow
            ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
            ::close(beneath.parent_fd);
        }
    }
    const bool isDone = ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return isDone;
}

void setLimits() {
    const rlimit none{0, 0};
    const rlimit files{32, 32};
    ::setrlimit(RLIMIT_CORE, &none);
    ::setrlimit(RLIMIT_FSIZE, &none);
    ::setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

LockDown lockDown(const std::vector<std::string>& readableFolders) {
    setLimits();
    LockDown result;
    result.hasMemoryLimit = !kIsSanitized;
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        result.missing = "this kernel cannot refuse new privileges";
        return result;
    }
    // A sanitizer reads files of its own when it reports, such as /proc/self/maps.
    const bool hasWalls = !kIsSanitized && restrictFiles(readableFolders);
    result.isFiltered = loadFilter(hasWalls);
    if (!result.isFiltered) {
        result.missing = "this kernel has no system call filter (seccomp)";
    } else if (!hasWalls) {
        result.missing =
            "this kernel cannot shield files (Landlock); the reader opens none, so some"
            " Asian fonts may be unreadable";
    }
    return result;
}

}  // namespace tl
