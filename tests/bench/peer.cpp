// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/peer.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/wait.h>

namespace tl::bench {
namespace {

constexpr const char* kScript = TL_SOURCE_DIR "/tests/bench/peer_llama.py";

std::filesystem::path venv() {
    const char* given = std::getenv("TL_PEER_VENV");
    return given != nullptr ? std::filesystem::path(given)
                            : std::filesystem::path(TL_SOURCE_DIR "/build/peer/venv");
}

// What the command writes to stdout.
Result<std::string> outputOf(const std::string& command) {
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) {
        return Error{ErrorCode::kIo, command + ": cannot be started"};
    }
    std::string output;
    std::array<char, 4096> buffer;
    while (const size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
        output.append(buffer.data(), count);
    }
    const int status = pclose(pipe);
    if (status != 0) {
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return Error{ErrorCode::kIo, command + ": exit status " + std::to_string(code)};
    }
    return output;
}

Result<PeerSample> parseSample(const std::string& line) {
    const nlohmann::json json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object()) {
        return Error{ErrorCode::kCorrupt, "peer_llama.py: not a measurement: " + line};
    }
    return PeerSample{.what = json.value("what", ""),
                      .threads = json.value("threads", 0),
                      .tokens = json.value("tokens", int64_t{0}),
                      .rate = json.value("tok_s", 0.0),
                      .cores = json.value("cores", 0.0),
                      .flash = json.value("flash", ""),
                      .microBatch = json.value("ubatch", 0),
                      .version = json.value("version", "")};
}

}  // namespace

Status findPeer() {
    const std::filesystem::path python = venv() / "bin" / "python";
    std::error_code error;
    if (std::filesystem::exists(python, error)) {
        return okStatus();
    }
    return Error{ErrorCode::kNotFound,
                 python.string() + ": not there; tests/bench/peer_llama.py --setup builds it"};
}

Result<std::vector<PeerSample>> runPeer(const std::string& arguments) {
    Result<std::string> output = outputOf(std::string("python3 '") + kScript + "' " + arguments);
    if (!output.ok()) {
        return output.error();
    }
    std::vector<PeerSample> samples;
    std::istringstream lines(output.value());
    for (std::string line; std::getline(lines, line);) {
        Result<PeerSample> sample = parseSample(line);
        if (!sample.ok()) {
            return sample.error();
        }
        samples.push_back(std::move(sample).value());
    }
    return samples;
}

}  // namespace tl::bench
