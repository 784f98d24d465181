// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/pdf/attached_files.h"

#include <FileSpec.h>
#include <Stream.h>
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "ingest/formats/pdf/pdf_strings.h"
#include "ingest/io/file_bytes.h"

namespace tl {
namespace {

// At most `limit` bytes and one more, which tells that there are more.
std::string bytesOf(Stream& stream, int64_t limit) {
    std::string bytes;
    std::array<unsigned char, 16'384> block{};
    stream.reset();
    while (std::ssize(bytes) <= limit) {
        const int64_t room = std::min<int64_t>(std::ssize(block), limit + 1 - std::ssize(bytes));
        const int count = stream.doGetChars(static_cast<int>(room), block.data());
        if (count <= 0) {
            break;
        }
        bytes.append(reinterpret_cast<const char*>(block.data()), static_cast<size_t>(count));
    }
    stream.close();
    return bytes;
}

}  // namespace

void AttachedFiles::unpack(FileSpec& file, Part& part) const {
    EmbFile* content = file.isOk() ? file.getEmbeddedFile() : nullptr;
    if (content == nullptr || !content->isOk()) {
        part.skipReason.code = ReasonCode::kDamagedAttachment;
        return;
    }
    part.size = std::max(0, content->size());
    // The file, the parts and the answer, which holds them again, share the memory.
    const int64_t memory =
        std::max<int64_t>(0, (m_request.limits.maxMemoryBytes - std::ssize(m_request.bytes)) / 3);
    const int64_t forAll = std::min(m_request.limits.maxTotalBytes, memory) - m_unpacked;
    const int64_t limit = std::min(m_request.limits.maxPartBytes, forAll);
    std::string bytes = limit > 0 ? bytesOf(*content->stream(), limit) : std::string();
    if (limit <= 0 || std::ssize(bytes) > limit) {
        part.skipReason = limit < m_request.limits.maxPartBytes
                              ? Reason{ReasonCode::kAttachmentsOverLimit}
                              : Reason{.code = ReasonCode::kOverSizeLimit, .limit = limit};
        return;
    }
    part.size = std::ssize(bytes);
    part.bytes = std::move(bytes);
    if (part.size == 0) {
        part.skipReason.code = ReasonCode::kEmptyAttachment;
    }
}

void AttachedFiles::take(FileSpec& file) {
    if (std::ssize(m_extract.parts) >= m_request.limits.maxParts) {
        ++m_leftOut;
        return;
    }
    Part part;
    const GooString* name = file.isOk() ? file.getFileName() : nullptr;
    part.name = m_names.take(name == nullptr ? std::string() : fromPdfString(name->toStr()));
    unpack(file, part);
    m_unpacked += std::ssize(part.bytes);
    m_extract.parts.push_back(std::move(part));
}

void AttachedFiles::finish() {
    if (m_leftOut > 0) {
        m_extract.warnings.push_back({.code = ReasonCode::kAttachedFilesLeftOut,
                                      .count = m_leftOut,
                                      .limit = m_request.limits.maxParts});
    }
}

}  // namespace tl
