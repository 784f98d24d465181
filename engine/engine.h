// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/fingerprint.h"
#include "engine/memory_forecast.h"
#include "engine/model_config.h"
#include "engine/saved_state.h"
#include "engine/session.h"
#include "engine/session_batch.h"
#include "engine/tokenizer.h"
#include "kernels/backend.h"

namespace tl {

class GgufFile;
class Model;

struct EngineOptions {
    DeviceChoice device;
    KvType kvType = KvType::kInt8;
};

// A loaded model: weights, tokenizer and the threads that compute. Immutable after loading, but
// its sessions share the threads: use an Engine and its sessions from one thread at a time.
class Engine {
public:
    // kNotFound, kCorrupt, kUnsupported or kOutOfMemory, one line naming the file or the device.
    static Result<std::unique_ptr<Engine>> load(const std::filesystem::path& path,
                                                const EngineOptions& options);
    ~Engine();

    const ModelConfig& config() const;
    const Tokenizer& tokenizer() const;
    // What runs the kernels, for the user: "cpu avx512, 2 threads".
    std::string backendName() const;
    // Bytes of weights that one decode step reads.
    int64_t weightBytes() const;
    // What states and snapshots depend on. The first call hashes the weights.
    const Fingerprint& fingerprint() const;
    // Memory of this engine with such sequences; or of one that `options` would make of a file.
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const;
    static Result<MemoryForecast> forecast(const GgufFile& file,
                                           const ModelConfig& config,
                                           const EngineOptions& options,
                                           std::span<const SequencePlan> sequences);

    // A snapshot of this engine or one with the same Fingerprint, for a file; engine/saved_state.h
    // has the form. The state is its recurrent parts, its last hidden vector and its position. The
    // keys and values are those at positions [from, snapshot.position()), in parts cut at the
    // borders of pages: what was saved with an earlier position need not be saved again.
    // kInvalidInput for a snapshot of another engine or a `from` after its position.
    Result<std::vector<std::byte>> saveState(const Snapshot& snapshot) const;
    Result<std::vector<SavedPages>> savePages(const Snapshot& snapshot, int64_t from = 0) const;
    std::unique_ptr<StateLoader> newStateLoader() const;
    // What sequences take in a file.
    SavedSizes savedSizes() const;

    // An empty sequence of at most `maxTokens` positions (0 = the model's context length). Memory
    // for keys and values grows with what is read. kOutOfMemory if the state cannot be had.
    // The engine must outlive its sessions and their snapshots.
    Result<std::unique_ptr<Session>> newSession(int64_t maxTokens = 0) const;

    // For calls that at most `most` of its sessions share. kOutOfMemory. The engine must outlive
    // it.
    Result<std::unique_ptr<SessionBatch>> newBatch(int64_t most) const;

private:
    Engine();

    std::unique_ptr<GgufFile> m_file;  // mapped; the weights that compute are the backend's
    std::unique_ptr<Backend> m_backend;
    KvType m_kvType = KvType::kInt8;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<Tokenizer> m_tokenizer;
};

}  // namespace tl
