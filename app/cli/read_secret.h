// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <optional>
#include <stop_token>
#include <string>

namespace tl {

// Writes the prompt and reads a line from a terminal that does not show it meanwhile. nullopt at
// the end of input, and soon after a stop; the terminal is as before then.
std::optional<std::string> readSecret(int terminal,
                                      std::ostream& out,
                                      const std::string& prompt,
                                      const std::stop_token& stop);

}  // namespace tl
