// SPDX-License-Identifier: Apache-2.0
#include "engine/session.h"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "engine/model/model.h"
#include "engine/model/model_identity.h"
#include "engine/model/passes.h"
#include "engine/state/session_state.h"
#include "engine/state/state_codec.h"

namespace tl {

Session::Session(const Model& model, std::unique_ptr<SessionState> state)
    : m_model(model), m_state(std::move(state)) {}

Session::~Session() = default;

int64_t Session::position() const {
    return m_state->position;
}
int64_t Session::maxTokens() const {
    return m_state->maxTokens;
}
int64_t Session::tokensEvaluated() const {
    return m_state->evaluated;
}

Status Session::checkWhole() const {
    if (!m_state->isWhole) {
        return Error{ErrorCode::kIo, "the device failed in the middle; restore a snapshot first"};
    }
    return okStatus();
}

Status Session::checkTokens(std::span<const TokenId> tokens) const {
    if (Status status = checkWhole(); !status.ok()) {
        return status;
    }
    const auto count = static_cast<int64_t>(tokens.size());
    if (m_state->position + count > m_state->maxTokens) {
        return Error{ErrorCode::kInvalidInput,
                     std::to_string(m_state->position + count) + " tokens, but the limit is " +
                         std::to_string(m_state->maxTokens)};
    }
    // Ids index the embedding table, and may come from a project file that anybody made.
    for (const TokenId id : tokens) {
        if (id < 0 || id >= m_model.config().vocabSize) {
            return Error{ErrorCode::kInvalidInput,
                         "token " + std::to_string(id) + " is not in the vocabulary"};
        }
    }
    return okStatus();
}

// While reading, attention sees a window only: a token then costs the same wherever it stands. What
// lies further back is in the recurrent layers, and in pages for the questions.
AttentionPolicy Session::readingPolicy() const {
    AttentionPolicy policy;
    policy.window = m_model.config().readWindow;
    return policy;
}

// A question sees everything. Its logits grow with the logarithm of how much that is, or the
// weights would spread ever thinner over a longer corpus.
AttentionPolicy Session::askingPolicy() const {
    AttentionPolicy policy;
    policy.logScaleBase = m_model.config().logScaleBase;
    return policy;
}

Status Session::read(std::span<const TokenId> tokens,
                     const std::stop_token& stop,
                     const ProgressFn& progress) {
    if (Status status = checkTokens(tokens); !status.ok()) {
        return status;
    }
    const SequenceWork work{tokens, m_state.get(), readingPolicy(), nullptr, /*isReading=*/true};
    const int64_t start = m_state->position;
    return runPasses(m_model, {&work, 1}, stop, [&] {
        if (progress) {
            progress({m_state->position - start, std::ssize(tokens)});
        }
    });
}

Status Session::ask(std::span<const TokenId> tokens,
                    const std::stop_token& stop,
                    Pointers* pointers) {
    if (Status status = checkTokens(tokens); !status.ok()) {
        return status;
    }
    const SequenceWork work{tokens, m_state.get(), askingPolicy(), pointers, /*isReading=*/false};
    return runPasses(m_model, {&work, 1}, stop);
}

Status Session::step(TokenId token) {
    const std::span<const TokenId> one(&token, 1);
    if (Status status = checkTokens(one); !status.ok()) {
        return status;
    }
    // Without a stop token: it would cost a copy of the state at every step, for milliseconds of
    // work.
    const Model::Part part{one, askingPolicy(), m_state.get()};
    return m_model.forward({&part, 1}, {});
}

Result<std::span<const float>> Session::logits() {
    assert(m_state->position > 0);
    if (Status status = checkWhole(); !status.ok()) {
        return status.error();
    }
    if (!m_state->logitsAreCurrent) {
        if (Status status = m_model.computeLogits(*m_state); !status.ok()) {
            return status.error();
        }
    }
    return std::span<const float>(m_state->hostLogits);
}

Result<Snapshot> Session::snapshot() const {
    if (Status status = checkWhole(); !status.ok()) {
        return status.error();
    }
    Backend& backend = m_model.backend();
    auto data = std::make_shared<SnapshotData>(m_model.identity(), backend);
    auto recurrent = backend.allocate(m_state->recurrent->bytes());
    auto last = backend.allocate(m_state->last->bytes());
    if (!recurrent.ok() || !last.ok()) {
        return recurrent.ok() ? last.error() : recurrent.error();
    }
    data->at = m_state->position;
    data->recurrent = std::move(recurrent).value();
    data->last = std::move(last).value();
    backend.copy(data->recurrent->data(), m_state->recurrent->data(), data->recurrent->bytes());
    backend.copy(data->last->data(), m_state->last->data(), data->last->bytes());
    for (const KvCache& cache : m_state->caches) {
        data->pages.push_back(cache.pages());
    }
    if (Status status = backend.sync(); !status.ok()) {
        return status.error();
    }
    return Snapshot(std::move(data));
}

Status Session::checkFits(const SnapshotData* data) const {
    if (data == nullptr) {
        return Error{ErrorCode::kInvalidInput, "a snapshot of nothing"};
    }
    if (Status status = checkSameEngine(*data->identity, *m_model.identity()); !status.ok()) {
        return status;
    }
    if (data->at > m_state->maxTokens) {
        return Error{ErrorCode::kInvalidInput,
                     "the snapshot has " + std::to_string(data->at) +
                         " tokens, the session takes " + std::to_string(m_state->maxTokens)};
    }
    return okStatus();
}

Status Session::restore(const Snapshot& snapshot) {
    const auto* data = dynamic_cast<const SnapshotData*>(snapshot.content());
    if (Status status = checkFits(data); !status.ok()) {
        return status;
    }
    // Of another device: through the canonical form, into memory of this one.
    std::shared_ptr<const SnapshotData> moved;
    if (data->backend != &m_model.backend()) {
        auto ours = moveToBackend(*data, m_model);
        if (!ours.ok()) {
            return ours.error();
        }
        moved = std::move(ours).value();
        data = moved.get();
    }
    // All that may fail comes first, and goes where nothing of this sequence stands.
    Backend& backend = m_model.backend();
    std::vector<KvCache::Pages> pages;
    for (size_t i = 0; i < m_state->caches.size(); ++i) {
        Result<KvCache::Pages> own = m_state->caches[i].pagesFrom(data->pages[i], data->at);
        if (!own.ok()) {
            return own.error();
        }
        pages.push_back(std::move(own).value());
    }
    Result<std::unique_ptr<Buffer>> last = backend.allocate(data->last->bytes());
    if (!last.ok()) {
        return last.error();
    }
    backend.copy(last.value()->data(), data->last->data(), data->last->bytes());
    backend.copy(m_state->backup->data(), data->recurrent->data(), data->recurrent->bytes());
    if (Status status = backend.sync(); !status.ok()) {
        return status;
    }
    // Nothing can fail from here on.
    for (size_t i = 0; i < pages.size(); ++i) {
        m_state->caches[i].replacePages(std::move(pages[i]));
    }
    std::swap(m_state->recurrent, m_state->backup);
    m_state->last = std::move(last).value();
    m_state->position = data->at;
    m_state->logitsAreCurrent = false;
    m_state->isWhole = true;
    return okStatus();
}

}  // namespace tl
