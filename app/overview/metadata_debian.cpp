// SPDX-License-Identifier: Apache-2.0
// "Key: value" lines in paragraphs, as Debian and Python packages have them; debian/changelog.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "app/overview/metadata.h"

namespace tl {

namespace {

struct KeyRow {
    std::string_view file;
    std::string_view key;
    MetadataKind kind;
};

constexpr auto kRows = std::to_array<KeyRow>({
    {"control", "Source", MetadataKind::kName},
    {"control", "Maintainer", MetadataKind::kMaintainer},
    {"PKG-INFO", "Name", MetadataKind::kName},
    {"PKG-INFO", "Version", MetadataKind::kVersion},
    {"PKG-INFO", "Summary", MetadataKind::kDescription},
    {"PKG-INFO", "License", MetadataKind::kLicence},
    {"PKG-INFO", "Author", MetadataKind::kAuthor},
    {"METADATA", "Name", MetadataKind::kName},
    {"METADATA", "Version", MetadataKind::kVersion},
    {"METADATA", "Summary", MetadataKind::kDescription},
    {"METADATA", "License", MetadataKind::kLicence},
    {"METADATA", "Author", MetadataKind::kAuthor},
});

// "jq (1.6-2.1) unstable; urgency=medium"
void readChangelog(MetadataSink& sink) {
    const std::string_view line = lineOf(sink.document(), 1);
    const size_t open = line.find(" (");
    const size_t close = line.find(") ");
    if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
        sink.add(MetadataKind::kVersion, line.substr(open + 2, close - open - 2), 1);
    }
}

void readPackages(MetadataSink& sink) {
    const Document& document = sink.document();
    std::string_view package;
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        if (text.starts_with("Package:")) {
            package = stripped(text.substr(8));
        } else if (text.starts_with("Description:") && !package.empty()) {
            sink.add(MetadataKind::kPackage, text.substr(12), line, package);
            package = {};
        }
    }
}

}  // namespace

void readDebianMetadata(MetadataSink& sink) {
    const Document& document = sink.document();
    if (sink.file().base == "changelog") {
        readChangelog(sink);
        return;
    }
    for (int64_t line = 1; line <= document.lines.lineCount(); ++line) {
        const std::string_view text = lineOf(document, line);
        if (text.empty() && sink.file().base != "control") {
            break;  // What follows is the description.
        }
        const size_t colon = text.find(':');
        const auto* const row = std::ranges::find_if(kRows, [&](const KeyRow& candidate) {
            return candidate.file == sink.file().base && candidate.key == text.substr(0, colon);
        });
        if (row != kRows.end()) {
            sink.add(row->kind, text.substr(colon + 1), line);
        }
    }
    if (sink.file().base == "control") {
        readPackages(sink);
    }
}

}  // namespace tl
