// SPDX-License-Identifier: Apache-2.0
#include "app/citation/citation_check.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "app/citation/citation_place.h"
#include "app/citation/text_words.h"

namespace tl {

namespace {

constexpr size_t kMaxCitations = 3;
// Whole lines up to this long are quoted whole; of longer ones the sentence.
constexpr int64_t kMaxQuoteBytes = 240;

// Where a passage holds words of an answer.
struct Match {
    int64_t begin = 0;  // byte range in the document's text
    int64_t end = 0;
    double share = 0;  // of the wanted words; 1 = all
    bool isVerbatim = false;
};

using WordSet = std::unordered_set<std::string>;

void eraseRun(std::vector<Word>& words, const std::vector<Word>& run) {
    const int64_t at = findRun(words, run);
    if (at >= 0) {
        words.erase(words.begin() + at, words.begin() + at + std::ssize(run));
    }
}

// The words that a citation of this file has to show: the answer's without the file's name.
std::vector<Word> wantedWords(std::string_view answer, const std::string& fileName) {
    std::vector<Word> words = splitWords(answer);
    eraseRun(words, splitWords(fileName));
    eraseRun(words, splitWords(fileName.substr(fileName.rfind('/') + 1)));
    const auto carriesNothing = [](const Word& word) { return isFunctionWord(word.folded); };
    words.erase(words.begin(), std::find_if_not(words.begin(), words.end(), carriesNothing));
    words.erase(std::find_if_not(words.rbegin(), words.rend(), carriesNothing).base(), words.end());
    return words;
}

WordSet factWords(const std::vector<Word>& words) {
    WordSet facts;
    for (const Word& word : words) {
        if (!isFunctionWord(word.folded)) {
            facts.insert(word.folded);
        }
    }
    return facts;
}

std::vector<Word> passageWords(const Document& document, const Passage& passage) {
    std::vector<Word> words =
        splitWords(std::string_view(document.text)
                       .substr(static_cast<size_t>(passage.begin),
                               static_cast<size_t>(passage.end - passage.begin)));
    for (Word& word : words) {
        word.begin += passage.begin;
        word.end += passage.begin;
    }
    return words;
}

int64_t questionWordsOnLine(const Document& document, int64_t byte, const WordSet& question) {
    const int64_t line = document.lines.position(byte).line;
    const int64_t begin = document.lines.lineBegin(line);
    const std::vector<Word> words =
        splitWords(std::string_view(document.text)
                       .substr(static_cast<size_t>(begin),
                               static_cast<size_t>(document.lines.lineEnd(line) - begin)));
    return std::count_if(words.begin(), words.end(), [&](const Word& word) {
        return question.contains(word.folded);
    });
}

// The wanted words one after the other. Of several places the one on whose line most of the
// question's words stand: a short answer such as "7" stands in many.
std::optional<Match> verbatimMatch(const Document& document,
                                   const std::vector<Word>& words,
                                   const std::vector<Word>& wanted,
                                   const WordSet& question) {
    std::optional<Match> best;
    int64_t bestWords = -1;
    for (int64_t at = findRun(words, wanted); at >= 0; at = findRun(words, wanted, at + 1)) {
        const Word& first = words[static_cast<size_t>(at)];
        const Word& last = words[static_cast<size_t>(at + std::ssize(wanted) - 1)];
        const int64_t common = questionWordsOnLine(document, first.begin, question);
        if (common > bestWords) {
            bestWords = common;
            best = Match{first.begin, last.end, 1, /*isVerbatim=*/true};
        }
    }
    return best;
}

// The shortest stretch that holds every one of `facts` that the words hold at all: a window whose
// right end walks over the words while its left end follows.
Match shortestWindow(const std::vector<Word>& words, const WordSet& facts) {
    WordSet present;
    for (const Word& word : words) {
        if (facts.contains(word.folded)) {
            present.insert(word.folded);
        }
    }
    Match best;
    std::unordered_map<std::string, int> inside;
    size_t left = 0;
    for (const Word& right : words) {
        if (!present.contains(right.folded)) {
            continue;
        }
        ++inside[right.folded];
        while (inside.size() == present.size()) {
            const Word& first = words[left++];
            if (best.end == 0 || right.end - first.begin < best.end - best.begin) {
                best = {first.begin, right.end, 0, /*isVerbatim=*/false};
            }
            const auto count = inside.find(first.folded);
            if (count != inside.end() && --count->second == 0) {
                inside.erase(count);
            }
        }
    }
    best.share =
        facts.empty() ? 0 : static_cast<double>(present.size()) / static_cast<double>(facts.size());
    return best;
}

// Byte range trimmed of white space.
struct Range {
    int64_t begin = 0;
    int64_t end = 0;
};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

Range trimmed(const std::string& text, Range range) {
    while (range.begin < range.end && isSpace(text[static_cast<size_t>(range.begin)])) {
        ++range.begin;
    }
    while (range.end > range.begin && isSpace(text[static_cast<size_t>(range.end - 1)])) {
        --range.end;
    }
    return range;
}

bool endsSentence(const std::string& text, int64_t byte) {
    const auto at = static_cast<size_t>(byte);
    return (text[at] == '.' || text[at] == '!' || text[at] == '?') &&
           (at + 1 == text.size() || isSpace(text[at + 1]));
}

// The sentences that hold [begin, end) within the passage.
Range sentencesAround(const std::string& text, const Passage& passage, Range range) {
    while (range.begin > passage.begin && !endsSentence(text, range.begin - 1)) {
        --range.begin;
    }
    while (range.end < passage.end && !endsSentence(text, range.end - 1)) {
        ++range.end;
    }
    return trimmed(text, range);
}

// What to quote for a match: its lines, or where these are long its sentences, or itself.
Range quoteRange(const Document& document, const Passage& passage, const Match& match) {
    const LineIndex& lines = document.lines;
    const int64_t lastByte = std::max(match.begin, match.end - 1);
    const Range whole =
        trimmed(document.text,
                {std::max(passage.begin, lines.lineBegin(lines.position(match.begin).line)),
                 std::min(passage.end, lines.lineEnd(lines.position(lastByte).line))});
    if (whole.end - whole.begin <= kMaxQuoteBytes) {
        return whole;
    }
    const Range sentences = sentencesAround(document.text, passage, {match.begin, match.end});
    if (sentences.end - sentences.begin <= kMaxQuoteBytes) {
        return sentences;
    }
    return {match.begin, match.end};
}

Citation citationOf(const Document& document, const Passage& passage, const Match& match) {
    const Range quote = quoteRange(document, passage, match);
    Citation citation;
    citation.file = document.name;
    citation.startLine = document.lines.position(quote.begin).line;
    citation.endLine = document.lines.position(std::max(quote.begin, quote.end - 1)).line;
    citation.quote = document.text.substr(static_cast<size_t>(quote.begin),
                                          static_cast<size_t>(quote.end - quote.begin));
    citation.state = match.share == 1 ? CitationState::kVerified : CitationState::kNotFound;
    setPlace(document, {quote.begin, quote.end}, citation);
    return citation;
}

Match matchPassage(const Document& document,
                   const Passage& passage,
                   std::string_view answer,
                   const WordSet& question) {
    const std::vector<Word> words = passageWords(document, passage);
    const std::vector<Word> wanted = wantedWords(answer, document.name);
    const WordSet facts = factWords(wanted);
    if (!facts.empty()) {
        if (const auto verbatim = verbatimMatch(document, words, wanted, question)) {
            return *verbatim;
        }
    }
    Match match = shortestWindow(words, facts);
    if (match.share == 0) {
        // Nothing of the answer: the lines that come nearest to the question, else the first line.
        match = shortestWindow(words, question);
        match.share = 0;
    }
    if (match.end == 0) {
        const int64_t line = document.lines.position(passage.begin).line;
        match.begin = passage.begin;
        match.end = std::min(passage.end, document.lines.lineEnd(line));
    }
    return match;
}

struct Found {
    Match match;
    Passage passage;  // of the full document
    bool isNamed = false;
};

// True where the answer says the file's name, with or without its folders, and nothing more.
bool isNameOf(std::string_view answer, const std::string& fileName) {
    const std::vector<Word> said = splitWords(answer);
    const std::string base = fileName.substr(fileName.rfind('/') + 1);
    return findRun(said, splitWords(base)) >= 0 && factWords(wantedWords(answer, fileName)).empty();
}

// For an answer that is a file's name: the lines of that file that come nearest to the question.
void findNamedFiles(const Corpus& corpus,
                    std::string_view answer,
                    const WordSet& question,
                    std::vector<Found>& found) {
    for (const CorpusFile& file : corpus.files) {
        if (file.passages.empty() || !isNameOf(answer, file.document.name)) {
            continue;
        }
        const Document& document = fullDocument(file.document);
        std::optional<Found> best;
        for (const Passage& read : file.passages) {
            const Passage passage = fullPassage(file.document, read);
            Match match = matchPassage(document, passage, "", question);
            match.share = shortestWindow(passageWords(document, passage), question).share;
            if (!best || match.share > best->match.share) {
                best = Found{match, passage, /*isNamed=*/true};
            }
        }
        best->match.share = 1;
        found.push_back(*best);
    }
}

}  // namespace

std::vector<Citation> citeAnswer(const Corpus& corpus,
                                 std::string_view question,
                                 std::string_view answer,
                                 std::span<const RankedPassage> candidates) {
    const WordSet questionFacts = factWords(splitWords(question));
    const auto documentOf = [&](const Passage& passage) -> const Document& {
        return corpus.files[static_cast<size_t>(passage.document)].document;
    };
    // A reduced file is cited as it is on disk.
    const auto fullOf = [&](const Passage& passage) -> const Document& {
        return fullDocument(documentOf(passage));
    };
    std::vector<Found> found;
    findNamedFiles(corpus, answer, questionFacts, found);
    for (const RankedPassage& candidate : candidates) {
        const Passage passage = fullPassage(documentOf(*candidate.passage), *candidate.passage);
        found.push_back({matchPassage(fullOf(passage), passage, answer, questionFacts), passage});
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.isNamed != b.isNamed           ? a.isNamed
               : a.match.share != b.match.share ? a.match.share > b.match.share
                                                : a.match.isVerbatim && !b.match.isVerbatim;
    });
    std::vector<Citation> citations;
    for (const Found& each : found) {
        const bool isNeeded = each.match.share == 1 || citations.empty();
        if (citations.size() == kMaxCitations || !isNeeded) {
            break;
        }
        citations.push_back(citationOf(fullOf(each.passage), each.passage, each.match));
    }
    return citations;
}

bool saysNotThere(std::string_view answer) {
    static constexpr auto kPhrases = std::to_array<std::string_view>({"not mentioned",
                                                                      "not stated",
                                                                      "not specified",
                                                                      "not given",
                                                                      "not provided",
                                                                      "not found",
                                                                      "not in the documents",
                                                                      "not in the text",
                                                                      "no information",
                                                                      "no mention",
                                                                      "does not say",
                                                                      "do not say",
                                                                      "does not mention",
                                                                      "do not mention",
                                                                      "cannot be found",
                                                                      "not known",
                                                                      "unknown"});
    const std::vector<Word> words = splitWords(answer);
    return std::any_of(kPhrases.begin(), kPhrases.end(), [&](std::string_view phrase) {
        return findRun(words, splitWords(phrase)) >= 0;
    });
}

}  // namespace tl
