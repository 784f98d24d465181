// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/member_names.h"

#include <algorithm>

#include "ingest/io/root_names.h"

namespace tl {
namespace {

// "C:" at the start of a path of Windows.
bool startsWithDrive(std::string_view path) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return path.size() >= 3 && isLetter(path[0]) && path[1] == ':' && path[2] == '/';
}

void appendPart(std::string_view part, std::string& path) {
    if (part.empty() || part == "." || part == "..") {
        return;
    }
    path += path.empty() ? "" : "/";
    path += part;
}

}  // namespace

std::string normalisedMemberName(std::string_view raw) {
    std::string text = toValidUtf8(raw);
    std::replace(text.begin(), text.end(), '\\', '/');
    std::replace_if(
        text.begin(),
        text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
        '_');
    std::string_view rest = text;
    if (startsWithDrive(rest)) {
        rest.remove_prefix(2);
    }
    std::string path;
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('/'), rest.size());
        appendPart(rest.substr(0, end), path);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return path.empty() ? "unnamed" : path;
}

std::string MemberNames::take(std::string_view raw) {
    return m_names.take(normalisedMemberName(raw));
}

}  // namespace tl
