// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/model/language_model.h"
#include "engine/engine.h"
#include "engine/gguf_file.h"

namespace tl {

// What the scripted model does when a question is asked: it pays its attention to the first place
// in what it has read that says `pointsAt`, and writes `answer`.
struct Scripted {
    std::string pointsAt;
    std::string answer;
    std::string secondAnswer;  // where it is not empty: in every sequence but the first
    std::string failure{};     // where it is not empty: ask() fails with it
};

inline constexpr int64_t kBatchTokens = 64;

using Script = std::map<std::string, Scripted>;  // by question

// What a scripted sequence has read.
struct ScriptedContent final : SnapshotContent {
    explicit ScriptedContent(std::vector<TokenId> read) : tokens(std::move(read)) {}
    int64_t position() const override { return std::ssize(tokens); }

    std::vector<TokenId> tokens;
};

// A scripted sequence in a file: the state is the number of tokens, the pages are the tokens, all
// int32. One layer of pages, so that they grow as the engine's do.
inline std::vector<std::byte> savedIds(std::span<const TokenId> ids) {
    const auto bytes = std::as_bytes(ids);
    return {bytes.begin(), bytes.end()};
}

class ScriptedLoader final : public StateLoader {
public:
    Status addPages(std::span<const SavedPagesView> parts) override {
        for (const SavedPagesView& part : parts) {
            if (part.layer != 0 || part.first != std::ssize(m_tokens) ||
                std::ssize(part.bytes) != part.count * kIdBytes) {
                return Error{ErrorCode::kCorrupt, "pages that do not fit"};
            }
            const auto* ids = reinterpret_cast<const TokenId*>(part.bytes.data());
            m_tokens.insert(m_tokens.end(), ids, ids + part.count);
        }
        return okStatus();
    }
    Result<Snapshot> snapshot(std::span<const std::byte> state) override {
        TokenId count = -1;
        if (std::ssize(state) == kIdBytes) {
            std::memcpy(&count, state.data(), state.size());
        }
        if (count < 0 || count > std::ssize(m_tokens)) {
            return Error{ErrorCode::kCorrupt, "a state that does not fit"};
        }
        return Snapshot(std::make_shared<ScriptedContent>(
            std::vector<TokenId>(m_tokens.begin(), m_tokens.begin() + count)));
    }

    static constexpr int64_t kIdBytes = sizeof(TokenId);

private:
    std::vector<TokenId> m_tokens;
};

// A sequence of the scripted model. Looks at the stop token at multiples of kBatchTokens, and waits
// `delay` for each batch.
class ScriptedSequence : public TokenSequence {
public:
    ScriptedSequence(const Script& script,
                     const Tokenizer& tokenizer,
                     int64_t maxTokens,
                     bool isFirst,
                     bool points,
                     std::chrono::milliseconds delay)
        : m_script(script)
        , m_tokenizer(tokenizer.clone())
        , m_maxTokens(maxTokens)
        , m_isFirst(isFirst)
        , m_points(points)
        , m_delay(delay) {}

    Status read(std::span<const TokenId> tokens,
                const std::stop_token& stop,
                const ProgressFn& progress) override {
        if (!hasRoomFor(tokens)) {
            return noRoom();
        }
        for (size_t i = 0; i < tokens.size();) {
            if (stop.stop_requested()) {
                return Error{ErrorCode::kCancelled, "read: cancelled"};
            }
            const auto batch = static_cast<size_t>(kBatchTokens - position() % kBatchTokens);
            const size_t count = std::min(batch, tokens.size() - i);
            append(tokens.subspan(i, count));
            i += count;
            std::this_thread::sleep_for(m_delay);
            if (progress) {
                progress({static_cast<int64_t>(i), std::ssize(tokens)});
            }
        }
        return okStatus();
    }

    Status ask(std::span<const TokenId> tokens,
               const std::stop_token&,
               Pointers* pointers) override {
        if (!hasRoomFor(tokens)) {
            return noRoom();
        }
        const std::string asked = m_tokenizer.decode(tokens);
        m_answer.clear();
        for (const auto& [question, scripted] : m_script) {
            if (asked.find(question) == std::string::npos) {
                continue;
            }
            if (!scripted.failure.empty()) {
                return Error{ErrorCode::kIo, scripted.failure};
            }
            const bool takesSecond = !m_isFirst && !scripted.secondAnswer.empty();
            m_answer = m_tokenizer.encode(takesSecond ? scripted.secondAnswer : scripted.answer);
            if (pointers != nullptr) {
                pointers->scores =
                    m_points ? pointAt(scripted.pointsAt) : std::vector<float>(m_tokens.size(), 0);
            }
        }
        m_answer.push_back(*m_tokenizer.control("<|im_end|>"));
        m_next = 0;
        append(tokens);
        return okStatus();
    }

    Status step(TokenId token) override {
        const std::vector tokens{token};
        if (!hasRoomFor(tokens)) {
            return noRoom();
        }
        append(tokens);
        ++m_next;
        return okStatus();
    }

    Result<std::span<const float>> logits() override {
        // Sure of what the script says, and where that is over, of nothing.
        m_logits.assign(static_cast<size_t>(m_tokenizer.vocabSize()), 0);
        if (m_next < m_answer.size()) {
            m_logits[static_cast<size_t>(m_answer[m_next])] = 50;
        }
        return std::span<const float>(m_logits);
    }

    int64_t position() const override { return std::ssize(m_tokens); }
    int64_t maxTokens() const override { return m_maxTokens; }
    int64_t tokensEvaluated() const override { return m_evaluated; }
    Result<Snapshot> snapshot() const override {
        return Snapshot(std::make_shared<ScriptedContent>(m_tokens));
    }
    Status restore(const Snapshot& snapshot) override {
        m_tokens = dynamic_cast<const ScriptedContent&>(*snapshot.content()).tokens;
        m_next = 0;
        return okStatus();
    }

private:
    bool hasRoomFor(std::span<const TokenId> tokens) const {
        return position() + std::ssize(tokens) <= m_maxTokens;
    }
    Error noRoom() const {
        return {ErrorCode::kInvalidInput, "over the limit of " + std::to_string(m_maxTokens)};
    }

    void append(std::span<const TokenId> tokens) {
        m_tokens.insert(m_tokens.end(), tokens.begin(), tokens.end());
        m_evaluated += std::ssize(tokens);
    }

    // A little attention everywhere and much on the first token, as real models pay it.
    std::vector<float> pointAt(const std::string& marker) const {
        std::vector<float> scores(m_tokens.size(), 0.001F);
        scores.at(0) = 100;
        std::string text;
        std::vector<size_t> ends;
        for (const TokenId token : m_tokens) {
            text += m_tokenizer.bytes(token);
            ends.push_back(text.size());
        }
        const size_t begin = text.find(marker);
        for (size_t i = 0; i < ends.size() && begin != std::string::npos; ++i) {
            if (ends[i] > begin && ends[i] <= begin + marker.size()) {
                scores[i] += 1;
            }
        }
        return scores;
    }

    const Script& m_script;
    Tokenizer m_tokenizer;
    int64_t m_maxTokens;
    bool m_isFirst;
    bool m_points;
    std::chrono::milliseconds m_delay;
    std::vector<TokenId> m_tokens;
    std::vector<TokenId> m_answer;
    std::vector<float> m_logits;
    size_t m_next = 0;
    int64_t m_evaluated = 0;
};

// A model that follows a script, with the tokenizer of the shipped one.
class ScriptedModel : public LanguageModel {
public:
    explicit ScriptedModel(Script script, std::chrono::milliseconds delay = {})
        : m_script(std::move(script))
        , m_file(GgufFile::open(modelFile()).value())
        , m_config(parseModelConfig(m_file).value())
        , m_tokenizer(Tokenizer::fromGguf(m_file).value())
        , m_delay(delay) {}

    static std::filesystem::path modelFile() {
        return TL_SOURCE_DIR "/resources/model/throughline-154m-q4_0.gguf";
    }

    void setContextLength(int64_t tokens) { m_config.contextLength = tokens; }
    // As a model without attention: every position gets a weight, and it is zero.
    void pointNowhere() { m_config.pointerLayers.clear(); }

    const ModelConfig& config() const override { return m_config; }
    const Tokenizer& tokenizer() const override { return m_tokenizer; }
    std::string backendName() const override { return "script"; }
    // Of the file as the CPU would run it on one thread.
    Result<MemoryForecast> forecast(std::span<const SequencePlan> sequences) const override {
        EngineOptions options;
        options.device.threads = 1;
        return Engine::forecast(m_file, m_config, options, sequences);
    }
    SavedSizes savedSizes() const override {
        return {ScriptedLoader::kIdBytes, ScriptedLoader::kIdBytes};
    }
    const Fingerprint& fingerprint() const override { return m_fingerprint; }
    // The model becomes another one to whoever saved with it.
    void setFingerprint(Fingerprint fingerprint) { m_fingerprint = std::move(fingerprint); }
    Result<std::vector<std::byte>> saveState(const Snapshot& snapshot) const override {
        const auto count = static_cast<TokenId>(snapshot.position());
        return savedIds({&count, 1});
    }
    // Cut at multiples of 4096, as the engine's pages are.
    Result<std::vector<SavedPages>> savePages(const Snapshot& snapshot,
                                              int64_t from) const override {
        const std::span<const TokenId> tokens =
            dynamic_cast<const ScriptedContent&>(*snapshot.content()).tokens;
        std::vector<SavedPages> parts;
        for (int64_t first = from; first < std::ssize(tokens);) {
            const int64_t count =
                std::min(kKvPagePositions - first % kKvPagePositions, std::ssize(tokens) - first);
            const auto ids = tokens.subspan(static_cast<size_t>(first), static_cast<size_t>(count));
            parts.push_back({0, first, count, savedIds(ids)});
            first += count;
        }
        return parts;
    }
    std::unique_ptr<StateLoader> newStateLoader() const override {
        return std::make_unique<ScriptedLoader>();
    }
    Result<std::unique_ptr<TokenSequence>> newSequence(int64_t maxTokens) override {
        const bool isFirst = std::exchange(m_isFirst, false);
        const int64_t limit = maxTokens == 0 ? m_config.contextLength : maxTokens;
        const bool points = !m_config.pointerLayers.empty();
        return std::unique_ptr<TokenSequence>(std::make_unique<ScriptedSequence>(
            m_script, m_tokenizer, limit, isFirst, points, m_delay));
    }

    Status runTogether(std::span<const SequenceCall> calls, const std::stop_token& stop) override {
        m_mostTogether = std::max(m_mostTogether, calls.size());
        for (const SequenceCall& call : calls) {
            TokenSequence& sequence = *call.sequence;
            Status status = call.isReading ? sequence.read(call.tokens, stop, {})
                            : call.tokens.size() == 1
                                ? sequence.step(call.tokens[0])
                                : sequence.ask(call.tokens, stop, call.pointers);
            if (!status.ok()) {
                return status;
            }
        }
        return okStatus();
    }
    // Sequences that shared a call, at most.
    size_t mostTogether() const { return m_mostTogether; }

private:
    Script m_script;
    GgufFile m_file;
    ModelConfig m_config;
    Tokenizer m_tokenizer;
    std::chrono::milliseconds m_delay;
    Fingerprint m_fingerprint{.weights = "script",
                              .architecture = "script",
                              .configuration = "script",
                              .tokenizer = "script",
                              .readingPolicy = "script",
                              .precision = "script",
                              .batchTokens = kBatchTokens,
                              .codecVersion = 1};
    bool m_isFirst = true;
    size_t m_mostTogether = 0;
};

}  // namespace tl
