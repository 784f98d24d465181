// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tl {

// The arguments of a command: what is parsed for options, and what stands for itself: all after
// "--", and before that what begins with a dash and is no option, since its name has a space
// ("--ocr: what does it do?").
struct SplitArguments {
    std::vector<std::string> options;
    std::vector<std::string> words;
};

// takesValue: whether the option of this name takes the argument after it.
SplitArguments splitArguments(const std::vector<std::string>& arguments,
                              const std::function<bool(const std::string&)>& takesValue);

// What is wrong with the words of `ask`, which are files and folders and then the question: no
// question, one that stands first, or one without quotes. Looks at which of them exist. None where
// they make sense, or where a path that does not exist says enough.
std::optional<std::string> mistakeInWords(const std::vector<std::string>& words);

}  // namespace tl
