// SPDX-License-Identifier: Apache-2.0
#include "ingest/container/member_names.h"

#include <algorithm>

#include "ingest/source/root_names.h"

namespace tl {
namespace {

// "C:" at the start of a path of Windows.
bool startsWithDrive(std::string_view path) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return path.size() >= 3 && isLetter(path[0]) && path[1] == ':' && path[2] == '/';
}

// "a (2).txt" for "a.txt": what reads it goes by the extension.
std::string numbered(const std::string& name, int number) {
    const size_t file = name.rfind('/') + 1;
    const size_t dot = name.rfind('.');
    const bool hasExtension = dot != std::string::npos && dot > file;
    const size_t stem = hasExtension ? dot : name.size();
    std::string result = name.substr(0, stem);
    result += " (";
    result += std::to_string(number);
    result += ')';
    result += name.substr(stem);
    return result;
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
    const std::string name = normalisedMemberName(raw);
    std::string unique = name;
    // The number is remembered, so that many members of one name cost no more than as many others.
    for (int& count = m_counts[name];;) {
        ++count;
        if (count > 1) {
            unique = numbered(name, count);
        }
        if (count == 1 || m_counts.find(unique) == m_counts.end()) {
            break;
        }
    }
    if (unique != name) {
        m_counts.emplace(unique, 1);
    }
    return unique;
}

}  // namespace tl
