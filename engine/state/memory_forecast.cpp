// SPDX-License-Identifier: Apache-2.0
#include "engine/memory_forecast.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "engine/gguf_file.h"
#include "engine/model/model.h"
#include "engine/session.h"
#include "engine/state/sizing_backend.h"

namespace tl {
namespace {

// A sequence that was used, with what stays of it.
struct UsedSequence {
    std::unique_ptr<Session> session;
    Snapshot snapshot;
    std::vector<std::unique_ptr<Session>> forks;
};

Result<std::unique_ptr<Session>> makeSession(const Model& model, int64_t most) {
    Result<std::unique_ptr<SessionState>> state = model.newState(most);
    if (!state.ok()) {
        return state.error();
    }
    return std::make_unique<Session>(model, std::move(state).value());
}

Status askFrom(const Snapshot& snapshot, std::span<const TokenId> question, Session& session) {
    Status status = session.restore(snapshot);
    return status.ok() ? session.ask(question) : status;
}

Result<UsedSequence> useSequence(const Model& model, const SequencePlan& plan) {
    const int64_t most = plan.maxTokens > 0 ? plan.maxTokens : model.config().contextLength;
    Result<std::unique_ptr<Session>> session = makeSession(model, most);
    if (!session.ok()) {
        return session.error();
    }
    UsedSequence used;
    used.session = std::move(session).value();
    // Which tokens they are makes no difference to memory. A corpus over the limit is not read.
    const int64_t read = std::min(plan.tokens, most);
    const int64_t asked = std::min(plan.asked, most - read);
    const std::vector<TokenId> tokens(static_cast<size_t>(std::max(read, asked)), TokenId{0});
    Status status = used.session->read(std::span(tokens).first(static_cast<size_t>(read)));
    if (!status.ok()) {
        return status.error();
    }
    Result<Snapshot> snapshot = used.session->snapshot();
    if (!snapshot.ok()) {
        return snapshot.error();
    }
    used.snapshot = std::move(snapshot).value();
    const auto question = std::span(tokens).first(static_cast<size_t>(asked));
    status = askFrom(used.snapshot, question, *used.session);
    for (int64_t i = 0; i < plan.forks && status.ok(); ++i) {
        Result<std::unique_ptr<Session>> fork = makeSession(model, most);
        if (!fork.ok()) {
            return fork.error();
        }
        used.forks.push_back(std::move(fork).value());
        status = askFrom(used.snapshot, question, *used.forks.back());
    }
    if (!status.ok()) {
        return status.error();
    }
    return used;
}

}  // namespace

Result<MemoryForecast> forecastMemory(const GgufFile& file,
                                      const ModelConfig& config,
                                      const Backend& backend,
                                      KvType kvType,
                                      std::span<const SequencePlan> sequences) {
    // Everything below is what loading and asking do, on a backend that counts and holds nothing:
    // the forecast cannot forget what the program takes.
    SizingBackend sizing(backend);
    Result<std::unique_ptr<Model>> model = Model::load(file, config, sizing, kvType);
    if (!model.ok()) {
        return model.error();
    }
    MemoryForecast forecast;
    forecast.workspace = model.value()->workspaceBytes();
    forecast.weights = sizing.bytesInUse() - forecast.workspace;
    std::vector<UsedSequence> used;
    for (const SequencePlan& plan : sequences) {
        Result<UsedSequence> sequence = useSequence(*model.value(), plan);
        if (!sequence.ok()) {
            return sequence.error();
        }
        used.push_back(std::move(sequence).value());
    }
    forecast.sequences = sizing.bytesInUse() - forecast.weights - forecast.workspace;
    return forecast;
}

}  // namespace tl
