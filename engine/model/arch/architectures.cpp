// SPDX-License-Identifier: Apache-2.0
#include "engine/model/arch/architectures.h"

namespace tl {
namespace {

// The one table of names. Each has its file: granitehybrid.cpp, llama.cpp, mamba2.cpp.
constexpr Architecture kArchitectures[] = {
    {"granitehybrid", arch::readGraniteHybrid},
    {"llama", arch::readLlama},
    {"mamba2", arch::readMamba2Model},
};

}  // namespace

std::span<const Architecture> architectures() {
    return kArchitectures;
}

}  // namespace tl
