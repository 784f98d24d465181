// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/foreign_names.h"

#include <archive.h>
#include <archive_entry.h>
#include <memory>

#include "base/utf8.h"
#include "ingest/text/charset.h"
#include "ingest/text/charset_names.h"
#include "ingest/text/guess_charset.h"

namespace tl {
namespace {

constexpr size_t kEnoughBytes = size_t{64} << 10;

// The foreign names of a zip archive, each with a line end. Its members stand each for itself, so
// that going over them unpacks nothing.
std::string foreignNamesOfZip(std::string_view bytes) {
    std::string names;
    const std::unique_ptr<archive, decltype(&archive_read_free)> handle(archive_read_new(),
                                                                        &archive_read_free);
    if (!handle || archive_read_support_format_zip_seekable(handle.get()) != ARCHIVE_OK ||
        archive_read_open_memory(handle.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
        return names;
    }
    archive_entry* entry = nullptr;
    while (names.size() < kEnoughBytes &&
           archive_read_next_header(handle.get(), &entry) >= ARCHIVE_WARN && entry != nullptr) {
        const char* name =
            archive_entry_pathname_utf8(entry) == nullptr ? archive_entry_pathname(entry) : nullptr;
        if (name != nullptr && !isValidUtf8(name)) {
            names += name;
            names += '\n';
        }
        entry = nullptr;
    }
    return names;
}

}  // namespace

std::string ForeignNames::decoded(std::string_view raw, bool isZip) {
    if (m_request.encoding.empty() && isValidUtf8(raw)) {
        return std::string(raw);
    }
    if (!m_request.encoding.empty()) {
        m_note = {.code = ReasonCode::kNamesConverted, .name = m_request.encoding};
    } else if (isZip && m_note.isNone()) {
        m_names = foreignNamesOfZip(m_request.bytes);
        m_note = {.code = ReasonCode::kNamesGuessed, .name = guessNamesCharset(m_names).charset};
    } else if (!isZip && m_names.size() < kEnoughBytes) {
        m_names += raw;
        m_names += '\n';
        const auto guess = guessCharset(m_names);
        m_note = {.code = ReasonCode::kNamesGuessed,
                  .name = guess ? guess->charset : "Windows-1252"};
    }
    const auto text = convertToUtf8(raw, icuCharsetName(m_note.name).c_str());
    return text ? text->text : std::string(raw);
}

}  // namespace tl
