// SPDX-License-Identifier: Apache-2.0
#include "app/answer/option_answer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "app/answer/composed_answer.h"
#include "app/citation/text_words.h"
#include "app/overview/overview_input.h"
#include "app/overview/prose.h"
#include "base/ascii.h"

namespace tl {

namespace {

// What an entry has to hold of the question's worth, and how much more than the next option's.
constexpr double kLeastShare = 0.5;
constexpr double kLead = 1.3;
constexpr size_t kMaxTextBytes = 240;

constexpr auto kOptionWords =
    std::to_array<std::string_view>({"option", "options", "flag", "flags", "switch", "switches"});
constexpr auto kBesideWords = std::to_array<std::string_view>({"argument",
                                                               "cause",
                                                               "causes",
                                                               "command",
                                                               "command-line",
                                                               "let",
                                                               "lets",
                                                               "line",
                                                               "make",
                                                               "makes",
                                                               "parameter",
                                                               "program",
                                                               "set",
                                                               "sets",
                                                               "tell",
                                                               "tells",
                                                               "turn",
                                                               "turns",
                                                               "use"});
// What may stand beside an option that is said.
constexpr auto kMeaningWords = std::to_array<std::string_view>(
    {"argument",  "cause",   "command", "command-line", "do",   "effect",  "exactly",
     "flag",      "good",    "happens", "line",         "mean", "meaning", "option",
     "parameter", "purpose", "stand",   "switch",       "use",  "used"});

std::string_view writtenIn(std::string_view text, const Word& word) {
    return text.substr(static_cast<size_t>(word.begin), static_cast<size_t>(word.end - word.begin));
}

bool saysOption(const std::vector<Word>& words) {
    return std::ranges::any_of(words, [](const Word& word) { return word.dashes > 0; });
}

std::string stemOfFile(const Corpus& corpus, int64_t file) {
    const std::string& name = corpus.files[static_cast<size_t>(file)].document.name;
    return asciiLower(fileStem(std::string_view(name).substr(name.rfind('/') + 1)));
}

// "What does -v do?": the option as it is written, or empty where the question says more than that.
// Names of files with entries tell whose option it is.
std::string askedOption(const Corpus& corpus,
                        std::span<const OptionEntry> entries,
                        std::string_view question) {
    std::string option;
    for (const Word& word : splitWords(question)) {
        if (word.dashes > 0) {
            if (!option.empty()) {
                return "";
            }
            option = std::string(static_cast<size_t>(word.dashes), '-');
            const std::string_view written = writtenIn(question, word);
            option += written.substr(std::min(written.find_first_not_of('-'), written.size()));
            continue;
        }
        const bool isProgram = std::ranges::any_of(entries, [&](const OptionEntry& entry) {
            return stemOfFile(corpus, entry.file) == word.folded;
        });
        if (!isFunctionWord(word.folded) && !isOneOf(word.folded, kMeaningWords) && !isProgram) {
            return "";
        }
    }
    return option;
}

bool hasName(const OptionEntry& entry, std::string_view name) {
    return std::ranges::find(entry.names, name) != entry.names.end();
}

// The entry of an option: of the file that the question names, else of the one with most entries.
const OptionEntry* entryOf(const Corpus& corpus,
                           std::span<const OptionEntry> entries,
                           std::string_view question,
                           const std::string& option) {
    std::map<int64_t, int64_t> sizes;
    for (const OptionEntry& entry : entries) {
        ++sizes[entry.file];
    }
    const std::vector<Word> words = splitWords(question);
    const OptionEntry* best = nullptr;
    std::pair<bool, int64_t> bestRank;
    for (const OptionEntry& entry : entries) {
        const std::string stem = stemOfFile(corpus, entry.file);
        const bool isNamed =
            std::ranges::any_of(words, [&](const Word& word) { return word.folded == stem; });
        const std::pair rank(isNamed, sizes[entry.file]);
        if (hasName(entry, option) && (best == nullptr || rank > bestRank)) {
            best = &entry;
            bestRank = rank;
        }
    }
    return best;
}

// What the words of a question that tell options apart are worth.
std::map<std::string, double> worthOf(const Corpus& corpus,
                                      std::span<const OptionEntry> entries,
                                      const PassageCounts& counts,
                                      std::string_view question) {
    std::map<std::string, double> worth;
    for (const Word& word : splitWords(question)) {
        const bool isProgram = std::ranges::any_of(entries, [&](const OptionEntry& entry) {
            return stemOfFile(corpus, entry.file) == word.folded;
        });
        if (isFunctionWord(word.folded) || isOneOf(word.folded, kOptionWords) ||
            isOneOf(word.folded, kBesideWords) || isProgram) {
            continue;
        }
        const auto count = counts.saying.find(word.folded);
        const auto saying = static_cast<double>(
            std::max<int64_t>(count == counts.saying.end() ? 0 : count->second, 1));
        worth[stemOf(word.folded)] = std::log1p(static_cast<double>(counts.passages) / saying);
    }
    return worth;
}

double shareOf(const OptionEntry& entry, const std::map<std::string, double>& worth) {
    StemSet stems = stemsOf(splitWords(entry.text));
    for (const std::string& name : entry.names) {
        std::string words = name;
        std::ranges::replace(words, '-', ' ');
        stems.merge(stemsOf(splitWords(words)));
    }
    double all = 0;
    double said = 0;
    for (const auto& [stem, each] : worth) {
        all += each;
        said += stems.contains(stem) ? each : 0;
    }
    return all == 0 ? 0 : said / all;
}

bool areSameOption(const OptionEntry& a, const OptionEntry& b) {
    return std::ranges::any_of(a.names, [&](const std::string& name) { return hasName(b, name); });
}

const OptionEntry* bestEntry(const Corpus& corpus,
                             std::span<const OptionEntry> entries,
                             const PassageCounts& counts,
                             std::string_view question) {
    const std::map<std::string, double> worth = worthOf(corpus, entries, counts, question);
    const OptionEntry* best = nullptr;
    double most = 0;
    for (const OptionEntry& entry : entries) {
        const double share = shareOf(entry, worth);
        if (share > most) {
            most = share;
            best = &entry;
        }
    }
    if (best == nullptr || most < kLeastShare) {
        return nullptr;
    }
    const bool isClear = std::ranges::all_of(entries, [&](const OptionEntry& entry) {
        return areSameOption(entry, *best) || shareOf(entry, worth) * kLead <= most;
    });
    return isClear ? best : nullptr;
}

}  // namespace

bool asksForOption(std::string_view question) {
    const std::vector<Word> words = splitWords(question);
    const bool isWhich = words.size() > 2 && std::ranges::any_of(words, [](const Word& word) {
                             return word.folded == "which" || word.folded == "what";
                         });
    return isWhich && (saysOption(words) || std::ranges::any_of(words, [](const Word& word) {
                           return isOneOf(word.folded, kOptionWords);
                       }));
}

bool answerFromOptions(const Corpus& corpus,
                       std::span<const OptionEntry> entries,
                       const PassageCounts& counts,
                       Answer& answer) {
    const std::string option = askedOption(corpus, entries, answer.question);
    const OptionEntry* entry = !option.empty() ? entryOf(corpus, entries, answer.question, option)
                               : saysOption(splitWords(answer.question))
                                   ? nullptr
                                   : bestEntry(corpus, entries, counts, answer.question);
    if (entry == nullptr) {
        return false;
    }
    const Document& document =
        fullDocument(corpus.files[static_cast<size_t>(entry->file)].document);
    answer.text.clear();
    for (const std::string& name : entry->names) {
        answer.text += (answer.text.empty() ? "" : ", ") + name;
    }
    answer.text += ": " + firstSentences(withoutMarkup(entry->text), kMaxTextBytes);
    answer.text.erase(answer.text.find_last_not_of(" ;,") + 1);
    Citation citation = quotedLines(document, entry->firstLine, entry->lastLine);
    citation.foundBy.words = true;
    answer.citations = {std::move(citation)};
    return true;
}

}  // namespace tl
