// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/app_types.h"

namespace tl {

// Adds "page", which is null without pages, and of the other fields those that tell something of
// this file.
void addPage(const PlaceInFile& where, nlohmann::ordered_json& json);
void addPlace(const PlaceInFile& where, nlohmann::ordered_json& json);

}  // namespace tl
