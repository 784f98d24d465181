// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/rtf/read_rtf.h"

#include <algorithm>
#include <utility>

#include "ingest/formats/rtf/rtf_document.h"
#include "ingest/io/file_bytes.h"
#include "ingest/text/text_flow.h"
#include "ingest/text/text_lines.h"

namespace tl {

Reading<Extract> readRtf(const ReadRequest& request) {
    if (!request.bytes.starts_with("{\\rtf")) {
        return Failure{ErrorCode::kCorrupt, {ReasonCode::kNoRtf}};
    }
    TextFlow flow(request.limits.maxTextBytes);
    RtfDocument document(request.bytes, flow);
    if (ReadStatus status = document.read(); !status.ok()) {
        return status.error();
    }
    if (flow.isFull()) {
        return overTextLimit(request.limits);
    }
    Extract extract;
    extract.kind = DocumentKind::kOffice;
    extract.title = cleanText(trimmed(document.title()));
    std::replace(extract.title.begin(), extract.title.end(), '\n', ' ');
    if (document.hasChanges()) {
        extract.notes.push_back({ReasonCode::kTrackedChanges});
    }
    if (document.isCut()) {
        extract.warnings.push_back({ReasonCode::kFileCutOff});
    }
    std::move(flow).finish(extract);
    return extract;
}

}  // namespace tl
