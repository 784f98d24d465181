// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ask_words.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <system_error>

#include "app/cli/terminal_text.h"

namespace tl {

namespace {

constexpr std::string_view kSpaces = " \t\n";

bool exists(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

bool hasSpace(const std::string& text) {
    return text.find_first_of(kSpaces) != std::string::npos;
}

bool looksLikeQuestion(const std::string& word) {
    return !exists(word) && (hasSpace(word) || word.ends_with('?'));
}

// An option's name has no space; its value may ("--exclude=my notes").
bool isNoOption(const std::string& argument) {
    return argument.starts_with('-') && hasSpace(argument.substr(0, argument.find('=')));
}

std::string joined(const std::vector<std::string>& words, size_t from) {
    std::string text;
    for (size_t i = from; i < words.size(); ++i) {
        text += (i == from ? "" : " ") + words[i];
    }
    return terminalLine(text);
}

std::string example(const std::string& path, const std::string& question) {
    return "throughline ask " + terminalLine(path) + " \"" + question + "\"";
}

}  // namespace

SplitArguments splitArguments(const std::vector<std::string>& arguments,
                              const std::function<bool(const std::string&)>& takesValue) {
    SplitArguments split;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (*argument == "--") {
            split.words.insert(split.words.end(), argument + 1, arguments.end());
            break;
        }
        if (isNoOption(*argument)) {
            split.words.push_back(*argument);
            continue;
        }
        split.options.push_back(*argument);
        if (argument + 1 != arguments.end() && takesValue(*argument)) {
            split.options.push_back(*++argument);
        }
    }
    return split;
}

std::optional<std::string> mistakeInWords(const std::vector<std::string>& words) {
    if (words.empty()) {
        return "no question given";
    }
    const std::string& last = words.back();
    if (exists(last)) {
        const auto asked = std::ranges::find_if(words, looksLikeQuestion);
        if (asked != words.end()) {
            return "the question comes last: " + example(last, terminalLine(*asked));
        }
        return "no question given; it comes last, in quotes: " + example(last, "...?");
    }
    // Words of a question without quotes come after the last path, each for itself.
    const auto behind = std::find_if(words.rbegin(), words.rend(), exists).base();
    const auto count = static_cast<size_t>(words.end() - behind);
    const bool hasPath = behind != words.begin();
    if (count < (hasPath ? 2U : 3U) || std::any_of(behind, words.end(), hasSpace)) {
        return std::nullopt;
    }
    const std::string question = joined(words, words.size() - count);
    return hasPath ? "a question of several words needs quotes: " + example(*(behind - 1), question)
                   : "files and folders come first, then the question in quotes: " +
                         example(".", question);
}

}  // namespace tl
