// SPDX-License-Identifier: Apache-2.0
#include "app/answer/candidate_search.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/answer/openings.h"
#include "app/answer/passage_kind.h"
#include "app/answer/question_kind.h"

namespace tl {

namespace {

const CorpusFile& fileAt(const Corpus& corpus, int64_t file) {
    return corpus.files[static_cast<size_t>(file)];
}

std::string_view textOf(const Corpus& corpus, const Passage& passage) {
    return std::string_view(fileAt(corpus, passage.document).document.text)
        .substr(static_cast<size_t>(passage.begin),
                static_cast<size_t>(passage.end - passage.begin));
}

// The files of code that say a name, source before what only tells of it.
std::vector<int64_t> codeFilesWith(const Corpus& corpus, std::string_view name) {
    std::vector<int64_t> files;
    for (int64_t file = 0; file < std::ssize(corpus.files); ++file) {
        const Document& document = fullDocument(fileAt(corpus, file).document);
        if (document.kind == DocumentKind::kCode && document.text.find(name) != std::string::npos) {
            files.push_back(file);
        }
    }
    std::stable_partition(files.begin(), files.end(), [&](int64_t file) {
        return !isSecondHand(fileAt(corpus, file).document.name);
    });
    return files;
}

// The passage that was read of a line of the full document; null where the line was left out.
const Passage* passageOfLine(const CorpusFile& file, int64_t line) {
    for (const Passage& passage : file.passages) {
        const Passage full = fullPassage(file.document, passage);
        if (full.firstLine <= line && line <= full.lastLine) {
            return &passage;
        }
    }
    return nullptr;
}

}  // namespace

CandidateSearch::CandidateSearch(const Corpus& corpus,
                                 const AnswerSettings& settings,
                                 WordIndex words)
    : m_corpus(&corpus)
    , m_settings(settings)
    , m_words(std::move(words))
    , m_definitions(corpus)
    , m_passages(listPassages(corpus)) {
    size_t number = 0;
    for (const CorpusFile& file : corpus.files) {
        m_firstOfFile.push_back(number);
        number += file.passages.size();
    }
    for (const RankedPassage& each : m_passages) {
        m_isUsable.push_back(!isNoPassage(textOf(corpus, *each.passage)));
    }
}

Result<CandidateSearch> CandidateSearch::create(const Corpus& corpus,
                                                const AnswerSettings& settings) {
    Result<WordIndex> words = WordIndex::inMemory();
    if (!words.ok()) {
        return words.error();
    }
    CandidateSearch search(corpus, settings, std::move(words).value());
    Status status = okStatus();
    for (size_t number = 0; number < search.m_passages.size() && status.ok(); ++number) {
        const Passage& passage = *search.m_passages[number].passage;
        if (search.isUsable(number)) {
            status = search.m_words.add(static_cast<int64_t>(number),
                                        textOf(corpus, passage),
                                        fileAt(corpus, passage.document).document.name);
        }
    }
    if (status.ok()) {
        status = search.m_words.finish();
    }
    if (!status.ok()) {
        return status.error();
    }
    return search;
}

size_t CandidateSearch::numberOf(const Passage& passage) const {
    const CorpusFile& file = fileAt(*m_corpus, passage.document);
    return m_firstOfFile[static_cast<size_t>(passage.document)] +
           static_cast<size_t>(&passage - file.passages.data());
}

bool CandidateSearch::isUsable(size_t number) const {
    return m_isUsable[number];
}

CandidateSearch::Source CandidateSearch::byReading(std::span<const RankedPassage> read) const {
    Source source{&FoundBy::read, m_settings.readWeight, {}};
    for (const RankedPassage& ranked : read) {
        const size_t number = numberOf(*ranked.passage);
        if (source.passages.size() == m_settings.depth) {
            break;
        }
        if (isUsable(number)) {
            source.passages.push_back(number);
        }
    }
    return source;
}

Result<CandidateSearch::Source> CandidateSearch::byWords(std::string_view question) {
    Result<std::vector<WordIndex::Hit>> hits =
        m_words.find(question, m_settings.depth, m_settings.fileNameWeight);
    if (!hits.ok()) {
        return hits.error();
    }
    Source source{&FoundBy::words, m_settings.wordsWeight, {}};
    for (const WordIndex::Hit& hit : hits.value()) {
        source.passages.push_back(static_cast<size_t>(hit.passage));
    }
    return source;
}

Result<std::vector<RankedPassage>> CandidateSearch::withWords(std::string_view text) {
    const Result<std::vector<WordIndex::Hit>> hits =
        m_words.find(text, m_settings.depth, m_settings.fileNameWeight);
    if (!hits.ok()) {
        return hits.error();
    }
    std::vector<RankedPassage> passages;
    for (const WordIndex::Hit& hit : hits.value()) {
        passages.push_back(m_passages[static_cast<size_t>(hit.passage)]);
        passages.back().score = hit.score;
    }
    return passages;
}

CandidateSearch::Source CandidateSearch::byOpening() const {
    Source source{&FoundBy::opening, m_settings.openingWeight, {}};
    for (const Passage* passage : openingPassages(*m_corpus, m_settings.openings)) {
        source.passages.push_back(numberOf(*passage));
    }
    return source;
}

void CandidateSearch::addDefinitions(const std::string& name,
                                     const std::stop_token& stop,
                                     std::vector<DefinedAt>& found) {
    m_definitions.parse(codeFilesWith(*m_corpus, name), stop);
    const std::vector<DefinitionSearch::Found> places = m_definitions.find(name);
    for (const auto& [file, line, isType] : places) {
        if (const Passage* passage = passageOfLine(fileAt(*m_corpus, file), line)) {
            found.push_back({name, file, line, passage, isType});
        }
    }
}

std::vector<DefinedAt> CandidateSearch::definitionsInSource(const std::string& name,
                                                            const std::stop_token& stop) {
    std::vector<DefinedAt> found;
    addDefinitions(name, stop, found);
    std::erase_if(found, [&](const DefinedAt& each) {
        return isSecondHand(fileAt(*m_corpus, each.file).document.name);
    });
    return found;
}

// Source before what only tells of it, of each in the order of the question and of the corpus.
std::vector<DefinedAt> CandidateSearch::definitionsOf(std::string_view question,
                                                      const std::stop_token& stop) {
    std::vector<DefinedAt> found;
    for (const std::string& name : namesIn(question)) {
        addDefinitions(name, stop, found);
    }
    std::stable_partition(found.begin(), found.end(), [&](const DefinedAt& each) {
        return !isSecondHand(fileAt(*m_corpus, each.file).document.name);
    });
    return found;
}

CandidateSearch::Source CandidateSearch::byDefinition(std::string_view question,
                                                      const std::stop_token& stop) {
    Source source{&FoundBy::definition, m_settings.definitionWeight, {}};
    for (const DefinedAt& each : definitionsOf(question, stop)) {
        if (source.passages.size() < m_settings.definitions) {
            source.passages.push_back(numberOf(*each.passage));
        }
    }
    return source;
}

std::optional<DefinedAt> CandidateSearch::definition(std::string_view question,
                                                     const std::stop_token& stop) {
    if (!asksWhereDefined(question)) {
        return std::nullopt;
    }
    std::vector<DefinedAt> found = definitionsOf(question, stop);
    std::erase_if(found, [&](const DefinedAt& each) {
        return isSecondHand(fileAt(*m_corpus, each.file).document.name);
    });
    // Constructors bear the name of their type.
    const bool hasType = std::ranges::any_of(found, &DefinedAt::isType);
    std::erase_if(found, [&](const DefinedAt& each) { return hasType && !each.isType; });
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

std::vector<RankedPassage> CandidateSearch::fuse(std::span<const Source> sources) const {
    std::map<size_t, RankedPassage> found;  // by number, so that equal ones stay in corpus order
    for (const Source& source : sources) {
        double rank = 1;
        for (const size_t number : source.passages) {
            RankedPassage& ranked = found.try_emplace(number, m_passages[number]).first->second;
            if (!(ranked.foundBy.*source.mark)) {
                ranked.score += source.weight / (m_settings.rankOffset + rank);
                ranked.foundBy.*source.mark = true;
                ++rank;
            }
        }
    }
    std::vector<RankedPassage> ranking;
    ranking.reserve(found.size());
    for (const auto& [number, ranked] : found) {
        ranking.push_back(ranked);
    }
    std::ranges::stable_sort(ranking, std::ranges::greater(), &RankedPassage::score);
    return ranking;
}

Result<std::vector<RankedPassage>> CandidateSearch::find(std::string_view question,
                                                         std::span<const RankedPassage> read,
                                                         CandidateSources sources,
                                                         const std::stop_token& stop) {
    std::vector<Source> all;
    if (sources != CandidateSources::kWords) {
        all.push_back(byReading(read));
    }
    if (sources != CandidateSources::kRead) {
        Result<Source> words = byWords(question);
        if (!words.ok()) {
            return words.error();
        }
        all.push_back(std::move(words).value());
    }
    if (sources == CandidateSources::kFused) {
        all.push_back(byDefinition(question, stop));
        if (asksAboutTheWhole(question)) {
            all.push_back(byOpening());
        }
    }
    std::vector<RankedPassage> ranking = fuse(all);
    if (asksWhereDefined(question)) {
        std::stable_partition(ranking.begin(), ranking.end(), [&](const RankedPassage& ranked) {
            return !isSecondHand(fileAt(*m_corpus, ranked.passage->document).document.name);
        });
    }
    return ranking;
}

Result<PassageCounts> CandidateSearch::countWords(std::string_view question) {
    PassageCounts counts;
    counts.passages = m_words.passages();
    for (const Word& word : splitWords(question)) {
        if (isFunctionWord(word.folded)) {
            continue;
        }
        const Result<int64_t> saying = m_words.passagesWith(question.substr(
            static_cast<size_t>(word.begin), static_cast<size_t>(word.end - word.begin)));
        if (!saying.ok()) {
            return saying.error();
        }
        counts.saying[word.folded] = saying.value();
    }
    return counts;
}

Result<double> CandidateSearch::coverage(std::string_view question,
                                         std::span<const RankedPassage> best) {
    std::vector<int64_t> numbers;
    for (const RankedPassage& ranked : best) {
        numbers.push_back(static_cast<int64_t>(numberOf(*ranked.passage)));
    }
    return m_words.coverage(question, numbers);
}

}  // namespace tl
