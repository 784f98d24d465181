// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/passage_ranking.h"

#include <algorithm>
#include <cassert>

namespace tl {

namespace {

// Passages and tokens are both in the order of the text, so one walk meets them all. A token counts
// for the passage in which its last byte lies: the line ends that open a token belong to nothing.
void appendFile(const CorpusFile& file,
                std::span<const float> scores,
                std::vector<RankedPassage>& out) {
    size_t token = 0;
    for (const Passage& passage : file.passages) {
        RankedPassage ranked{&passage};
        while (token < file.tokenEnds.size() && file.tokenEnds[token] <= passage.begin) {
            ++token;
        }
        for (; token < file.tokenEnds.size() && file.tokenEnds[token] <= passage.end; ++token) {
            if (!scores.empty()) {
                ranked.score += scores[static_cast<size_t>(file.textPosition) + token];
            }
            ++ranked.tokens;
        }
        out.push_back(ranked);
    }
}

}  // namespace

std::vector<RankedPassage> listPassages(const Corpus& corpus) {
    std::vector<RankedPassage> passages;
    for (const CorpusFile& file : corpus.files) {
        appendFile(file, {}, passages);
    }
    return passages;
}

std::vector<RankedPassage> rankPassages(const Corpus& corpus, std::span<const float> scores) {
    std::vector<RankedPassage> ranking;
    if (scores.empty()) {
        return ranking;
    }
    assert(scores.size() >= corpus.tokens.size());
    for (const CorpusFile& file : corpus.files) {
        appendFile(file, scores, ranking);
    }
    std::erase_if(ranking, [](const RankedPassage& ranked) { return ranked.score <= 0; });
    for (RankedPassage& ranked : ranking) {
        ranked.foundBy.read = true;
    }
    std::stable_sort(ranking.begin(), ranking.end(), [](const auto& a, const auto& b) {
        return a.score > b.score;
    });
    return ranking;
}

}  // namespace tl
