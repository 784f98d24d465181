// SPDX-License-Identifier: Apache-2.0
#include "engine/session_batch.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/model/model.h"
#include "engine/model/passes.h"
#include "engine/state/session_state.h"

namespace tl {

struct SessionBatch::Scratch {
    std::vector<Model::Part> parts;
    std::vector<SessionState*> states;
};

SessionBatch::SessionBatch(const Model& model, int64_t most)
    : m_model(model), m_most(static_cast<size_t>(most)), m_scratch(std::make_unique<Scratch>()) {
    // A step allocates nothing.
    m_scratch->parts.reserve(m_most);
    m_scratch->states.reserve(m_most);
}

SessionBatch::~SessionBatch() = default;

Result<std::unique_ptr<SessionBatch>> SessionBatch::create(const Model& model, int64_t most) {
    assert(most > 0 && most <= model.batchTokens());
    constexpr int64_t kFloat = sizeof(float);
    std::unique_ptr<SessionBatch> batch(new SessionBatch(model, most));
    auto hidden = model.backend().allocate(most * model.config().embeddingSize * kFloat);
    if (!hidden.ok()) {
        return hidden.error();
    }
    auto logits = model.backend().allocate(most * model.config().vocabSize * kFloat);
    if (!logits.ok()) {
        return logits.error();
    }
    batch->m_hidden = std::move(hidden).value();
    batch->m_logits = std::move(logits).value();
    return batch;
}

Status SessionBatch::addWorks(std::span<const Part> parts,
                              bool isReading,
                              std::vector<SequenceWork>& works) const {
    for (const Part& part : parts) {
        assert(&part.session->m_model == &m_model);
        if (Status status = part.session->checkTokens(part.tokens); !status.ok()) {
            return status;
        }
        works.push_back({part.tokens,
                         part.session->m_state.get(),
                         isReading ? part.session->readingPolicy() : part.session->askingPolicy(),
                         part.pointers,
                         isReading});
    }
    return okStatus();
}

Status SessionBatch::read(std::span<const Part> parts, const std::stop_token& stop) {
    return readAndAsk(parts, {}, stop);
}

Status SessionBatch::ask(std::span<const Part> parts, const std::stop_token& stop) {
    return readAndAsk({}, parts, stop);
}

Status SessionBatch::readAndAsk(std::span<const Part> reading,
                                std::span<const Part> asking,
                                const std::stop_token& stop) {
    assert(std::all_of(
        reading.begin(), reading.end(), [](const Part& part) { return part.pointers == nullptr; }));
    std::vector<SequenceWork> works;
    Status status = addWorks(reading, /*isReading=*/true, works);
    if (status.ok()) {
        status = addWorks(asking, /*isReading=*/false, works);
    }
    return status.ok() ? runPasses(m_model, works, stop) : status;
}

Status SessionBatch::step(std::span<const Step> steps) {
    assert(steps.size() <= m_most);
    m_scratch->parts.clear();
    for (const Step& step : steps) {
        const std::span<const TokenId> one(&step.token, 1);
        if (Status status = step.session->checkTokens(one); !status.ok()) {
            return status;
        }
        m_scratch->parts.push_back(
            {one, step.session->askingPolicy(), step.session->m_state.get()});
    }
    return steps.empty() ? okStatus() : m_model.forward(m_scratch->parts, {});
}

Status SessionBatch::logits(std::span<Session* const> sessions) {
    assert(sessions.size() <= m_most);
    m_scratch->states.clear();
    for (Session* session : sessions) {
        assert(session->position() > 0);
        if (Status status = session->checkWhole(); !status.ok()) {
            return status;
        }
        // Logits are a product with the whole vocabulary, the largest of a step: never made twice.
        if (!session->m_state->logitsAreCurrent) {
            m_scratch->states.push_back(session->m_state.get());
        }
    }
    return m_scratch->states.empty()
               ? okStatus()
               : m_model.computeLogits(m_scratch->states, {m_hidden.get(), m_logits.get()});
}

}  // namespace tl
