// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question.h"

#include <algorithm>

#include "app/citation/text_words.h"

namespace tl {

namespace {

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

}  // namespace

std::optional<std::string> problemIn(const std::string& question) {
    if (std::ranges::any_of(question, isControl)) {
        return "holds control characters";
    }
    if (splitWords(question).empty()) {
        return "has no words";
    }
    return std::nullopt;
}

}  // namespace tl
