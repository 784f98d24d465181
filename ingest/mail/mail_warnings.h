// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tl {

// What is wrong with the messages of one file, one line a kind: "messages 4, 9 and 12: no valid
// date".
class MailWarnings {
public:
    void add(int64_t message, std::string_view what);
    // In the order in which the kinds were met.
    std::vector<std::string> lines() const;

private:
    struct Kind {
        std::string what;
        std::vector<int64_t> messages;
    };
    std::vector<Kind> m_kinds;
    std::map<std::string, size_t, std::less<>> m_indexes;
};

}  // namespace tl
