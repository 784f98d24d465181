// SPDX-License-Identifier: Apache-2.0
#include "app/corpus/passage_ranking.h"

#include <algorithm>
#include <cassert>

namespace tl {

namespace {

// Passages and tokens are both in the order of the text, so one walk meets them all. A token counts
// for the passage in which its last byte lies: the line ends that open a token belong to nothing.
void rankFile(const CorpusFile& file,
              std::span<const float> scores,
              std::vector<RankedPassage>& out) {
    size_t token = 0;
    for (const Passage& passage : file.passages) {
        RankedPassage ranked{&passage, 0, 0};
        while (token < file.tokenEnds.size() && file.tokenEnds[token] <= passage.begin) {
            ++token;
        }
        for (; token < file.tokenEnds.size() && file.tokenEnds[token] <= passage.end; ++token) {
            ranked.score += scores[static_cast<size_t>(file.textPosition) + token];
            ++ranked.tokens;
        }
        out.push_back(ranked);
    }
}

}  // namespace

std::vector<RankedPassage> rankPassages(const Corpus& corpus, std::span<const float> scores) {
    assert(scores.size() >= corpus.tokens.size());
    std::vector<RankedPassage> ranking;
    for (const CorpusFile& file : corpus.files) {
        rankFile(file, scores, ranking);
    }
    std::stable_sort(ranking.begin(), ranking.end(), [](const auto& a, const auto& b) {
        return a.score > b.score;
    });
    return ranking;
}

}  // namespace tl
