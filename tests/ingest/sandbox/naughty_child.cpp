// SPDX-License-Identifier: Apache-2.0
// A reader that is told what to do wrong: it starts like throughline-reader, with the same
// lock-down and messages, and takes each request's text as an order.
#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "ingest/sandbox/frame_io.h"
#include "ingest/sandbox/reader_child.h"

namespace {

using tl::Extract;
using tl::Result;

Extract said(std::string text) {
    Extract extract;
    extract.text = std::move(text);
    return extract;
}

std::string worked(const char* what, int64_t result) {
    return std::string(what) + (result >= 0 ? " worked" : " was refused");
}

int64_t executableMemory() {
    void* memory =
        ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return ::mprotect(memory, 4096, PROT_READ | PROT_EXEC);
}

int64_t execute() {
    std::string program = "/bin/true";
    std::vector<char*> arguments = {program.data(), nullptr};
    return ::execv(program.c_str(), arguments.data());
}

int64_t eatMemory(size_t bytesEach) {
    std::vector<char*> kept;
    for (;;) {
        kept.push_back(new char[bytesEach]);
        std::memset(kept.back(), 1, bytesEach);
    }
}

int64_t eatMemoryInC() {
    // Volatile, or the compiler does without the memory.
    auto* volatile memory = static_cast<volatile char*>(std::malloc(size_t{6} << 30));
    memory[0] = 1;  // a library that does not look at what malloc() gave
    return memory[0];
}

int64_t spin() {
    for (;;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

int64_t answerOutOfTurn(const std::string& bytes) {
    return ::write(STDIN_FILENO, bytes.data(), bytes.size());
}

int64_t endAfter(const std::string& bytes) {
    answerOutOfTurn(bytes);
    ::_exit(0);
}

std::string frame(int64_t length, uint32_t magic = tl::kFrameMagic) {
    std::string header = tl::encodeFrameHeader({tl::FrameKind::kResult, length});
    std::memcpy(header.data(), &magic, sizeof magic);
    return header;
}

using Deed = int64_t (*)();

// Deeds that end the process when the filter is there, and what else a reader may do wrong.
const std::map<std::string, Deed>& deeds() {
    static const std::map<std::string, Deed> all = {
        {"socket", [] { return int64_t{::socket(AF_INET, SOCK_STREAM, 0)}; }},
        {"unix socket", [] { return int64_t{::socket(AF_UNIX, SOCK_DGRAM, 0)}; }},
        {"write a file", [] { return int64_t{::open("/tmp/naughty", O_WRONLY | O_CREAT, 0600)}; }},
        {"append to a file", [] { return int64_t{::open("/tmp/naughty", O_RDONLY | O_APPEND)}; }},
        {"truncate a file", [] { return int64_t{::open("/tmp/naughty", O_RDONLY | O_TRUNC)}; }},
        {"unlink", [] { return int64_t{::unlink("/tmp/naughty")}; }},
        {"rename", [] { return int64_t{::rename("/tmp/naughty", "/tmp/naughtier")}; }},
        {"exec", execute},
        {"fork", [] { return int64_t{::fork()}; }},
        {"vfork", [] { return int64_t{::syscall(SYS_vfork)}; }},
        {"thread",
         [] {
             std::thread([] {}).join();
             return int64_t{0};
         }},
        {"ptrace", [] { return int64_t{::syscall(SYS_ptrace, 0, 0, 0, 0)}; }},
        {"kill", [] { return int64_t{::kill(::getppid(), 0)}; }},
        {"executable memory", executableMemory},
        {"io_uring", [] { return int64_t{::syscall(SYS_io_uring_setup, 1, nullptr)}; }},
        {"userfaultfd", [] { return int64_t{::syscall(SYS_userfaultfd, 0)}; }},
        {"crash", [] { return int64_t{::raise(SIGSEGV)}; }},
        {"abort", []() -> int64_t { std::abort(); }},
        {"spin", spin},
        {"eat memory", [] { return eatMemory(size_t{16} << 20); }},
        {"eat memory in small bites", [] { return eatMemory(1000); }},
        {"eat memory in C", eatMemoryInC},
        {"throw", []() -> int64_t { throw std::runtime_error("a library's exception"); }},
        {"be killed", [] { return int64_t{::raise(SIGKILL)}; }},
        {"say nothing", []() -> int64_t { ::_exit(0); }},
        {"end in the header", [] { return endAfter(frame(100).substr(0, 7)); }},
        {"end in the body", [] { return endAfter(frame(100) + "short"); }},
        {"say too much", [] { return answerOutOfTurn(frame(int64_t{1} << 50)); }},
        {"say a negative length", [] { return answerOutOfTurn(frame(-1)); }},
        {"say another magic", [] { return answerOutOfTurn(frame(1, 0xDEADBEEF) + "x"); }},
        {"say an empty answer", [] { return answerOutOfTurn(frame(0)); }},
        {"say zeros", [] { return answerOutOfTurn(frame(64) + std::string(64, '\0')); }},
        {"say ones", [] { return answerOutOfTurn(frame(64) + std::string(64, '\1')); }},
        {"say all bits", [] { return answerOutOfTurn(frame(64) + std::string(64, '\xFF')); }},
    };
    return all;
}

std::string readFile(const std::string& name) {
    std::ifstream in(name);
    std::ostringstream text;
    text << in.rdbuf();
    return in.is_open() ? "read: " + text.str() : "refused";
}

Extract brokenExtract(const std::string& how) {
    Extract extract = said("some text");
    if (how == "bad UTF-8") {
        extract.text = "\xC3\x28";
    } else if (how == "unit outside") {
        extract.units.push_back({tl::UnitKind::kPage, 0, 100, 1, {}, {}, {}, 0, 0, {}});
    } else if (how == "word outside") {
        extract.words.push_back({4, 400, 0, 0, 1, 1});
    } else if (how == "box outside") {
        extract.words.push_back({0, 4, 0, 0, 7, 1});
    } else if (how == "parent ahead") {
        extract.symbols.emplace_back().parent = 5;
    } else if (how == "long text") {
        extract.text.assign(size_t{200} << 20, 'x');
    }
    return extract;
}

tl::Reading<Extract> obey(std::string_view format, const tl::ReadRequest& request) {
    const std::string order(request.bytes);
    if (format == "echo") {
        return said(order);
    }
    if (format == "read") {
        return said(readFile(order));
    }
    if (format == "broken") {
        return brokenExtract(order);
    }
    if (format == "pid") {
        return said(std::to_string(::getpid()));
    }
    const auto deed = deeds().find(order);
    if (deed == deeds().end()) {
        return tl::Failure{tl::ErrorCode::kInvalidInput, {tl::ReasonCode::kNotWanted}};
    }
    return said(worked(order.c_str(), deed->second()));
}

}  // namespace

int main() {
    tl::ReaderChildOptions options;
    options.socket = STDIN_FILENO;
    options.readableFolders = {"/usr/share"};
    options.read = obey;
    ::_exit(tl::runReaderChild(options));
}
