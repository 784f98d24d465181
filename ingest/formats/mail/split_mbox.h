// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tl {

// The messages of an mbox in the order of the file, as views of it. A message starts after a line
// of startsWithMboxLine(); other lines that start with "From " are text, as mboxcl has them.
class MboxMessages {
public:
    // REQUIRES: startsWithMboxLine(file)
    explicit MboxMessages(std::string_view file) : m_rest(file) {}

    // Without the "From " line and the empty line in front of the next one.
    std::optional<std::string_view> next();

private:
    std::string_view m_rest;  // starts with a "From " line, or is empty
};

// Takes back what writers of mboxo and mboxrd do to lines that start with "From ", or with '>'
// and "From ": one '>' in front.
std::string unquoteFromLines(std::string_view message);

}  // namespace tl
