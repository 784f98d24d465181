// SPDX-License-Identifier: Apache-2.0
#include "app/model/engine_model.h"

#include <utility>
#include <vector>

#include "app/model/resource_paths.h"
#include "engine/engine.h"
#include "engine/gguf_file.h"

namespace tl {

namespace {

class EngineSequence : public TokenSequence {
public:
    explicit EngineSequence(std::unique_ptr<Session> session) : m_session(std::move(session)) {}

    Status read(std::span<const TokenId> tokens,
                const std::stop_token& stop,
                const ProgressFn& progress) override {
        return m_session->read(tokens, stop, progress);
    }
    Status ask(std::span<const TokenId> tokens,
               const std::stop_token& stop,
               Pointers* pointers) override {
        return m_session->ask(tokens, stop, pointers);
    }
    Status step(TokenId token) override { return m_session->step(token); }
    Result<std::span<const float>> logits() override { return m_session->logits(); }
    int64_t position() const override { return m_session->position(); }
    int64_t maxTokens() const override { return m_session->maxTokens(); }
    int64_t tokensEvaluated() const override { return m_session->tokensEvaluated(); }
    Result<Snapshot> snapshot() const override { return m_session->snapshot(); }
    Status restore(const Snapshot& snapshot) override { return m_session->restore(snapshot); }

    Session& session() { return *m_session; }

private:
    std::unique_ptr<Session> m_session;
};

class EngineModel : public LanguageModel {
public:
    explicit EngineModel(std::unique_ptr<Engine> engine) : m_engine(std::move(engine)) {}

    const ModelConfig& config() const override { return m_engine->config(); }
    const Tokenizer& tokenizer() const override { return m_engine->tokenizer(); }
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const override {
        return m_engine->forecast(sequences);
    }
    std::string backendName() const override { return m_engine->backendName(); }
    Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens) override {
        Result<std::unique_ptr<Session>> session = m_engine->newSession(maxTokens);
        if (!session.ok()) {
            return session.error();
        }
        return std::unique_ptr<TokenSequence>(
            std::make_unique<EngineSequence>(std::move(session).value()));
    }
    SavedSizes savedSizes() const override { return m_engine->savedSizes(); }
    const Fingerprint& fingerprint() const override { return m_engine->fingerprint(); }
    Result<std::vector<std::byte>> saveState(const Snapshot& snapshot) const override {
        return m_engine->saveState(snapshot);
    }
    Result<std::vector<SavedPages>> savePages(const Snapshot& snapshot,
                                              int64_t from) const override {
        return m_engine->savePages(snapshot, from);
    }
    std::unique_ptr<StateLoader> newStateLoader() const override {
        return m_engine->newStateLoader();
    }

    // The logits of what was asked are computed at once too: they are what is wanted next.
    Status runTogether(std::span<const SequenceCall> calls, const std::stop_token& stop) override {
        if (!m_batch) {
            Result<std::unique_ptr<SessionBatch>> batch =
                m_engine->newBatch(static_cast<int64_t>(kMostTogether));
            if (!batch.ok()) {
                return batch.error();
            }
            m_batch = std::move(batch).value();
        }
        std::vector<SessionBatch::Part> reading;
        std::vector<SessionBatch::Part> asking;
        std::vector<Session*> asked;
        for (const SequenceCall& call : calls) {
            Session& session = static_cast<EngineSequence*>(call.sequence)->session();
            (call.isReading ? reading : asking).push_back({&session, call.tokens, call.pointers});
            if (!call.isReading && !call.tokens.empty()) {
                asked.push_back(&session);
            }
        }
        Status status = m_batch->readAndAsk(reading, asking, stop);
        return status.ok() ? m_batch->logits(asked) : status;
    }

private:
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<SessionBatch> m_batch;  // made when it is first wanted
};

class FileModel : public TextModel {
public:
    FileModel(GgufFile file, const EngineOptions& options, ModelConfig config, Tokenizer tokenizer)
        : m_file(std::move(file))
        , m_options(options)
        , m_config(std::move(config))
        , m_tokenizer(std::move(tokenizer)) {}

    const ModelConfig& config() const override { return m_config; }
    const Tokenizer& tokenizer() const override { return m_tokenizer; }
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const override {
        return Engine::forecast(m_file, m_config, m_options, sequences);
    }
    SavedSizes savedSizes() const override { return tl::savedSizes(m_config, m_options.kvType); }

private:
    GgufFile m_file;
    EngineOptions m_options;
    ModelConfig m_config;
    Tokenizer m_tokenizer;
};

EngineOptions engineOptions(const ModelChoice& choice) {
    EngineOptions options;
    options.device.threads = choice.threads;
    options.device.activations =
        choice.int8Activations ? ActivationType::kInt8 : ActivationType::kF32;
    options.kvType = choice.int8Keys ? KvType::kInt8 : KvType::kF16;
    return options;
}

}  // namespace

Result<std::unique_ptr<TextModel>> loadTextModel(const ModelChoice& choice) {
    const Result<std::filesystem::path> path = findModel(choice.file);
    if (!path.ok()) {
        return path.error();
    }
    Result<GgufFile> file = GgufFile::open(path.value());
    if (!file.ok()) {
        return file.error();
    }
    Result<ModelConfig> config = parseModelConfig(file.value());
    if (!config.ok()) {
        return config.error();
    }
    Result<Tokenizer> tokenizer = Tokenizer::fromGguf(file.value());
    if (!tokenizer.ok()) {
        return tokenizer.error();
    }
    return std::unique_ptr<TextModel>(std::make_unique<FileModel>(std::move(file).value(),
                                                                  engineOptions(choice),
                                                                  std::move(config).value(),
                                                                  std::move(tokenizer).value()));
}

Result<std::unique_ptr<LanguageModel>> loadEngineModel(const ModelChoice& choice) {
    const Result<std::filesystem::path> file = findModel(choice.file);
    if (!file.ok()) {
        return file.error();
    }
    Result<std::unique_ptr<Engine>> engine = Engine::load(file.value(), engineOptions(choice));
    if (!engine.ok()) {
        return engine.error();
    }
    return std::unique_ptr<LanguageModel>(std::make_unique<EngineModel>(std::move(engine).value()));
}

}  // namespace tl
