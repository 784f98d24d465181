// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "ingest/reader.h"
#include "ingest/reason.h"

namespace tl {

// Names in an archive that are neither UTF-8 nor said to be anything. The zip format means CP437
// by them; what programs write is the code page of their system. One encoding is chosen for all
// names of a zip archive: the one the user names, else the one in which they make most sense.
class ForeignNames {
public:
    // The request lives longer than this.
    explicit ForeignNames(const ReadRequest& request) : m_request(request) {}

    // The name as UTF-8; one that is UTF-8 already comes back as it is.
    std::string decoded(std::string_view raw, bool isZip);
    // What was done, or none.
    Reason note() const { return m_note; }

private:
    const ReadRequest& m_request;
    std::string m_names;  // foreign ones, each with a line end
    Reason m_note{};
};

}  // namespace tl
