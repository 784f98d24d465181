// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.h"

namespace tl {

Result<std::unique_ptr<Backend>> makeBackend(const DeviceChoice& choice) {
    if (choice.kind == DeviceKind::kCuda) {
        return Error{ErrorCode::kUnsupported, "device cuda: this program was built without it"};
    }
    return makeCpuBackend(choice.threads, choice.activations);
}

}  // namespace tl
