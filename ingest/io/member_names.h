// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ingest/io/unique_names.h"

namespace tl {

// Names of an archive's members as paths within it. Whatever the archive says, a name is relative,
// has '/' between its parts, no "." and "..", no control characters, and is valid UTF-8.
class MemberNames {
public:
    // "../../etc/passwd" becomes "etc/passwd", "C:\a\b" becomes "a/b". A name that was given
    // before gets " (2)" and so on in front of its extension.
    std::string take(std::string_view raw);

private:
    UniqueNames m_names;
};

// The name alone, before it is made unique; "unnamed" when nothing is left of it.
std::string normalisedMemberName(std::string_view raw);

}  // namespace tl
