// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/reading_speed.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <unistd.h>

#include "app/model/resource_paths.h"

namespace tl {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int64_t kTellingTokens = 2000;

// Empty where there is no home.
fs::path speedFile() {
    const fs::path folder = stateFolder();
    return folder.empty() ? folder : folder / "reading_speed.json";
}

Json readSpeeds() {
    std::ifstream in(speedFile());
    const Json speeds = Json::parse(in, nullptr, /*allow_exceptions=*/false);
    return speeds.is_object() ? speeds : Json::object();
}

}  // namespace

void rememberReadingSpeed(const std::string& model, const ReadingProgress& finished) {
    const fs::path file = speedFile();
    if (file.empty() || finished.tokensDone < kTellingTokens || finished.tokensPerSecond <= 0) {
        return;
    }
    Json speeds = readSpeeds();
    speeds[model] = finished.tokensPerSecond;
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    // Whole or not at all: another run may read it.
    fs::path part = file;
    part += ".part";
    part += std::to_string(::getpid());
    std::ofstream(part) << speeds.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
    fs::rename(part, file, failure);
}

std::optional<double> measuredSpeed(LanguageModel& model,
                                    std::span<const TokenId> tokens,
                                    const std::stop_token& stop) {
    const auto batch = static_cast<size_t>(model.fingerprint().batchTokens);
    if (tokens.size() < 2 * batch) {
        return std::nullopt;
    }
    const Result<std::unique_ptr<TokenSequence>> sequence =
        model.newSequence(static_cast<int64_t>(2 * batch));
    // The first batch meets memory that nobody has touched yet.
    if (!sequence.ok() || !sequence.value()->read(tokens.first(batch), stop, {}).ok()) {
        return std::nullopt;
    }
    const auto begin = std::chrono::steady_clock::now();
    if (!sequence.value()->read(tokens.subspan(batch, batch), stop, {}).ok()) {
        return std::nullopt;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return static_cast<double>(batch) / std::max(took.count(), 1e-9);
}

std::optional<double> lastReadingSpeed(const std::string& model) {
    const Json speeds = readSpeeds();
    const auto found = speeds.find(model);
    if (found == speeds.end() || !found->is_number() || found->get<double>() <= 0) {
        return std::nullopt;
    }
    return found->get<double>();
}

}  // namespace tl
