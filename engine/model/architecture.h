// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "engine/model/config_reader.h"
#include "engine/model_config.h"

namespace tl {

// How the metadata of one architecture becomes blocks.
struct Architecture {
    std::string_view name;  // `general.architecture`; its own keys start with it
    // Fills config.blocks and what else is its own; sizes, context and norm are there already, the
    // reading policy comes after. Failures are the reader's.
    void (*read)(ConfigReader& reader, ModelConfig& config);
};

// All that the program knows: the table in arch/architectures.cpp.
std::span<const Architecture> architectures();

// parseModelConfig() of engine/model_config.h over another table.
Result<ModelConfig> parseModelConfig(const GgufFile& file, std::span<const Architecture> known);

}  // namespace tl
