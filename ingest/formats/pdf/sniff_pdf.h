// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tl {

// As Reader::sniff().
int sniffPdf(std::string_view name, std::string_view head);

}  // namespace tl
