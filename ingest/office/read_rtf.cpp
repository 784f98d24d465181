// SPDX-License-Identifier: Apache-2.0
#include "ingest/office/read_rtf.h"

#include <algorithm>
#include <utility>

#include "ingest/office/rtf_document.h"
#include "ingest/office/text_flow.h"
#include "ingest/read/file_bytes.h"
#include "ingest/transcript/text_lines.h"

namespace tl {

Result<Extract> readRtf(const ReadRequest& request) {
    if (!request.bytes.starts_with("{\\rtf")) {
        return Error{ErrorCode::kCorrupt, "no RTF, against its name"};
    }
    TextFlow flow(request.limits.maxTextBytes);
    RtfDocument document(request.bytes, flow);
    if (Status status = document.read(); !status.ok()) {
        return status.error();
    }
    if (flow.isFull()) {
        return Error{ErrorCode::kOutOfMemory,
                     "text over the limit of " + formatBytes(request.limits.maxTextBytes)};
    }
    Extract extract;
    extract.kind = DocumentKind::kOffice;
    extract.title = cleanText(trimmed(document.title()));
    std::replace(extract.title.begin(), extract.title.end(), '\n', ' ');
    if (document.hasChanges()) {
        extract.note = "tracked changes: insertions are in, deletions are left out";
    }
    if (document.isCut()) {
        extract.warnings.emplace_back("the file is cut off; what follows is missing");
    }
    std::move(flow).finish(extract);
    return extract;
}

}  // namespace tl
