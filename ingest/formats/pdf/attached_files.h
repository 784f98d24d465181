// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "ingest/extract.h"
#include "ingest/io/member_names.h"
#include "ingest/reader.h"

class FileSpec;

namespace tl {

// Unpacks attached files into an extract's parts, within the request's limits. One that is too
// large becomes a part with the reason.
class AttachedFiles {
public:
    AttachedFiles(const ReadRequest& request, Extract& extract)
        : m_request(request), m_extract(extract) {}

    void take(FileSpec& file);
    // Tells how many were left out.
    void finish();

private:
    void unpack(FileSpec& file, Part& part) const;

    const ReadRequest& m_request;
    Extract& m_extract;
    MemberNames m_names;
    int64_t m_unpacked = 0;
    int64_t m_leftOut = 0;
};

}  // namespace tl
