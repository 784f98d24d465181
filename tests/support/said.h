// SPDX-License-Identifier: Apache-2.0
// What a user reads of a reason: tests compare the words that come out at the end.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/reason/reason_text.h"
#include "ingest/reason.h"

namespace tl {

inline std::string said(const Reason& reason) {
    return reasonText(reason);
}

inline std::string said(const Failure& failure) {
    return reasonText(failure.reason);
}

inline std::string said(const Error& error) {
    return error.message;
}

inline std::vector<std::string> eachSaid(std::span<const Reason> reasons) {
    std::vector<std::string> lines;
    for (const Reason& reason : reasons) {
        lines.push_back(reasonText(reason));
    }
    return lines;
}

inline std::string allSaid(std::span<const Reason> reasons, std::string_view separator = "; ") {
    std::string text;
    for (const std::string& line : eachSaid(reasons)) {
        text += text.empty() ? "" : separator;
        text += line;
    }
    return text;
}

inline std::string notesSaid(std::span<const Reason> notes) {
    return allSaid(notes, ", ");
}

}  // namespace tl
