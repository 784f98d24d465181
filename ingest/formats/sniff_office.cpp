// SPDX-License-Identifier: Apache-2.0
#include "ingest/formats/sniff_office.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "ingest/code/language.h"
#include "ingest/io/file_kinds.h"

namespace tl {
namespace {

constexpr int kByBytes = 100;
constexpr int kByDoctype = 95;
constexpr int kByNameAndZip = 90;
constexpr int kByBytesAlone = 80;
constexpr int kPageByName = 60;
constexpr int kByName = 50;

constexpr std::string_view kZip = "PK\3\4";
constexpr std::string_view kOle("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);

std::string extensionIn(std::string_view name) {
    return extensionOf(name.substr(name.rfind('/') + 1));
}

// What the first member of a zip file says when it is called "mimetype" and not packed: the sign
// that OpenDocument and EPUB ask for.
std::string_view mimetypeMember(std::string_view head) {
    constexpr size_t kNameAt = 30;
    constexpr std::string_view kName = "mimetype";
    if (!head.starts_with(kZip) || head.size() < kNameAt + kName.size() ||
        head.substr(kNameAt, kName.size()) != kName) {
        return {};
    }
    const size_t extra =
        static_cast<unsigned char>(head[28]) + size_t{256} * static_cast<unsigned char>(head[29]);
    const size_t begin = std::min(head.size(), kNameAt + kName.size() + extra);
    constexpr size_t kLongest = 128;
    return head.substr(begin, std::min(head.find("PK", begin) - begin, kLongest));
}

// An office file of Microsoft's newer kind; one with a password is an OLE file.
int sniffZipOf(std::string_view head, bool hasName, std::string_view folder) {
    if (hasName) {
        return head.starts_with(kZip) || head.starts_with(kOle) ? kByNameAndZip : kByName;
    }
    constexpr size_t kNameAt = 30;  // of the first member
    const std::string_view first = head.substr(std::min(head.size(), kNameAt));
    const bool isPackage = head.starts_with(kZip) &&
                           (first.starts_with("[Content_Types]") || first.starts_with("_rels/"));
    return isPackage && head.find(folder) != std::string_view::npos ? kByBytesAlone : 0;
}

bool isHtmlName(std::string_view extension) {
    return isOneOf(extension, {"html", "htm", "xhtml", "xht"});
}

// The head in lower case, without what may stand in front of a page's first tag.
std::string pageStart(std::string_view head) {
    std::string start = asciiLower(head);
    if (start.starts_with("\xEF\xBB\xBF")) {
        start.erase(0, 3);
    }
    for (;;) {
        start.erase(0, start.find_first_not_of(" \t\r\n\f"));
        const std::string_view end = start.starts_with("<!--")    ? "-->"
                                     : start.starts_with("<?xml") ? "?>"
                                                                  : "";
        const size_t at = end.empty() ? std::string::npos : start.find(end);
        if (at == std::string::npos) {
            return start;
        }
        start.erase(0, at + end.size());
    }
}

// Without the elements in which a template's marks may stand for themselves.
std::string withoutElement(std::string text, std::string_view name) {
    std::string open("<");
    open += name;
    std::string close("</");
    close += name;
    for (size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
        text.erase(at, std::min(text.find(close, at), text.size()) - at);
    }
    return text;
}

bool isTemplate(std::string_view start) {
    std::string text(start);
    for (const std::string_view name : {"script", "style", "pre", "code"}) {
        text = withoutElement(std::move(text), name);
    }
    for (const std::string_view mark : {"<?php", "<?=", "<%", "{%", "{{", "[%"}) {
        if (text.find(mark) != std::string::npos) {
            return true;
        }
    }
    return false;
}

bool hasDoctype(std::string_view start) {
    constexpr size_t kFirstKibibyte = 1024;
    const std::string_view first = start.substr(0, kFirstKibibyte);
    return first.find("<!doctype html") != std::string_view::npos ||
           first.find("<html") != std::string_view::npos;
}

}  // namespace

int sniffHtml(std::string_view name, std::string_view head) {
    const std::string extension = extensionIn(name);
    const bool isNamedSo = isHtmlName(extension);
    const std::string start = pageStart(head);
    if (isNamedSo) {
        if (isTemplate(start)) {
            return 0;
        }
        return hasDoctype(start) ? kByDoctype : kPageByName;
    }
    const bool startsSo = start.starts_with("<!doctype html") || start.starts_with("<html");
    const bool isOfOthers = languageOf(name, head) != nullptr || isOneOf(extension,
                                                                         {"asp",
                                                                          "aspx",
                                                                          "cgi",
                                                                          "ejs",
                                                                          "erb",
                                                                          "hbs",
                                                                          "j2",
                                                                          "jinja",
                                                                          "jsp",
                                                                          "liquid",
                                                                          "log",
                                                                          "mustache",
                                                                          "svelte",
                                                                          "tmpl",
                                                                          "tpl",
                                                                          "twig",
                                                                          "txt",
                                                                          "vue"});
    return startsSo && !isOfOthers && !isTemplate(start) ? kByBytesAlone : 0;
}

int sniffDocx(std::string_view name, std::string_view head) {
    return sniffZipOf(head, isOneOf(extensionIn(name), {"docx", "docm", "dotx", "dotm"}), "word/");
}

int sniffPptx(std::string_view name, std::string_view head) {
    return sniffZipOf(
        head, isOneOf(extensionIn(name), {"pptx", "pptm", "ppsx", "ppsm", "potx", "potm"}), "ppt/");
}

int sniffXlsx(std::string_view name, std::string_view head) {
    return sniffZipOf(head, isOneOf(extensionIn(name), {"xlsx", "xlsm", "xltx", "xltm"}), "xl/");
}

int sniffOdt(std::string_view name, std::string_view head) {
    const std::string_view type = mimetypeMember(head);
    constexpr std::string_view kType = "application/vnd.oasis.opendocument.";
    const std::string_view first = head.substr(0, 2048);
    const bool isFlat = first.find("<office:document") != std::string_view::npos &&
                        first.find("urn:oasis:names:tc:opendocument") != std::string_view::npos;
    if (type.starts_with(kType)) {
        const std::string_view rest = type.substr(kType.size());
        return rest.starts_with("text") || rest.starts_with("presentation") ||
                       rest.starts_with("spreadsheet")
                   ? kByBytes
                   : 0;
    }
    if (!isOneOf(extensionIn(name),
                 {"odt", "ott", "odp", "otp", "ods", "ots", "fodt", "fodp", "fods"})) {
        return isFlat ? kByBytesAlone : 0;
    }
    return isFlat || head.starts_with(kZip) ? kByNameAndZip : kByName;
}

int sniffEpub(std::string_view name, std::string_view head) {
    if (mimetypeMember(head).starts_with("application/epub+zip")) {
        return kByBytes;
    }
    if (extensionIn(name) != "epub") {
        return 0;
    }
    return head.starts_with(kZip) ? kByNameAndZip : kByName;
}

int sniffRtf(std::string_view name, std::string_view head) {
    if (head.starts_with("{\\rtf")) {
        return kByBytes;
    }
    return extensionIn(name) == "rtf" ? kByName : 0;
}

}  // namespace tl
