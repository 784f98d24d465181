// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace tl {

// The model file to load: `chosen` itself, or where it is empty the shipped one, looked for in the
// installed place (../share/throughline/model beside the program's folder), then in the source
// tree the program was built from. kNotFound naming the places.
Result<std::filesystem::path> findModel(const std::filesystem::path& chosen);

// A folder of what comes with the program, "sample", looked for in the same places; empty where it
// is not there.
std::filesystem::path findResource(const std::string& name);

// The user's own folder for what can be made again ($XDG_CACHE_HOME) and for what is worth keeping
// between runs ($XDG_STATE_HOME), as the XDG base directory specification names them; of this
// program. Empty where there is no home.
std::filesystem::path cacheFolder();
std::filesystem::path stateFolder();

}  // namespace tl
