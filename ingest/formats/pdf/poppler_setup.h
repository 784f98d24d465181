// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tl {

// Makes Poppler's tables, once per process; its complaints are counted, never printed. Any thread.
void preparePoppler();

// The folders that Poppler reads while it works: tables of Asian character sets, fonts.
std::vector<std::string> popplerFolders();

// Complaints about damage that costs text, since the start, on this thread.
int64_t popplerDamageCount();

}  // namespace tl
