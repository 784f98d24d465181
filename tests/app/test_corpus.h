// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/answer/candidate_search.h"
#include "app/citation/question_topic.h"
#include "app/corpus/corpus.h"
#include "app/corpus/passage_ranking.h"

namespace tl {

// A corpus of texts alone: what looks at texts needs no tokens.
inline Corpus corpusOf(const std::vector<std::pair<std::string, std::string>>& files) {
    Corpus corpus;
    for (const auto& [name, text] : files) {
        CorpusFile& file = corpus.files.emplace_back();
        file.document.name = name;
        file.document.text = text;
        file.document.lines = LineIndex(text);
        file.passages = segmentPassages(file.document, std::ssize(corpus.files) - 1);
    }
    return corpus;
}

// Texts alone, but for files of C++.
inline Corpus codeCorpusOf(const std::vector<std::pair<std::string, std::string>>& files) {
    Corpus corpus = corpusOf(files);
    for (CorpusFile& file : corpus.files) {
        if (file.document.name.ends_with(".h")) {
            file.document.kind = DocumentKind::kCode;
            file.document.language = "C++";
        }
    }
    return corpus;
}

// What a question is about, its words counted in the corpus.
inline QuestionTopic topicOf(const Corpus& corpus, const std::string& question) {
    CandidateSearch search = CandidateSearch::create(corpus, {}).value();
    return QuestionTopic(question, search.countWords(question).value());
}

// All passages in the order of the corpus.
inline std::vector<RankedPassage> allPassages(const Corpus& corpus) {
    std::vector<RankedPassage> passages;
    for (const CorpusFile& file : corpus.files) {
        for (const Passage& passage : file.passages) {
            passages.push_back({&passage, 1, 1});
        }
    }
    return passages;
}

}  // namespace tl
