// SPDX-License-Identifier: Apache-2.0
// Mamba-2 alone (Dao and Gu 2024): every block is one mixer, and nothing looks back.
#include "engine/model/arch/architectures.h"
#include "engine/model/layer_readers.h"

namespace tl::arch {

void readMamba2Model(ConfigReader& reader, ModelConfig& config) {
    const SharedLayer mixer = readMamba2(reader);
    config.blocks.assign(static_cast<size_t>(readBlockCount(reader)), BlockConfig{{mixer}});
}

}  // namespace tl::arch
