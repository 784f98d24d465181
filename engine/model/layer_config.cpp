// SPDX-License-Identifier: Apache-2.0
#include "engine/layer_config.h"

namespace tl {

int64_t elementBytes(ElementType type) {
    switch (type) {
        case ElementType::kF32:
            return 4;
    }
    return 0;
}

int64_t StatePart::elements() const {
    int64_t count = 1;
    for (const int64_t size : shape) {
        count *= size;
    }
    return count;
}

int64_t LayerNeeds::stateBytes() const {
    int64_t bytes = 0;
    for (const StatePart& part : state) {
        bytes += part.bytes();
    }
    return bytes;
}

}  // namespace tl
