// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/app_types.h"
#include "app/citation/answer_claim.h"
#include "app/citation/definition_search.h"
#include "app/citation/passage_match.h"
#include "app/citation/question_topic.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// What a passage says about an answer.
struct Found {
    Match match;
    Passage passage;       // of the full document
    bool isNamed = false;  // cited for the file's name or for a definition in it
    CitationState state = CitationState::kNotFound;
};

// Compares one answer with the passages it may come from; docs/app.md has the rules.
class AnswerCheck {
public:
    // All of them outlive it.
    AnswerCheck(const Corpus& corpus,
                DefinitionSearch& definitions,
                const QuestionTopic& topic,
                std::string_view answer);

    // One for each candidate, in their order, and before them the definitions and files that the
    // answer names.
    std::vector<Found> check(std::span<const RankedPassage> candidates);

private:
    const Document& documentOf(const Passage& passage) const;
    std::vector<Word> wantedIn(const Document& document, const Passage& passage) const;
    Found checkPassage(const RankedPassage& candidate) const;
    CitationState stateOf(const Document& document, const Found& found) const;
    bool isAboutQuestion(const Document& document, const Found& found) const;
    bool isNearQuestion(const Document& document, const Found& found) const;
    bool countsWhatIsAsked(const Document& document, const Found& found) const;
    bool isInBestEntry(const Document& document, const Found& found) const;
    // What stands over a passage and beside it: headings, its file's name, who speaks there.
    StemSet frameOf(const Document& document, const Passage& passage) const;
    size_t addedWords() const;
    bool isSpeakersOwnTurn(const Document& document, const Found& found) const;

    std::vector<std::string> askedNames() const;
    void findDefinitions(std::vector<Found>& found);
    void findNamedFiles(std::vector<Found>& found) const;
    bool isDefinedIn(const Passage& passage) const;
    bool saysOnlyThePlace(const Document& document, int64_t line) const;

    const Corpus& m_corpus;
    DefinitionSearch& m_definitions;
    std::string_view m_question;
    std::string_view m_answer;
    std::vector<Word> m_answerWords;
    FactWords m_questionFacts;
    const QuestionTopic& m_topic;
    Demand m_demand;
    bool m_isDefinition = false;                     // asked for, or claimed
    std::vector<DefinitionSearch::Found> m_defined;  // of the names that are asked about
};

}  // namespace tl
