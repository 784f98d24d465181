// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/file_rows.h"

#include <algorithm>

#include "app/reason/reason_text.h"

namespace tl {

void takeSkipReason(const Reason& reason, FileRow& row) {
    row.reasons.clear();
    if (!reason.isNone()) {
        row.reasons.push_back(remarkOf(reason));
    }
    row.isRepeat =
        reason.code == ReasonCode::kChosenTwice || reason.code == ReasonCode::kSameContent;
    row.couldUseOcr = row.couldUseOcr || hasCode(reason, ReasonCode::kOcrCanRead);
}

FileRow rowOf(const SourceEntry& entry) {
    FileRow row;
    row.name = entry.name;
    row.path = entry.path;
    row.state = entry.fate == FileFate::kIn ? FileRow::State::kWaiting : FileRow::State::kSkipped;
    takeSkipReason(entry.reason, row);
    row.isFolder = entry.isFolder;
    row.isChosen = entry.isChosen;
    row.bytes = entry.bytes;
    return row;
}

void applyLoaded(const LoadedFile& file, FileRow& row) {
    if (!file.skipReason.isNone()) {
        row.state = FileRow::State::kSkipped;
        takeSkipReason(file.skipReason, row);
        row.needsPassword = file.needsPassword;
        return;
    }
    row.state = file.isContainer ? FileRow::State::kOpened : FileRow::State::kIn;
    row.reasons = remarksOf(file.document.notes);
    row.tokens = file.tokenCount;
    if (file.document.level != ReadLevel::kFull) {
        row.level = readLevelName(file.document.level);
    }
    row.kind = kindName(file.document.kind);
    row.language = file.document.language;
    row.pages = std::ssize(file.pages);
    row.pageRows = file.pages;
    row.title = file.document.title;
    row.author = file.document.author;
    row.date = file.document.date;
    row.warnings = remarksOf(file.document.warnings);
    row.couldUseOcr = std::ranges::any_of(file.document.warnings, [](const Reason& warning) {
        return hasCode(warning, ReasonCode::kOcrCanRead);
    });
}

}  // namespace tl
