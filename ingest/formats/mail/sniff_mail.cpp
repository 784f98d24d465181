// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/mail/sniff_mail.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "ingest/formats/mail/mbox_line.h"
#include "ingest/text/text_lines.h"

namespace tl {
namespace {

constexpr int kMbox = 95;
constexpr int kSure = 100;
constexpr int kOneField = 70;
constexpr int kByHeadersAlone = 80;
constexpr int kByName = 50;

enum Field : unsigned {
    kReceived = 1,
    kFrom = 2,
    kDate = 4,
    kSubject = 8,
    kMessageId = 16,
    kMimeVersion = 32,
};

unsigned fieldOf(std::string_view name) {
    struct Known {
        std::string_view name;
        Field field;
    };
    constexpr std::array<Known, 7> kKnown{{{"received", kReceived},
                                           {"return-path", kReceived},
                                           {"from", kFrom},
                                           {"date", kDate},
                                           {"subject", kSubject},
                                           {"message-id", kMessageId},
                                           {"mime-version", kMimeVersion}}};
    const std::string lower = asciiLower(name);
    const auto* known =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& k) { return k.name == lower; });
    return known == kKnown.end() ? 0U : static_cast<unsigned>(known->field);
}

struct Header {
    unsigned fields = 0;
    bool hasAddress = false;  // in From
    bool isWhole = true;      // nothing but fields up to the first empty line
};

Header headerOf(std::string_view head) {
    Header header;
    for (const TextLine& line : splitLines(head)) {
        if (trimmed(line.text).empty()) {
            break;
        }
        if (line.text.front() == ' ' || line.text.front() == '\t') {
            header.isWhole = header.isWhole && line.begin > 0;
            continue;
        }
        const std::string_view name = headerFieldName(line.text);
        // The head may end within a line.
        const bool isCut = static_cast<size_t>(line.begin) + line.text.size() == head.size();
        header.isWhole = header.isWhole && (!name.empty() || isCut);
        if (name.empty()) {
            break;
        }
        const unsigned field = fieldOf(name);
        header.fields |= field;
        header.hasAddress = header.hasAddress || (field == kFrom && line.text.find_first_of("@<") !=
                                                                        std::string_view::npos);
    }
    return header;
}

int fieldCount(unsigned fields) {
    int count = 0;
    for (; fields != 0; fields &= fields - 1) {
        ++count;
    }
    return count;
}

}  // namespace

int sniffMail(std::string_view name, std::string_view head) {
    if (hasExtension(name, {".patch", ".diff"})) {
        return 0;
    }
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    head.remove_prefix(head.starts_with(kMark) ? kMark.size() : 0);
    const size_t first = head.find_first_not_of("\r\n");
    head.remove_prefix(std::min(first, head.size()));
    if (hasExtension(name, {".emlx"})) {
        head = withoutByteCount(head);
    }
    if (startsWithMboxLine(head)) {
        return kMbox;
    }
    const Header header = headerOf(head);
    const int count = fieldCount(header.fields);
    if (hasExtension(name, {".eml", ".emlx", ".mht", ".mhtml"})) {
        return count >= 2 ? kSure : count == 1 ? kOneField : kByName;
    }
    if (header.isWhole && header.hasAddress && count >= 3 &&
        (header.fields & (kReceived | kMessageId | kMimeVersion)) != 0) {
        return kByHeadersAlone;
    }
    return hasExtension(name, {".mbox", ".mbx"}) ? kByName : 0;
}

}  // namespace tl
