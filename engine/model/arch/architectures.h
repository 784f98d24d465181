// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/model/architecture.h"

// One function per file beside this one.
namespace tl::arch {

void readGraniteHybrid(ConfigReader& reader, ModelConfig& config);
void readLlama(ConfigReader& reader, ModelConfig& config);
void readMamba2Model(ConfigReader& reader, ModelConfig& config);

}  // namespace tl::arch
