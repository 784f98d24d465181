// SPDX-License-Identifier: Apache-2.0
#include "ingest/io/unique_names.h"

namespace tl {
namespace {

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

}  // namespace

std::string UniqueNames::take(const std::string& name) {
    std::string unique = name;
    // The number is remembered for the next time.
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
