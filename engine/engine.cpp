// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include <utility>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/state/session_state.h"
#include "engine/state/state_loader.h"
#include "engine/state/state_saver.h"

namespace tl {

Engine::Engine() = default;
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::load(const std::filesystem::path& path,
                                             const EngineOptions& options) {
    Result<GgufFile> file = GgufFile::open(path);
    if (!file.ok()) {
        return file.error();
    }
    // Whatever may refuse a file comes before its weights are packed, which takes most of the time.
    Result<ModelConfig> config = parseModelConfig(file.value());
    if (!config.ok()) {
        return config.error();
    }
    Result<Tokenizer> tokenizer = Tokenizer::fromGguf(file.value());
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    Result<std::unique_ptr<Backend>> backend = makeBackend(options.device);
    if (!backend.ok()) {
        return backend.error();
    }
    std::unique_ptr<Engine> engine(new Engine());
    engine->m_file = std::make_unique<GgufFile>(std::move(file).value());
    engine->m_backend = std::move(backend).value();
    engine->m_kvType = options.kvType;
    engine->m_tokenizer = std::make_unique<Tokenizer>(std::move(tokenizer).value());
    Result<std::unique_ptr<Model>> model =
        Model::load(*engine->m_file, std::move(config).value(), *engine->m_backend, options.kvType);
    if (!model.ok()) {
        return model.error();
    }
    engine->m_model = std::move(model).value();
    // The backend has packed the weights into memory of its own, so the file is in memory twice.
    engine->m_file->releaseMemory();
    return engine;
}

const ModelConfig& Engine::config() const {
    return m_model->config();
}
const Tokenizer& Engine::tokenizer() const {
    return *m_tokenizer;
}
std::string Engine::backendName() const {
    return m_backend->name();
}
int64_t Engine::weightBytes() const {
    return m_model->weightBytes();
}

const Fingerprint& Engine::fingerprint() const {
    return m_model->identity()->fingerprint();
}
Result<MemoryForecast> Engine::forecast(std::span<const SequencePlan> sequences) const {
    return forecastMemory(*m_file, config(), *m_backend, m_kvType, sequences);
}

Result<MemoryForecast> Engine::forecast(const GgufFile& file,
                                        const ModelConfig& config,
                                        const EngineOptions& options,
                                        std::span<const SequencePlan> sequences) {
    const Result<std::unique_ptr<Backend>> backend = makeBackend(options.device);
    if (!backend.ok()) {
        return backend.error();
    }
    return forecastMemory(file, config, *backend.value(), options.kvType, sequences);
}

Result<std::vector<std::byte>> Engine::saveState(const Snapshot& snapshot) const {
    return tl::saveState(*m_model, snapshot);
}
Result<std::vector<SavedPages>> Engine::savePages(const Snapshot& snapshot, int64_t from) const {
    return tl::savePages(*m_model, snapshot, from);
}
std::unique_ptr<StateLoader> Engine::newStateLoader() const {
    return std::make_unique<ModelStateLoader>(*m_model);
}
SavedSizes Engine::savedSizes() const {
    return tl::savedSizes(config(), m_kvType);
}

Result<std::unique_ptr<Session>> Engine::newSession(int64_t maxTokens) const {
    const int64_t limit = maxTokens > 0 ? maxTokens : config().contextLength;
    Result<std::unique_ptr<SessionState>> state = m_model->newState(limit);
    if (!state.ok()) {
        return state.error();
    }
    return std::make_unique<Session>(*m_model, std::move(state).value());
}

Result<std::unique_ptr<SessionBatch>> Engine::newBatch(int64_t most) const {
    return SessionBatch::create(*m_model, most);
}

}  // namespace tl
