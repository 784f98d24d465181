// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/answer/answer_settings.h"
#include "app/answer/word_index.h"
#include "app/app_types.h"
#include "app/citation/definition_search.h"
#include "app/citation/question_topic.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"
#include "base/result.h"

namespace tl {

// Where the one definition of the one name that "Where is X defined?" asks for stands.
struct DefinedAt {
    std::string name;
    int64_t file = 0;  // index in Corpus::files
    int64_t line = 0;  // in the full document
    const Passage* passage = nullptr;
    bool isType = false;
};

// Finds the passages in which a question may be answered: from what the model looked at, what holds
// the question's words, what defines the names it says, and what opens the documents, fused by rank
// (AnswerSettings). What is no passage (isNoPassage) is left out. The corpus outlives it. Lives on
// one thread.
class CandidateSearch {
public:
    // Indexes the words of all passages: kIo and kUnsupported as WordIndex.
    static Result<CandidateSearch> create(const Corpus& corpus, const AnswerSettings& settings);

    // `read`: the passages by the model's attention, best first; empty for a model without.
    // Best first; empty where no source finds anything.
    Result<std::vector<RankedPassage>> find(std::string_view question,
                                            std::span<const RankedPassage> read,
                                            CandidateSources sources,
                                            const std::stop_token& stop);

    // The answer to "Where is X defined?" where the corpus's source defines X once; a type counts
    // before its constructors. None for other questions.
    std::optional<DefinedAt> definition(std::string_view question, const std::stop_token& stop);

    // The passages that hold the text's words, best first, each with its BM25 (above 0).
    Result<std::vector<RankedPassage>> withWords(std::string_view text);

    // All definitions of this name in source, in corpus order.
    std::vector<DefinedAt> definitionsInSource(const std::string& name,
                                               const std::stop_token& stop);

    // How much of the question stands in the best passages, as WordIndex::coverage.
    Result<double> coverage(std::string_view question, std::span<const RankedPassage> best);

    // How common the question's words are in the corpus.
    Result<PassageCounts> countWords(std::string_view question);

    DefinitionSearch& definitions() { return m_definitions; }

private:
    // Passages by their number in the corpus, best first, and what being found by them is worth.
    struct Source {
        bool FoundBy::*mark;
        double weight;
        std::vector<size_t> passages;
    };

    CandidateSearch(const Corpus& corpus, const AnswerSettings& settings, WordIndex words);

    size_t numberOf(const Passage& passage) const;
    bool isUsable(size_t number) const;
    Result<Source> byWords(std::string_view question);
    Source byReading(std::span<const RankedPassage> read) const;
    Source byOpening() const;
    std::vector<DefinedAt> definitionsOf(std::string_view question, const std::stop_token& stop);
    void addDefinitions(const std::string& name,
                        const std::stop_token& stop,
                        std::vector<DefinedAt>& found);
    Source byDefinition(std::string_view question, const std::stop_token& stop);
    std::vector<RankedPassage> fuse(std::span<const Source> sources) const;

    const Corpus* m_corpus;
    AnswerSettings m_settings;
    WordIndex m_words;
    DefinitionSearch m_definitions;
    std::vector<RankedPassage> m_passages;  // all, in the order of the corpus
    std::vector<size_t> m_firstOfFile;      // number of each file's first passage
    std::vector<bool> m_isUsable;
};

}  // namespace tl
