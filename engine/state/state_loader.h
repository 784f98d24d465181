// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/saved_state.h"
#include "engine/state/kv_cache.h"

namespace tl {

class Model;

// Loads what state_saver.h saves into the memory of a model's backend.
class ModelStateLoader final : public StateLoader {
public:
    // The model must outlive it.
    explicit ModelStateLoader(const Model& model);

    Status addPages(std::span<const SavedPagesView> parts) override;
    Result<Snapshot> snapshot(std::span<const std::byte> state) override;

private:
    struct LayerPages {
        PageShape shape;
        int64_t positions = 0;  // taken so far
        KvCache::Pages pages{};
    };

    Status checkPart(const SavedPagesView& part, std::span<const int64_t> positions) const;
    Status makeRoom(LayerPages& layer, int64_t positions) const;
    Status checkReach(int64_t position) const;

    const Model& m_model;
    std::vector<LayerPages> m_layers;  // that look back
};

}  // namespace tl
