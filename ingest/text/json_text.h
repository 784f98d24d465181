// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "ingest/reason.h"

namespace tl {

// kCorrupt "broken JSON in line 3". Nesting costs memory, never stack.
Reading<nlohmann::json> parseJson(std::string_view text);

// A string, or the strings of an array one after the other, as notebooks have them; else empty.
std::string joinedStrings(const nlohmann::json& value);

// The member as string or number; empty or nullptr-like defaults for all else.
std::string stringMember(const nlohmann::json& object, const char* key);
double numberMember(const nlohmann::json& object, const char* key);

// The member, or a null value when there is none or `object` is no object.
const nlohmann::json& member(const nlohmann::json& object, const char* key);

}  // namespace tl
