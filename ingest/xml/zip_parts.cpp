// SPDX-License-Identifier: Apache-2.0
#include "ingest/xml/zip_parts.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "ingest/io/member_names.h"
#include "ingest/io/read_archive.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr std::string_view kOleStart("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

// A password puts the whole zip file into a stream of an OLE file.
Failure oleError(std::string_view bytes) {
    std::string wide;
    for (const char c : std::string_view("EncryptedPackage")) {
        wide += c;
        wide += '\0';
    }
    if (bytes.find(wide) != std::string_view::npos) {
        return Failure{ErrorCode::kUnsupported, {ReasonCode::kEncryptedOffice}};
    }
    return Failure{ErrorCode::kUnsupported, {ReasonCode::kOldOffice}};
}

bool isOverLimit(ReasonCode code) {
    return code == ReasonCode::kOverSizeLimit || code == ReasonCode::kArchiveOverTotal ||
           code == ReasonCode::kArchiveEndsAtTotal || code == ReasonCode::kArchiveEndsAtSize ||
           code == ReasonCode::kArchiveEndsAtRatio;
}

int hexValue(char c) {
    if (isAsciiDigit(c)) {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

Reading<ZipParts> ZipParts::open(const ReadRequest& request,
                                 std::string_view format,
                                 bool (*isWanted)(std::string_view name)) {
    if (request.bytes.starts_with(kOleStart)) {
        return oleError(request.bytes);
    }
    ZipParts zip;
    zip.m_format = format;
    const auto damaged = [&](Reason why) {
        return Failure{ErrorCode::kCorrupt,
                       becauseOf(ReasonCode::kDamagedDocument, std::move(why), zip.m_format)};
    };
    if (!request.bytes.starts_with("PK")) {
        return damaged({ReasonCode::kNoZip});
    }
    Reading<Extract> archive = readArchiveMembers(request, isWanted);
    if (!archive.ok()) {
        return archive.error().code == ErrorCode::kOutOfMemory ? archive.error()
                                                               : damaged(archive.error().reason);
    }
    zip.m_parts = std::move(archive.value().parts);
    zip.m_warnings = std::move(archive.value().warnings);
    for (size_t i = 0; i < zip.m_parts.size(); ++i) {
        zip.m_byName.emplace(asciiLower(zip.m_parts[i].name), i);
    }
    return zip;
}

bool ZipParts::has(std::string_view name) const {
    return m_byName.contains(asciiLower(name));
}

Reading<std::string> ZipParts::take(std::string_view name) {
    const auto found = m_byName.find(asciiLower(name));
    if (found == m_byName.end()) {
        return Failure{
            ErrorCode::kCorrupt,
            {.code = ReasonCode::kPartMissing, .name = std::string(name), .detail = m_format}};
    }
    Part& part = m_parts[found->second];
    if (!part.skipReason.isNone()) {
        return Failure{
            isOverLimit(part.skipReason.code) ? ErrorCode::kOutOfMemory : ErrorCode::kCorrupt,
            becauseOf(ReasonCode::kPartNotRead, part.skipReason, part.name)};
    }
    m_byName.erase(found);
    return std::move(part.bytes);
}

std::vector<Part> ZipParts::takeBelow(std::string_view folder) {
    std::vector<Part> taken;
    const std::string start = asciiLower(folder);
    for (Part& part : m_parts) {
        const std::string name = asciiLower(part.name);
        if (name.starts_with(start) && m_byName.erase(name) > 0) {
            taken.push_back(std::move(part));
        }
    }
    return taken;
}

std::vector<std::string> ZipParts::names() const {
    std::vector<std::string> names;
    names.reserve(m_parts.size());
    for (const Part& part : m_parts) {
        names.push_back(part.name);
    }
    return names;
}

std::string resolvePath(std::string_view from, std::string_view target) {
    target = target.substr(0, target.find('#'));
    if (target.empty()) {
        return {};
    }
    std::string path;
    if (target[0] != '/') {
        path = from.substr(0, from.rfind('/') + 1);
    }
    path += target;
    // ".." has to be worked off before the names are normalised, which drops it.
    std::string resolved;
    for (std::string_view rest = path; !rest.empty();) {
        const size_t end = std::min(rest.find('/'), rest.size());
        const std::string_view step = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (step == "..") {
            const size_t slash = resolved.rfind('/');
            resolved.erase(slash == std::string::npos ? 0 : slash);
        } else if (!step.empty() && step != ".") {
            appendSeparated(resolved, "/", step);
        }
    }
    return normalisedMemberName(resolved);
}

std::string percentDecoded(std::string_view text) {
    std::string decoded;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hexValue(text[i + 1]);
            const int low = hexValue(text[i + 2]);
            if (high >= 0 && low >= 0) {
                decoded += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

}  // namespace tl
