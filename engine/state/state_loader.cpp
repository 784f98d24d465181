// SPDX-License-Identifier: Apache-2.0
#include "engine/state/state_loader.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/model/model.h"
#include "engine/state/session_state.h"
#include "engine/state/state_codec.h"

namespace tl {
namespace {

Error corrupt(const std::string& message) {
    return {ErrorCode::kCorrupt, message};
}

std::string nameOf(const SavedPagesView& part) {
    return "keys and values of layer " + std::to_string(part.layer) + " at position " +
           std::to_string(part.first);
}

}  // namespace

ModelStateLoader::ModelStateLoader(const Model& model) : m_model(model) {
    for (const LayerNeeds& needs : model.layerNeeds()) {
        if (needs.kv) {
            m_layers.push_back({{model.kvType(), needs.kv->kvHeads, needs.kv->headDim}});
        }
    }
}

// `positions`: where each layer's next part has to start.
Status ModelStateLoader::checkPart(const SavedPagesView& part,
                                   std::span<const int64_t> positions) const {
    if (part.layer < 0 || part.layer >= std::ssize(m_layers)) {
        return corrupt(nameOf(part) + ": the model has " + std::to_string(m_layers.size()) +
                       " layers with them");
    }
    const auto layer = static_cast<size_t>(part.layer);
    if (part.first != positions[layer]) {
        return corrupt(nameOf(part) + ": the part before it ends at " +
                       std::to_string(positions[layer]));
    }
    // The page's border comes first: no count beyond it is multiplied with anything.
    if (part.count < 1 || part.count > kKvPagePositions - part.first % kKvPagePositions) {
        return corrupt(nameOf(part) + ": " + std::to_string(part.count) +
                       " positions do not fit the page");
    }
    const int64_t expected = canonicalPageBytes(m_layers[layer].shape, part.count);
    if (std::ssize(part.bytes) != expected) {
        return corrupt(nameOf(part) + ": " + std::to_string(part.bytes.size()) +
                       " bytes instead of " + std::to_string(expected));
    }
    return okStatus();
}

Status ModelStateLoader::makeRoom(LayerPages& layer, int64_t positions) const {
    while (std::ssize(layer.pages) * kKvPagePositions < positions) {
        Result<std::unique_ptr<KvPage>> page = m_model.backend().allocatePage(layer.shape);
        if (!page.ok()) {
            return page.error();
        }
        layer.pages.push_back(std::move(page).value());
    }
    return okStatus();
}

Status ModelStateLoader::addPages(std::span<const SavedPagesView> parts) {
    std::vector<int64_t> positions;
    for (const LayerPages& layer : m_layers) {
        positions.push_back(layer.positions);
    }
    for (const SavedPagesView& part : parts) {
        if (Status status = checkPart(part, positions); !status.ok()) {
            return status;
        }
        positions[static_cast<size_t>(part.layer)] += part.count;
    }
    std::vector<PageImport> imports;
    for (const SavedPagesView& part : parts) {
        LayerPages& layer = m_layers[static_cast<size_t>(part.layer)];
        if (Status status = makeRoom(layer, part.first + part.count); !status.ok()) {
            return status;
        }
        const auto page = static_cast<size_t>(part.first / kKvPagePositions);
        imports.push_back({layer.pages[page].get(),
                           part.first % kKvPagePositions,
                           part.count,
                           part.bytes.data()});
    }
    if (Status status = m_model.backend().importPages(imports); !status.ok()) {
        return status;
    }
    for (size_t i = 0; i < m_layers.size(); ++i) {
        m_layers[i].positions = positions[i];
    }
    return okStatus();
}

Status ModelStateLoader::checkReach(int64_t position) const {
    if (position < 0) {
        return corrupt("a state at position " + std::to_string(position));
    }
    for (size_t i = 0; i < m_layers.size(); ++i) {
        if (m_layers[i].positions < position) {
            return corrupt("a state at position " + std::to_string(position) +
                           ", but keys and values of layer " + std::to_string(i) + " end at " +
                           std::to_string(m_layers[i].positions));
        }
    }
    return okStatus();
}

Result<Snapshot> ModelStateLoader::snapshot(std::span<const std::byte> state) {
    const int64_t expected = savedSizes(m_model.config(), m_model.kvType()).stateBytes;
    if (std::ssize(state) != expected) {
        return corrupt("a state of " + std::to_string(state.size()) + " bytes instead of " +
                       std::to_string(expected));
    }
    Backend& backend = m_model.backend();
    auto data = std::make_shared<SnapshotData>(m_model.identity(), backend);
    data->at = SavedStateLayout::position(state.data());
    if (Status status = checkReach(data->at); !status.ok()) {
        return status.error();
    }
    const int64_t head = SavedStateLayout::headBytes(m_model.config().embeddingSize);
    auto last = backend.allocate(head - SavedStateLayout::kLastOffset);
    auto recurrent = backend.allocate(expected - head);
    if (!last.ok() || !recurrent.ok()) {
        return last.ok() ? recurrent.error() : last.error();
    }
    data->last = std::move(last).value();
    data->recurrent = std::move(recurrent).value();
    Status status = backend.upload(
        data->last->data(), state.data() + SavedStateLayout::kLastOffset, data->last->bytes());
    int64_t offset = 0;
    for (const LayerNeeds& needs : m_model.layerNeeds()) {
        if (status.ok()) {
            void* to = static_cast<std::byte*>(data->recurrent->data()) + offset;
            status = loadParts(backend, needs, state.data() + head + offset, to);
        }
        offset += needs.stateBytes();
    }
    if (!status.ok()) {
        return status.error();
    }
    const int64_t pages = (data->at + kKvPagePositions - 1) / kKvPagePositions;
    for (const LayerPages& layer : m_layers) {
        data->pages.emplace_back(layer.pages.begin(), layer.pages.begin() + pages);
    }
    return Snapshot(std::move(data));
}

}  // namespace tl
