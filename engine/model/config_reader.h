// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/gguf_file.h"

namespace tl {

// Far above any model in reach, far below where a product of sizes could overflow.
inline constexpr int64_t kMaxLayers = 4096;
inline constexpr int64_t kMaxWidth = 1 << 20;
inline constexpr int64_t kMaxVocab = 1 << 24;
inline constexpr int64_t kMaxContext = int64_t{1} << 32;
inline constexpr int64_t kMaxHeads = 1 << 16;
inline constexpr int64_t kMaxExperts = 1 << 16;
inline constexpr int64_t kMaxStateSize = 1 << 14;
inline constexpr int64_t kMinConvKernel = 2;
inline constexpr int64_t kMaxConvKernel = 8;

// Reads metadata and remembers the first thing that is wrong, so that a run of reads needs one
// check at its end. After an error the values read are harmless and meaningless.
class ConfigReader {
public:
    ConfigReader(const GgufFile& file, std::string_view architecture)
        : m_file(file), m_prefix(std::string(architecture) + ".") {}

    const GgufFile& file() const { return m_file; }
    const std::optional<Error>& error() const { return m_error; }

    void fail(ErrorCode code, const std::string& what) {
        if (!m_error) {
            m_error = Error{code, m_file.name() + ": " + what};
        }
    }
    void require(bool condition, const std::string& what) {
        if (!condition) {
            fail(ErrorCode::kCorrupt, what);
        }
    }
    void take(const Error& error) {
        if (!m_error) {
            m_error = error;
        }
    }

    // Full key of one of the architecture's own.
    std::string key(std::string_view suffix) const { return m_prefix + std::string(suffix); }
    bool has(const std::string& key) const { return m_file.find(key) != nullptr; }

    // Size in [1, limit].
    int64_t size(const std::string& key, int64_t limit) { return ranged(key, 1, limit); }
    int64_t ranged(const std::string& key, int64_t least, int64_t most);
    // The same where the key may hold one value for all layers or an array of equal ones.
    int64_t uniformSize(const std::string& key, int64_t limit);
    // One value in [0, limit] per layer; a single one stands for all.
    std::vector<int64_t> perLayer(const std::string& key, int64_t layers, int64_t limit);

    // A finite factor, or `fallback` where the key is absent or 0 (llama.cpp's "not set").
    float scale(const std::string& key, float fallback);
    double number(const std::string& key, double fallback);
    bool flag(const std::string& key);
    std::string text(const std::string& key, std::string_view fallback);
    std::vector<int64_t> integers(const std::string& key);

private:
    const GgufFile& m_file;
    std::string m_prefix;
    std::optional<Error> m_error;
};

}  // namespace tl
