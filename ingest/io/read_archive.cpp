// SPDX-License-Identifier: Apache-2.0
// An archive says of itself what it holds, and may lie. What is unpacked is therefore counted while
// it is unpacked: a member stops at its limit, all together stop at theirs, and an archive that
// grows out of proportion is taken for a bomb.
#include "ingest/io/read_archive.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "ingest/io/file_bytes.h"
#include "ingest/io/foreign_names.h"
#include "ingest/io/member_names.h"

namespace tl {
namespace {

// Texts pack to a tenth, logs to a fiftieth. Small archives may be what they like.
constexpr int64_t kMaxRatio = 200;
constexpr int64_t kRatioFreeBytes = 16 << 20;

// What libarchive says of its last failure; it may have nothing to say.
std::string messageOf(archive* handle) {
    const char* message = archive_error_string(handle);
    return message == nullptr ? std::string() : plainLine(message);
}

// "notes.txt" for "logs/notes.txt.gz".
std::string nameOfPacked(std::string_view name) {
    name = name.substr(name.rfind('/') + 1);
    const size_t dot = name.rfind('.');
    return std::string(name.substr(0, dot == 0 ? name.size() : dot));
}

Reason kindRule(archive_entry* entry) {
    const char* target = archive_entry_hardlink(entry);
    if (target != nullptr) {
        return {.code = ReasonCode::kHardLink, .name = plainLine(normalisedMemberName(target))};
    }
    switch (archive_entry_filetype(entry)) {
        case AE_IFREG:
        case 0:  // zip archives made elsewhere, and single packed files
            return {};
        case AE_IFLNK:
            target = archive_entry_symlink(entry);
            return {.code = ReasonCode::kLinkOfMember,
                    .name = plainLine(normalisedMemberName(target == nullptr ? "" : target))};
        case AE_IFCHR:
        case AE_IFBLK:
            return {ReasonCode::kDeviceFile};
        case AE_IFIFO:
            return {ReasonCode::kNamedPipe};
        case AE_IFSOCK:
            return {ReasonCode::kSocket};
        default:
            return {ReasonCode::kUnknownKind};
    }
}

class ArchiveReading {
public:
    ArchiveReading(const ReadRequest& request, bool (*isWanted)(std::string_view name))
        : m_request(request)
        , m_limits(request.limits)
        , m_isWanted(isWanted)
        , m_handle(archive_read_new(), &archive_read_free)
        , m_foreignNames(request) {
        m_extract.kind = DocumentKind::kArchive;
    }

    Reading<Extract> run() {
        if (ReadStatus opened = open(); !opened.ok()) {
            return opened.error();
        }
        archive_entry* entry = nullptr;
        while (!m_isStopped) {
            const int status = archive_read_next_header(handle(), &entry);
            if (status == ARCHIVE_EOF) {
                break;
            }
            if (status < ARCHIVE_WARN) {
                return endAtDamage();
            }
            takeEntry(entry);
        }
        if (m_extract.parts.empty() && !m_hasFolders) {
            return Failure{ErrorCode::kUnsupported,
                           {m_isStopped ? ReasonCode::kNoArchive : ReasonCode::kEmptyArchive}};
        }
        return finished();
    }

private:
    Extract finished() {
        if (Reason note = m_foreignNames.note(); !note.isNone()) {
            m_extract.notes.push_back(std::move(note));
        }
        return std::move(m_extract);
    }

    archive* handle() const { return m_handle.get(); }

    ReadStatus open() {
        if (!m_handle) {
            return Failure{ErrorCode::kOutOfMemory, {ReasonCode::kNoMemory}};
        }
        archive_read_support_format_tar(handle());
        archive_read_support_format_zip(handle());
        archive_read_support_format_raw(handle());
        archive_read_support_filter_gzip(handle());
        archive_read_support_filter_bzip2(handle());
        archive_read_support_filter_xz(handle());
        archive_read_support_filter_zstd(handle());
        if (!m_request.password.empty()) {
            archive_read_add_passphrase(handle(), m_request.password.c_str());
        }
        const std::string_view bytes = m_request.bytes;
        if (archive_read_open_memory(handle(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
            return damaged();
        }
        return readOk();
    }

    Reading<Extract> endAtDamage() {
        if (m_extract.parts.empty()) {
            return damaged();
        }
        m_extract.warnings.push_back({.code = ReasonCode::kDamagedBehind,
                                      .name = m_extract.parts.back().name,
                                      .detail = messageOf(handle())});
        return finished();
    }

    Failure damaged() const {
        return {ErrorCode::kCorrupt,
                {.code = ReasonCode::kDamagedArchive, .detail = messageOf(handle())}};
    }

    bool isRaw() const { return archive_format(handle()) == ARCHIVE_FORMAT_RAW; }
    // The members of a zip archive stand each for itself; elsewhere passing one over unpacks it.
    bool isZip() const {
        return (archive_format(handle()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP;
    }

    std::string rawNameOf(archive_entry* entry) {
        if (isRaw()) {
            return nameOfPacked(m_request.name);
        }
        const char* name = archive_entry_pathname_utf8(entry);
        if (name != nullptr) {
            return name;
        }
        name = archive_entry_pathname(entry);  // as it stands: in an encoding nobody names
        return name == nullptr ? "" : m_foreignNames.decoded(name, isZip());
    }

    void takeEntry(archive_entry* entry) {
        // Bytes that no filter packs and no format claims; the archive is then empty.
        if (isRaw() && archive_filter_count(handle()) < 2) {
            m_isStopped = true;
            return;
        }
        if (archive_entry_filetype(entry) == AE_IFDIR) {
            m_hasFolders = true;
            return;
        }
        Part part{.name = m_names.take(rawNameOf(entry)),
                  .bytes = "",
                  .skipReason = {},
                  .size = std::max<int64_t>(0, archive_entry_size(entry))};
        if (std::ssize(m_extract.parts) >= m_limits.maxParts) {
            part.skipReason = {.code = ReasonCode::kArchiveEndsAtCount, .limit = m_limits.maxParts};
            m_isStopped = true;
        } else {
            part.skipReason =
                m_isWanted(part.name) ? kindRule(entry) : Reason{ReasonCode::kNotWanted};
        }
        if (part.skipReason.isNone()) {
            unpack(entry, part);
        }
        if (!part.skipReason.isNone()) {
            part.bytes = {};
        }
        m_extract.parts.push_back(std::move(part));
    }

    void unpack(archive_entry* entry, Part& part) {
        const bool isEncrypted = archive_entry_is_encrypted(entry) != 0;
        if (isEncrypted && m_request.password.empty()) {
            part.skipReason.code = ReasonCode::kPartNeedsPassword;
            return;
        }
        if (part.size > m_limits.maxPartBytes) {
            part.skipReason = {.code = ReasonCode::kOverSizeLimit,
                               .count = part.size,
                               .limit = m_limits.maxPartBytes};
            stopIfPassingCosts(part);
            return;
        }
        if (m_total + part.size > m_limits.maxTotalBytes) {
            skipForTotal(part);
            return;
        }
        readData(part, isEncrypted);
    }

    // A member that is passed over in a packed stream is unpacked all the same.
    void stopIfPassingCosts(Part& part) {
        m_passed += part.size;
        if (!isZip() && archive_filter_count(handle()) > 1 && m_passed > m_limits.maxTotalBytes) {
            part.skipReason.code = ReasonCode::kArchiveEndsAtSize;
            m_isStopped = true;
        }
    }

    void skipForTotal(Part& part) {
        part.skipReason = {.code = ReasonCode::kArchiveOverTotal, .limit = m_limits.maxTotalBytes};
        if (!isZip()) {
            part.skipReason.code = ReasonCode::kArchiveEndsAtTotal;
            m_isStopped = true;
        }
    }

    void readData(Part& part, bool isEncrypted) {
        const void* block = nullptr;
        size_t size = 0;
        la_int64_t offset = 0;
        for (;;) {
            const int status = archive_read_data_block(handle(), &block, &size, &offset);
            if (status == ARCHIVE_EOF) {
                break;
            }
            if (status < ARCHIVE_WARN) {
                part.skipReason = isEncrypted ? Reason{ReasonCode::kPartWrongPassword}
                                              : Reason{.code = ReasonCode::kDamagedMember,
                                                       .detail = messageOf(handle())};
                return;
            }
            if (!append(block, size, offset, part)) {
                return;
            }
        }
        part.size = std::ssize(part.bytes);
        m_total += part.size;
    }

    // False when a limit is reached; the reason stands in the part. Sparse files have holes: their
    // bytes count too.
    bool append(const void* block, size_t size, int64_t offset, Part& part) {
        const int64_t end = offset + static_cast<int64_t>(size);
        if (offset < std::ssize(part.bytes) || end > m_limits.maxPartBytes) {
            part.skipReason = {.code = ReasonCode::kOverSizeLimit, .limit = m_limits.maxPartBytes};
            part.size = std::max(part.size, end);
            m_total += std::ssize(part.bytes);
            stopIfPassingCosts(part);
            return false;
        }
        const int64_t total = m_total + end;
        if (total > m_limits.maxTotalBytes) {
            m_total += std::ssize(part.bytes);
            skipForTotal(part);
            return false;
        }
        if (total > kRatioFreeBytes && total / kMaxRatio > std::ssize(m_request.bytes)) {
            part.skipReason = {.code = ReasonCode::kArchiveEndsAtRatio, .limit = kMaxRatio};
            m_isStopped = true;
            return false;
        }
        part.bytes.resize(static_cast<size_t>(offset), '\0');
        part.bytes.append(static_cast<const char*>(block), size);
        return true;
    }

    const ReadRequest& m_request;
    const ReadLimits& m_limits;
    bool (*m_isWanted)(std::string_view name);
    std::unique_ptr<archive, decltype(&archive_read_free)> m_handle;
    ForeignNames m_foreignNames;
    MemberNames m_names;
    Extract m_extract;
    int64_t m_total = 0;   // unpacked so far
    int64_t m_passed = 0;  // of members over their limit
    bool m_hasFolders = false;
    bool m_isStopped = false;
};

}  // namespace

Reading<Extract> readArchive(const ReadRequest& request) {
    return ArchiveReading(request, [](std::string_view) { return true; }).run();
}

Reading<Extract> readArchiveMembers(const ReadRequest& request,
                                    bool (*isWanted)(std::string_view name)) {
    return ArchiveReading(request, isWanted).run();
}

}  // namespace tl
