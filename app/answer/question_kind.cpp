// SPDX-License-Identifier: Apache-2.0
#include "app/answer/question_kind.h"

#include <algorithm>
#include <array>
#include <set>

#include "app/citation/text_words.h"
#include "base/ascii.h"

namespace tl {

namespace {

// Words for a corpus and for what it is about.
constexpr auto kWholeWords = std::to_array<std::string_view>(
    {"abstract",    "app",          "application", "archive",   "article",       "articles",
     "book",        "books",        "code",        "codebase",  "collection",    "content",
     "contents",    "conversation", "corpus",      "cover",     "covers",        "deal",
     "deals",       "describe",     "described",   "describes", "discuss",       "discussed",
     "discusses",   "discussion",   "doc",         "docs",      "document",      "documents",
     "explain",     "file",         "files",       "folder",    "game",          "gist",
     "give",        "guide",        "handbook",    "happened",  "hearing",       "idea",
     "information", "interview",    "lecture",     "library",   "main",          "manual",
     "meeting",     "meetings",     "minutes",     "note",      "notes",         "novel",
     "overview",    "package",      "paper",       "papers",    "pdf",           "pdfs",
     "play",        "please",       "podcast",     "program",   "programme",     "project",
     "proposal",    "purpose",      "repo",        "report",    "reports",       "repository",
     "script",      "short",        "software",    "source",    "specification", "standard",
     "story",       "subject",      "summarise",   "summarize", "summary",       "talk",
     "tell",        "text",         "texts",       "thesis",    "tool",          "topic",
     "topics",      "transcript",   "transcripts", "us",        "utility"});

// What names code is called.
constexpr auto kKindWords = std::to_array<std::string_view>(
    {"class",  "code",   "constant",  "constructor", "enum",   "file",   "function",  "functions",
     "line",   "macro",  "member",    "method",      "module", "object", "procedure", "script",
     "source", "struct", "structure", "subroutine",  "type",   "value",  "variable"});

constexpr auto kDefineWords = std::to_array<std::string_view>({"contain",
                                                               "contains",
                                                               "declaration",
                                                               "declare",
                                                               "declared",
                                                               "declares",
                                                               "define",
                                                               "defined",
                                                               "defines",
                                                               "definition",
                                                               "implement",
                                                               "implementation",
                                                               "implemented",
                                                               "implements",
                                                               "live",
                                                               "lives"});

bool says(const std::vector<Word>& words, std::string_view wanted) {
    return std::ranges::any_of(words, [&](const Word& word) { return word.folded == wanted; });
}

bool saysDefine(const std::vector<Word>& words) {
    return std::ranges::any_of(words,
                               [](const Word& word) { return isOneOf(word.folded, kDefineWords); });
}

bool carriesNothing(const Word& word) {
    return isFunctionWord(word.folded) || isOneOf(word.folded, kKindWords) ||
           isOneOf(word.folded, kDefineWords);
}

std::string_view textOf(std::string_view question, const Word& word) {
    return question.substr(static_cast<size_t>(word.begin),
                           static_cast<size_t>(word.end - word.begin));
}

bool isCapital(char c) {
    return c >= 'A' && c <= 'Z';
}

// Plain numbers name nothing, and a capital alone opens every sentence.
bool looksLikeName(std::string_view question, const Word& word, bool isFirst) {
    const std::string_view text = textOf(question, word);
    const std::string_view behind = question.substr(static_cast<size_t>(word.end));
    const std::string_view before = question.substr(0, static_cast<size_t>(word.begin));
    const auto isLetter = [](char c) { return isCapital(c) || (c >= 'a' && c <= 'z'); };
    const auto isMark = [](char c) { return c == '_' || (c >= '0' && c <= '9'); };
    if (!std::ranges::any_of(text, isLetter)) {
        return false;
    }
    return behind.starts_with('(') || before.ends_with("::") || std::ranges::any_of(text, isMark) ||
           std::ranges::any_of(text.substr(1), isCapital) || (!isFirst && isCapital(text[0]));
}

// "What does X do?", "What is X for?"
bool asksWhatItDoes(const std::vector<Word>& words) {
    return words.size() >= 4 && words[0].folded == "what" && words[1].folded == "does" &&
           words.back().folded == "do";
}

}  // namespace

bool asksAboutTheWhole(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    // "Which book is this?"
    if (words.size() <= 4 && !words.empty() && words[0].folded == "which" && says(words, "this") &&
        isOneOf(words[1].folded, kWholeWords)) {
        return true;
    }
    // These ask for a person, a place, a time or a number.
    for (const std::string_view asked : {"who", "where", "when", "which", "how"}) {
        if (says(words, asked)) {
            return false;
        }
    }
    bool saysWhole = false;
    for (const Word& word : words) {
        if (isOneOf(word.folded, kWholeWords)) {
            saysWhole = true;
        } else if (!isFunctionWord(word.folded)) {
            return false;
        }
    }
    // "What is this?", "What is it about?" say nothing but function words.
    const bool isBare = !words.empty() && words.front().folded == "what" &&
                        (says(words, "this") || says(words, "these") ||
                         (says(words, "it") && says(words, "about")));
    return saysWhole || isBare;
}

bool isWordForWhole(std::string_view folded) {
    return isOneOf(folded, kWholeWords);
}

bool asksWhereDefined(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    const bool asksPlace = says(words, "where") ||
                           (says(words, "file") && (says(words, "which") || says(words, "what")));
    if (!asksPlace) {
        return false;
    }
    if (saysDefine(words)) {
        return true;
    }
    // "Where is X?", "Which file has X?": nothing but a name.
    return !namesIn(question).empty() && std::ranges::all_of(words, [&](const Word& word) {
        return carriesNothing(word) ||
               looksLikeName(question, word, word.begin == words.front().begin);
    });
}

std::vector<std::string> namesIn(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    const bool takesAny = asksWhatItDoes(words) ||
                          (saysDefine(words) &&
                           (says(words, "where") || says(words, "which") || says(words, "what")));
    std::vector<std::string> names;
    std::set<std::string_view> known;
    for (const Word& word : words) {
        const bool isFirst = word.begin == words.front().begin;
        const std::string_view text = textOf(question, word);
        const bool isName = looksLikeName(question, word, isFirst)
                                ? !(isFirst && isFunctionWord(word.folded))
                                : takesAny && !carriesNothing(word);
        if (isName && known.insert(text).second) {
            names.emplace_back(text);
        }
    }
    return names;
}

}  // namespace tl
