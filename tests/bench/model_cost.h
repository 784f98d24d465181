// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/gguf_file.h"
#include "engine/model_config.h"

namespace tl::bench {

// What a token must cost whatever the program: the yardstick for shares of the roof.
struct ModelCost {
    int64_t matmulOpsPerToken = 0;   // reading: two per weight of the layers' matrices
    int64_t weightBytes = 0;         // decoding: every tensor once, as stored in the file
    int64_t stateBytes = 0;          // recurrent state; decoding reads and writes it
    int64_t kvBytesPerPosition = 0;  // int8 keys and values with their f32 scales, all layers

    // Bytes that one decoded token moves when it sees `position` positions.
    int64_t decodeBytes(int64_t position) const {
        return weightBytes + 2 * stateBytes + position * kvBytesPerPosition;
    }
};

ModelCost costOf(const GgufFile& file, const ModelConfig& config);

}  // namespace tl::bench
